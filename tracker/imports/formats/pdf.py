"""The lines of a PDF with where they stand: what is indented, set apart, larger or bold. Runs in the confined child.

Sizes are points; y grows upwards.
"""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

BOLD_WEIGHT = 600
BOLD = 7  # document.lines.BOLD_HEADING
LARGER = 1.12
SET_APART = 1.35
DIVISION = re.compile("[\ufffe\x02]")  # what pdfium says where a word is divided at the end of a line
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Placed:
    """A line where it stands on its page, or two that a divided word ties: then it ends lower than it begins."""

    text: str
    page: int
    left: float
    right: float
    begins: float
    ends: float
    size: float
    bold: bool


def lines_of_pages(document: pypdfium2.PdfDocument) -> Iterator[dict[str, Any]]:
    """Yield the lines of all pages, as ``document.lines.from_reader`` takes them."""
    placed = [line for number, page in enumerate(document, 1) for line in _of_page(page, number)]
    if not placed:
        return
    body = Counter(round(line.size, 1) for line in placed for _ in line.text).most_common(1)[0][0]
    margin = min(line.left for line in placed)
    width = statistics.median((line.right - line.left) / len(line.text) for line in placed) or 1
    sizes = sorted({round(line.size) for line in placed if line.size > body * LARGER}, reverse=True)
    leading = _leading(placed)
    before = None
    for line in placed:
        yield {
            "text": line.text,
            "page": line.page,
            "indent": round((line.left - margin) / width),
            "length": (line.right - margin) / width,
            "heading": _heading(line, sizes),
            "gap": before is not None and before.page == line.page and before.ends - line.begins > leading * SET_APART,
        }
        before = line


def _heading(line: Placed, sizes: list[int]) -> int:
    if round(line.size) in sizes:
        return min(sizes.index(round(line.size)) + 1, 6)
    return BOLD if line.bold else 0


def _leading(placed: list[Placed]) -> float:
    """Return the usual distance from one line to the next."""
    pairs = itertools.pairwise(placed)
    steps = [one.ends - other.begins for one, other in pairs if one.page == other.page and one.ends > other.begins]
    return statistics.median(steps) if steps else 0


def _of_page(page: pypdfium2.PdfPage, number: int) -> Iterator[Placed]:
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    start = 0
    for words in text.split("\r\n"):
        inner = words.strip()
        if inner:
            first = start + words.index(inner)
            yield _placed(text_page, inner, number, first, first + len(inner) - 1)
        start += len(words) + 2
    text_page.close()
    page.close()


def _placed(text_page: pypdfium2.PdfTextPage, words: str, page: int, first: int, last: int) -> Placed:
    left, bottom, _right, _top = text_page.get_charbox(first, loose=True)
    _left, ends, right, _top = text_page.get_charbox(last, loose=True)
    weights = [raw.FPDFText_GetFontWeight(text_page, place) for place in (first, (first + last) // 2, last)]
    size = raw.FPDFText_GetFontSize(text_page, first)
    text = " ".join(DIVISION.sub(SOFT_HYPHEN, words).split())
    return Placed(text, page, left, right, bottom, ends, size, all(weight >= BOLD_WEIGHT for weight in weights))
