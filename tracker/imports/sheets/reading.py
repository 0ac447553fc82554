"""Reading a sheet, in a process that can do nothing else (``tracker.imports.confined``). Its content says what it is.

First the headings are yielded, with about how many rows follow; then the rows, a hundred at a time, each with its
number in the file. Empty rows are passed over.
"""

from collections.abc import Iterator
from typing import IO, Any

from tracker.errors import Refused
from tracker.imports.sheets.delimited import delimited_rows
from tracker.imports.sheets.workbook import workbook_rows
from tracker.imports.translations.po import is_po, translated_rows

AT_ONCE = 100
SAMPLE = 16 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 100_000
WORKBOOK, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"PK\x05\x06": "ZIP",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}
Numbered = Iterator[tuple[int, list[str]]]


def read(file: IO[bytes]) -> Iterator[Any]:
    """Yield ``{"headings", "line", "rows"}``, then lists of ``[line, cells]``.

    Refuses: ``file_empty``, ``sheet_unknown``, ``file_encrypted`` and what the readers of the formats refuse.
    """
    about, rows = _opened(file)
    line, headings = next(_filled(rows), (0, []))
    if not line:
        raise Refused("file_empty")
    yield {"headings": _once(headings), "line": line, "rows": about}
    together: list[Any] = []
    for number, cells in _filled(rows):
        together.append([number, cells])
        if len(together) == AT_ONCE:
            yield together
            together = []
    yield together


def _opened(file: IO[bytes]) -> tuple[int, Numbered]:
    """Return about how many rows there are, and the rows."""
    start = file.read(8)
    if not start:
        raise Refused("file_empty")
    if start.startswith(WORKBOOK):
        return workbook_rows(file)
    if start == OLD_OFFICE:
        raise Refused("sheet_encrypted")
    for signature, name in OTHERS.items():
        if start.startswith(signature):
            raise Refused("sheet_unknown", what=name)
    file.seek(0)
    return translated_rows(file) if is_po(file.read(SAMPLE)) else delimited_rows(file)


def _filled(rows: Numbered) -> Numbered:
    """Yield the rows that hold something, without empty cells at their ends. Refuses: ``sheet_too_large``."""
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if number > MOST_ROWS:
            raise Refused("sheet_rows", most=MOST_ROWS, line=number)
        if len(cells) > MOST_COLUMNS:
            raise Refused("sheet_columns", most=MOST_COLUMNS, line=number, number=len(cells))
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Refused("sheet_cell", most=LONGEST_CELL, line=number)
        yield number, cells


def _once(headings: list[str]) -> list[str]:
    """Return the headings without blanks around them. Refuses: ``sheet_headings`` where two are the same."""
    names = [" ".join(heading.split()) for heading in headings]
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise Refused("sheet_headings", heading=sorted(twice)[0][:60])
    return names
