"""From a file, or a pasted text, to its outline. The format follows from the content, not from the name."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.errors import Refused
from tracker.imports.confined import Usage, confined
from tracker.imports.document.assembling import assembled
from tracker.imports.document.lines import Line, from_reader
from tracker.imports.document.outline import Outline
from tracker.imports.document.paragraphs import furniture, paragraphs_of
from tracker.imports.document.plain_text import read_text
from tracker.imports.document.structure import structure_of
from tracker.imports.formats import readers
from tracker.imports.formats.encodings import decoded

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_CHARACTERS, MOST_LINES = 1_000_000, 20_000
MOST_PAGES = 500
OLE, ENCRYPTED_PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|h1|table)\b",
    re.I | re.S,
)
MARKDOWN = (".md", ".markdown")
WORD, SHEET = "word/document.xml", "xl/workbook.xml"


def read_document(
    content: bytes, name: str, language: str | None = None, year: int | None = None, *, usage: Usage | None = None
) -> Outline:
    """Return what is found in a document, without suggestions and without the database.

    ``name`` is that of its file, empty for pasted text; it says no more than that a text is Markdown. ``language`` and
    ``year`` go before what the document says of itself. ``usage`` tells what its reader took.

    Refuses: the codes that begin with ``file_`` (``errors``): what cannot, or may not, be read.
    """
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f"):
        raise Refused("file_empty")
    if len(content) > MOST_BYTES:
        raise Refused("file_too_large", most=MOST_BYTES // MEGABYTE)
    lines, shown, marked = _lines_of(content, name.lower(), usage or Usage())
    dropped = furniture(lines)
    found = structure_of(paragraphs_of(lines, dropped, marked=marked))
    return assembled(found, shown, dropped, language=language, year=year)


def _lines_of(content: bytes, name: str, usage: Usage) -> tuple[list[Line], list[tuple[int, str]], bool]:
    """Return the lines, those to be shown by number, and whether stars and underlines in them are emphasis."""
    reader, options = reader_of(content, name)
    if reader is None:
        lines = _typed(content)
        return lines, _shown(lines), True
    lines = from_reader(_bounded(confined(reader, content, usage=usage, **options)))
    if not lines:
        raise Refused("file_empty")
    return lines, _shown(_typed(content) if reader is readers.read_markdown else lines), False


def _shown(lines: Iterable[Line]) -> list[tuple[int, str]]:
    return [(line.number, line.shown) for line in lines]


def _typed(content: bytes) -> list[Line]:
    """Return the lines of a text as they were typed."""
    text = decoded(content)
    _refuse_too_long(len(text), max(text.count("\n"), text.count("\r")))
    return read_text(text)


def _bounded(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what a reader tells, as long as it is no more than a document holds."""
    letters = 0
    for number, item in enumerate(items, 1):
        letters += len(item["text"])
        _refuse_too_long(letters, number)
        yield item


def _refuse_too_long(letters: int, lines: int) -> None:
    """Refuse a text that no summit's conclusions are: a page has some 3,000 letters, and some 50 lines."""
    if letters > MOST_CHARACTERS or lines > MOST_LINES:
        raise Refused("file_swells")


def reader_of(content: bytes, name: str) -> tuple[Any, dict[str, Any]]:
    """Return what reads the content in the confined child, and its options; none for plain text."""
    if content.startswith(OLE):
        raise Refused("file_encrypted" if ENCRYPTED_PACKAGE in content else "file_old_word")
    if content.startswith(b"{\\rtf"):
        raise Refused("file_rtf")
    is_pdf, is_zip = b"%PDF-" in content[:1024], _ends_as_zip(content)
    if is_pdf and is_zip:
        raise Refused("file_two_in_one")
    if is_pdf:
        return readers.read_pdf, {"most_pages": MOST_PAGES}
    if is_zip or content.startswith(b"PK\x03\x04"):
        return _package_reader(content), {}
    return _text_reader(content, name), {}


def _ends_as_zip(content: bytes) -> bool:
    return b"PK\x05\x06" in content[-65_600:]


def _package_reader(content: bytes) -> Any:
    """Return the reader of a package that begins as one and holds a document."""
    if not content.startswith(b"PK"):
        raise Refused("file_two_in_one")
    if WORD.encode() in content:
        return readers.read_docx
    if SHEET.encode() in content:
        raise Refused("file_spreadsheet")
    if b"application/vnd.oasis.opendocument" in content[:200]:
        raise Refused("file_opendocument")
    raise Refused("file_other_zip")


def _text_reader(content: bytes, name: str) -> Any:
    text = decoded(
        content[:65_536] if len(content) > 65_536 and content[:2] not in {b"\xff\xfe", b"\xfe\xff"} else content
    )
    if MARKUP.match(text):
        return readers.read_html
    return readers.read_markdown if name.endswith(MARKDOWN) else None
