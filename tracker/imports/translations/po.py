"""PO files, as translators know them. Babel reads and writes them; what each text is, its context says.

A context is "recommendation GFMD-2010-RT1-01 headline en 4a7d1ed414474e40": model, key, field, language of the source,
and its digest.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from tracker.errors import Refused

PARTS = 5
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def written_po(units: Iterable[Any], language: str) -> bytes:
    """Return the file of units into one language."""
    catalogue = Catalog(locale=language, project="GFMD", version="1", fuzzy=False, charset="utf-8")
    for unit in units:
        context = " ".join([unit.model, unit.key, unit.field, unit.source_language, unit.digest])
        catalogue.add(unit.source, unit.text, context=context)
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=False)
    return out.getvalue()


def is_po(start: bytes) -> bool:
    """Tell whether a file that begins so is a PO file: past its comments, something is to be translated."""
    lines = (line.strip() for line in start.removeprefix(b"\xef\xbb\xbf").splitlines())
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return first.startswith((b"msgid ", b"msgctxt "))


def po_rows(file: IO[bytes]) -> Iterator[list[str]]:
    """Yield what a PO file holds as rows of ``COLUMNS``; what its translator doubts ("fuzzy") is left untranslated.

    Runs in a confined process. Refuses: ``file_broken``.
    """
    try:
        text = file.read().decode("utf-8-sig")
        catalogue = read_po(io.StringIO(text), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise Refused("file_broken") from error
    if CONTROLS.search(text):
        raise Refused("file_broken")
    language = str(catalogue.locale or "")[:2]
    for message in catalogue:
        parts = str(message.context or "").split(" ")
        if message.id and len(parts) == PARTS and isinstance(message.id, str):
            model, key, field, source_language, digest = parts
            translation = "" if message.fuzzy else str(message.string)
            yield [model, key, field, language, source_language, message.id, digest, translation]
