"""XLSX that is sent while it is written: real dates, a header that stays and filters, and a sheet about the file.

xlsxwriter makes the workbook: its sheets, their header, formats and filter. It can give nothing of it away before the
last row, which of 250,000 is minutes; so the rows are written here, into the place of its one row without content, and
the archive goes out as it grows. Every text is an inline string: none is a formula, a link or a number.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from tracker.exports.about import About
from tracker.exports.columns import Column, Kind
from tracker.exports.rows import Facts, Table
from tracker.sentences import figure

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""
LONGEST = 32_000
"""Letters of a cell. Spreadsheets end at 32,767; what is cut ends in "…", which the sheet about the file says."""
FULL = 64 * 1024
FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"valign": "top"},
    Kind.NUMBER: {"valign": "top"},
    Kind.DAY: {"valign": "top", "num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"},
}
NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET = "xl/worksheets/sheet1.xml"
BARE_ROW = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
SIZE = re.compile(rb"<dimension [^>]*/>")
STYLE = re.compile(rb'<c r="[A-Z]+2" s="(\d+)"')
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
READ_AS_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
FIRST_DAY = dt.date(1899, 12, 30)


class _Growing(io.RawIOBase):
    """What a ZIP file is written into: it cannot be wound back, and gives each time what was added since."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)
        self.parts.append(part)
        self.length += len(part)
        return len(part)

    def taken(self) -> bytes:
        """Return what was added since."""
        said, self.parts, self.length = b"".join(self.parts), [], 0
        return said


class _Around(NamedTuple):
    """The sheet of the rows: what stands before and after them, and the number of each column's format."""

    before: bytes
    after: bytes
    styles: list[int]


def written(about: About, table: Table, header: list[str]) -> Iterator[bytes]:
    """Yield a workbook: the table, with ``header`` above its columns, and a sheet that says what it is."""
    empty = zipfile.ZipFile(io.BytesIO(_workbook(about, table, header)))
    growing = _Growing()
    with zipfile.ZipFile(growing, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as made:
        for name in empty.namelist():
            if name != SHEET:
                made.writestr(name, empty.read(name))
        yield growing.taken()
        around = _around(empty.read(SHEET))
        with made.open(SHEET, "w") as sheet:
            sheet.write(around.before)
            for number, facts in enumerate(table.facts, 2):
                sheet.write(_row(number, facts, table.columns, around.styles).encode())
                if growing.length > FULL:
                    yield growing.taken()
            sheet.write(around.after)
    yield growing.taken()


def _around(sheet: bytes) -> _Around:
    before, after = BARE_ROW.split(SIZE.sub(b"", sheet))
    return _Around(before, after, [int(number) for number in STYLE.findall(sheet)])


def _workbook(about: About, table: Table, header: list[str]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "constant_memory": False, **NO_GUESSING}) as book:
        book.set_properties({"title": about.subject.title, "comments": about.subject.address})
        _lay_out(book, book.add_worksheet(_sheet_name(about.subject.title)), table.columns, header)
        _tell(book, book.add_worksheet(_sheet_name(_("About this file"))), about, table.columns)
    return made.getvalue()


def _sheet_name(words: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", words)[:31].strip()


def _lay_out(book: Any, sheet: Any, columns: tuple[Column, ...], header: list[str]) -> None:
    """Make the sheet of the rows with its header, and one row of formats in the place of the rows."""
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {kind: book.add_format(form) for kind, form in FORMATS.items()}
    for place, (column, words) in enumerate(zip(columns, header, strict=True)):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, words, head)
        sheet.write_blank(1, place, None, formats[column.kind])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, MOST_ROWS, len(columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _tell(book: Any, sheet: Any, about: About, columns: tuple[Column, ...]) -> None:
    """Fill the sheet about the file: what it is, and what its columns are called by machines and by people."""
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    cut = _("A cell holds at most %(most)s letters; a text that is cut ends in “…”.") % {"most": figure(LONGEST)}
    keys = [(column.key, str(column.words)) for column in columns]
    lines = [(about.subject.title, ""), *about.lines(), (_("Long texts"), cut), (_("Columns"), ""), *keys]
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for place, (label, words) in enumerate(lines):
        sheet.write_string(place, 0, label, bold)
        sheet.write_string(place, 1, words, wrapped)


def _row(number: int, facts: Facts, columns: tuple[Column, ...], styles: list[int]) -> str:
    cells = [
        _cell(f'r="{xl_col_to_name(place)}{number}" s="{styles[place]}"', column.kind, value)
        for place, column in enumerate(columns)
        if (value := column.cell(facts)) not in (None, "")
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, kind: Kind, value: Any) -> str:
    if kind is Kind.TEXT:
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{_text(str(value))}</t></is></c>'
    return f"<c {place}><v>{_number(kind, value)}</v></c>"


def _number(kind: Kind, value: Any) -> str:
    """Return a value as spreadsheets keep it: a day is the number of days since the last one of 1899."""
    if kind is Kind.DAY:
        return str((dt.date.fromisoformat(value) - FIRST_DAY).days)
    if kind is Kind.MOMENT:
        at = dt.datetime.fromisoformat(value)
        seconds = at.hour * 3600 + at.minute * 60 + at.second
        return f"{(at.date() - FIRST_DAY).days + seconds / 86400:.10f}"
    return str(value)


def _text(words: str) -> str:
    """Return a text as XML holds it; what no text has is left out, and what would be read as a code is spelled out."""
    if len(words) > LONGEST:
        words = words[:LONGEST] + "…"
    plain = NO_TEXT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return escape(READ_AS_CODE.sub("_x005F_", plain))
