"""CSV: what separates its cells and in which encoding it is are found. Part of what runs in the confined process."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from tracker.errors import Refused

DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
ARCHIVE_WITHIN = b"PK\x05\x06"
LONGEST_LINE = 4_000_000
LONGEST_CELL = 1_000_000


def delimited_rows(file: IO[bytes]) -> tuple[int, Iterator[tuple[int, list[str]]]]:
    """Return about how many rows there are, and each with its number.

    Refuses: ``file_two_in_one``, ``sheet_not_text``, ``sheet_broken``.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - SAMPLE))
    if ARCHIVE_WITHIN in file.read():
        raise Refused("file_two_in_one")
    encoding = encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        sample = text.read(SAMPLE)
    except UnicodeDecodeError as error:
        raise Refused("sheet_not_text", line=1) from error
    delimiter = delimiter_of(sample)
    about = round(size / max(1, len(sample.encode(encoding))) * sample.count("\n"))
    text.seek(0)
    return about, _rows(text, delimiter)


def encoding_of(file: IO[bytes]) -> str:
    """Return the encoding: as its mark says, UTF-16 without one, UTF-8, or else Windows' for western Europe."""
    file.seek(0)
    start = file.read(SAMPLE)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    if (zeros := _zeros(start)) is not None:
        return zeros
    return "utf-8" if _is_utf8(file) else "cp1252"


def _zeros(start: bytes) -> str | None:
    """Return UTF-16 where every second byte of most letters is zero, as those of Latin letters are."""
    odd, even = start[1::2].count(0), start[0::2].count(0)
    if max(odd, even) * 4 < len(start) or min(odd, even) * 20 > max(odd, even):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(1024 * 1024):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(sample: str) -> str:
    """Return what splits most of the first rows into the same number of cells, more than one."""
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    """Return how many of the first rows have as many cells as most have, and how many that is."""
    lines = io.StringIO(sample, newline="")
    widths: Counter[int] = Counter()
    try:
        for row, _number in zip(csv.reader(lines, delimiter=delimiter), range(50), strict=False):
            widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return (rows, width) if width > 1 else (0, width)


def _rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [_text(cell) for cell in cells]
    except UnicodeDecodeError as error:
        raise Refused("sheet_not_text", line=reader.line_num + 1) from error
    except csv.Error as error:
        raise Refused("sheet_broken", line=reader.line_num + 1) from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines, a long one in pieces. Refuses: ``sheet_not_text`` where something is no text."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if CONTROLS.search(line):
            raise Refused("sheet_not_text", line=number)
        yield line


def _text(cell: str) -> str:
    """Return a cell without the apostrophe by which a spreadsheet is kept from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r'" and len(cell) > 1 else cell
