"""XLSX: the archive is looked at before anything is unpacked, then its first sheet is read row by row.

Part of what runs in the confined process. Formulas are not worked out, links not followed, macros not read.
"""

import datetime as dt
import io
import mimetypes
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from tracker.errors import Refused

LARGEST = 100 * 1024 * 1024
MOST_PARTS = 2_000
STEEPEST, SMALL = 250, 8 * 1024 * 1024
"""How much larger than packed a part may be that is not small: sheets that repeat themselves reach 100."""
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
SUSPECT = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
START = 4096
ENCRYPTED = 0x1


def workbook_rows(file: IO[bytes]) -> tuple[int, Iterator[tuple[int, list[str]]]]:
    """Return about how many rows the first sheet has, and each with its number.

    Refuses: ``sheet_unknown``, ``sheet_encrypted``, ``sheet_macros``, ``file_two_in_one``, ``file_swells``,
    ``file_with_entities``, ``file_broken``.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            look_at(file, archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Refused("file_broken") from error
    mimetypes.inited = True  # or openpyxl has it read /etc/mime.types, which a confined process may not
    from openpyxl import load_workbook

    file.seek(0)
    book = load_workbook(file, read_only=True, keep_links=False, keep_vba=False)
    sheets = book.worksheets
    if not sheets:
        raise Refused("file_empty")
    return min(sheets[0].max_row or 0, 1_048_576), _rows(sheets[0])


def look_at(file: IO[bytes], archive: zipfile.ZipFile) -> None:
    """Refuse what is no plain workbook, before any of it is unpacked but the beginnings of its parts."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Refused("sheet_encrypted")
    if not names >= NEEDED:
        raise Refused("sheet_unknown", what="ZIP")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("sheet_macros")
    if min(part.header_offset for part in parts) or not _ends_as_archive(file):
        raise Refused("file_two_in_one")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise Refused("file_swells")
    for part in parts:
        if part.file_size > max(SMALL, STEEPEST * part.compress_size):
            raise Refused("file_swells")
    _without_entities(archive, parts)


def _ends_as_archive(file: IO[bytes]) -> bool:
    """Tell whether nothing follows the end of the archive."""
    file.seek(-22, io.SEEK_END)
    return file.read().startswith(b"PK\x05\x06")


def _without_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that define entities; a definition stands before the first element."""
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                if SUSPECT.search(opened.read(START).replace(b"\0", b"")):
                    raise Refused("file_with_entities")


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    """Return the text of a cell: days as 2013-10-04, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)
