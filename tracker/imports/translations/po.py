"""PO files, as translators know them. polib reads and writes them; what each text is, its context says.

A context is "recommendation GFMD-2010-RT1-01 headline en 4a7d1ed414474e40": model, key, field, language of the source,
and its digest. Reading is part of what runs in the confined process.
"""

import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

import polib

from tracker.errors import Refused
from tracker.imports.translations import COLUMNS

PARTS = 5
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def written_po(units: Iterable[Any], language: str) -> bytes:
    """Return the file of units into one language."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}
    for unit in units:
        context = " ".join([unit.model, unit.key, unit.field, unit.source_language, unit.digest])
        file.append(polib.POEntry(msgctxt=context, msgid=unit.source, msgstr=unit.text))
    return str(file).encode()


def is_po(start: bytes) -> bool:
    """Tell whether a file that begins so is a PO file: past its comments, something is to be translated."""
    lines = (line.strip() for line in start.removeprefix(b"\xef\xbb\xbf").splitlines())
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return first.startswith((b"msgid ", b"msgctxt "))


def translated_rows(file: IO[bytes]) -> tuple[int, Iterator[tuple[int, list[str]]]]:
    """Return how many rows a PO file makes, and the rows, numbered, headings first. Refuses: ``file_broken``."""
    file.seek(0)
    rows = [list(COLUMNS), *po_rows(file)]
    return len(rows), enumerate(rows, 1)


def po_rows(file: IO[bytes]) -> Iterator[list[str]]:
    """Yield what a PO file holds as rows of ``COLUMNS``; what its translator doubts ("fuzzy") is left untranslated.

    Refuses: ``file_broken``.
    """
    try:
        text = file.read().decode("utf-8-sig")
        catalogue = polib.pofile(text, encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:  # polib calls a mistake in a file an OSError
        raise Refused("file_broken") from error
    if CONTROLS.search(text):
        raise Refused("file_broken")
    language = catalogue.metadata.get("Language", "")[:2]
    for entry in catalogue:
        parts = (entry.msgctxt or "").split(" ")
        if entry.msgid and len(parts) == PARTS and not entry.obsolete:
            model, key, field, source_language, digest = parts
            translation = "" if entry.fuzzy else entry.msgstr
            yield [model, key, field, language, source_language, entry.msgid, digest, translation]
