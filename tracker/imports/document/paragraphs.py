"""Lines become paragraphs: pages' headers and numbers are dropped, wrapped lines joined, divided words healed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from tracker.imports.document.headings import LONGEST, announces, roundtable_heading
from tracker.imports.document.lines import BOLD_HEADING, Line
from tracker.imports.document.patterns import (
    AFTER_HYPHEN,
    BEFORE_HYPHEN,
    FORUM_WORDS,
    PAGE_NUMBER,
    TABLE_OF_CONTENTS,
)
from tracker.imports.document.plain_text import without_emphasis

TERMINAL = re.compile(r"[.!?:;…][)\]»”\"'’]*$")
SOFT = re.compile(r"(?<=\u00ad)(?=\w)")  # after a soft hyphen within a line
DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
LOWER = re.compile(r"[“\"«(]?[^\W\d_A-ZÀ-ÖØ-Þ]|[\d(]")
BRACKETED = re.compile(r"\([^()]{12,}\)")  # a line of its own, such as "(Co-chairs: France, Senegal)"
DIGITS = re.compile(r"\d+")
WIDEST = 130
LONGEST_WORD = 60
AT_EDGE = 3
"""How many lines from the top or bottom of a page a header or footer stands."""
MOSTLY_FULL = 0.6
LOOSE = 4
"""Letters that a line of a PDF may fall short of the margin: they are not of one width."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a point of a list, in one line. ``numbers`` are those of its lines."""

    text: str
    numbers: tuple[int, ...]
    marker: str = ""
    indent: int = 0
    heading: int = 0
    emphasis: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    apart: bool = True
    """Whether space stands before it."""

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.numbers[0]

    @property
    def level(self) -> int:
        """Its level where the format calls it a heading; 0 for any other, in bold or not."""
        return self.heading if self.heading < BOLD_HEADING else 0

    @property
    def is_bold(self) -> bool:
        """Whether it is only set in bold, all of it."""
        return self.heading == BOLD_HEADING

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(TERMINAL.search(self.text))

    @property
    def whole(self) -> str:
        """Its words with the number or letter before them."""
        return f"{self.marker} {self.text}".strip()


def furniture(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that belong to pages, not to the text: headers, footers, numbers, contents."""
    dropped = {line.number for line in lines if _is_furniture(line.shown.strip())}
    words = [line for line in lines if not line.is_blank and line.number not in dropped]
    last, edges = max((line.page for line in lines), default=0), _edges(lines)
    for alike in _recurring(words):
        if _at_edges(alike, last, edges) if alike[0].page else _between_pages(alike, dropped):
            dropped |= {line.number for line in alike}
    return dropped


def _is_furniture(shown: str) -> bool:
    """Tell whether a line is the number of a page, or one of a table of contents."""
    if not 0 < len(shown) <= LONGEST:
        return False
    return bool(PAGE_NUMBER.fullmatch(shown) or TABLE_OF_CONTENTS.fullmatch(shown))


def _recurring(lines: Iterable[Line]) -> list[list[Line]]:
    """Return groups of lines that differ in figures at most, and are neither points of a list nor known headings."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if not line.marker and not announces(line.text) and roundtable_heading(line.text) is None:
            groups.setdefault(DIGITS.sub("0", line.text.casefold()), []).append(line)
    return [group for group in groups.values() if len(group) > 1]


def _at_edges(alike: list[Line], last: int, edges: set[int]) -> bool:
    """Tell whether lines that recur stand at the edges of most pages, of which ``last`` is the number of the last."""
    pages = {line.page for line in alike}
    return len(pages) > 1 and len(pages) * 2 >= last and all(line.number in edges for line in alike)


def _between_pages(alike: list[Line], dropped: set[int]) -> bool:
    """Tell whether lines that recur stand between pages, of which the format says nothing."""
    if len(alike) < AT_EDGE:
        return False
    near = all(any(line.number + step in dropped for step in (-2, -1, 1, 2)) for line in alike)
    numbered = len({line.text for line in alike}) > 1 and len({DIGITS.sub("", line.text) for line in alike}) == 1
    return numbered or near or bool(FORUM_WORDS.search(alike[0].text))


def _edges(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the first and last lines of each page."""
    pages: dict[int, list[int]] = {}
    for line in lines:
        if not line.is_blank:
            pages.setdefault(line.page, []).append(line.number)
    return {number for numbers in pages.values() for number in (*numbers[:AT_EDGE], *numbers[-AT_EDGE:])}


def paragraphs_of(lines: Sequence[Line], dropped: set[int], *, marked: bool) -> list[Paragraph]:
    """Return the paragraphs of lines, without the dropped ones. ``marked``: stars and underlines are emphasis."""
    joining = _Joining(lines, dropped)
    groups: list[list[Line]] = []
    blank = torn = False
    space: list[bool] = []
    for line in lines:
        if line.number in dropped:
            torn = True
        elif line.is_blank:
            blank = True
        else:
            before = groups[-1][-1] if groups else None
            if before and joining.continues(groups[-1], line, blank=blank, torn=torn or before.page != line.page):
                groups[-1].append(line)
            else:
                groups.append([line])
                space.append(blank or line.gap or line.whole)
            blank = torn = False
    known = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text.casefold() for line in lines)))
    return [_paragraph(group, known, marked, apart) for group, apart in zip(groups, space, strict=True)]


class _Joining:
    """Tells whether a line goes on with the paragraph before it."""

    def __init__(self, lines: Sequence[Line], dropped: set[int]) -> None:
        loose = [line for line in lines if not line.whole and line.text and line.number not in dropped]
        lengths = sorted(line.length for line in loose)
        self.width = lengths[int(0.97 * (len(lengths) - 1))] if lengths else 0
        following = pairwise(loose)
        goes_on = any(b.number - a.number == 1 and not b.marker and _goes_on(a.text, b.text) for a, b in following)
        self.wrapped = self.width <= WIDEST and goes_on
        self.slack = LOOSE if any(line.gap for line in lines) else 0

    def continues(self, group: list[Line], line: Line, *, blank: bool, torn: bool) -> bool:
        """Tell whether ``line`` is the next line of a paragraph; ``torn``: the end of a page lies between."""
        before = group[-1]
        if before.marker and not before.text:
            return not line.marker
        if line.whole and before.whole:
            return False
        if line.marker and not self._is_dash(group, line):
            return False
        if line.heading != before.heading or announces(before.text) or announces(line.text):
            return False
        if roundtable_heading(line.text) is not None or BRACKETED.fullmatch(line.text):
            return False
        if torn:
            return not TERMINAL.search(before.text) and (
                _goes_on(before.text, line.text) or (not before.heading and not blank)
            )
        if blank or line.gap:
            return False
        return self._wraps(before, line)

    def _is_dash(self, group: list[Line], line: Line) -> bool:
        """Tell whether a line begins with a dash of the sentence, not of a list."""
        dash = line.marker in {"-", "–", "—"} and self.wrapped
        return (
            dash
            and _goes_on(group[-1].text, line.text)
            and line.marker != group[0].marker
            and len(line.text) > 0
            and (group[-1].length > MOSTLY_FULL * self.width)
        )

    def _wraps(self, before: Line, line: Line) -> bool:
        if DIVIDED.search(before.text) and LOWER.match(line.text):
            return True
        if _goes_on(before.text, line.text):
            return True
        if not self.wrapped:
            return False
        room = self.width - self.slack - before.length
        if len(line.text.split(None, 1)[0]) + 1 > room:
            return True
        unfinished = not TERMINAL.search(before.text) and before.length > MOSTLY_FULL * self.width
        return unfinished and not before.heading and roundtable_heading(before.text) is None


def _goes_on(before: str, text: str) -> bool:
    return not TERMINAL.search(before) and bool(LOWER.match(text))


def _paragraph(group: list[Line], known: Counter[str], marked: bool, apart: bool) -> Paragraph:
    first = group[0]
    pieces, notes = [""], []
    for line in group:
        words = line.text if line is first or not line.marker else f"{line.marker} {line.text}"
        for piece in SOFT.split(words):
            joined, note = _joined(pieces[-1], piece, known)
            pieces[-1:] = joined
            notes += [note] if note else []
    text = " ".join(filter(None, pieces))
    emphasis = tuple(words for line in group for words in line.emphasis)
    if marked:
        text, emphasis = without_emphasis(text)
    heading = first.heading
    if not heading and not first.marker and emphasis == (text,):
        heading, emphasis = BOLD_HEADING, ()
    beside = tuple(words for line in group for words in line.beside)
    numbers = tuple(dict.fromkeys(line.number for line in group))
    indent = first.indent
    return Paragraph(text, numbers, first.marker, indent, heading, emphasis, beside, tuple(notes), apart)


def _joined(before: str, after: str, known: Counter[str]) -> tuple[list[str], str]:
    """Return two pieces of a text, in one where a word was divided between them, and what to say of that."""
    if not DIVIDED.search(before[-2:]) or not LOWER.match(after):
        return [before, after], ""
    first = re.search(r"[^\W\d_]+$", before[-LONGEST_WORD:-1])
    second = re.match(r"[^\W\d_]+", after)
    if first is None or second is None:
        return [before + after], ""
    one, other = first.group().casefold(), second.group().casefold()
    if _is_compound(one, other, known):
        return [f"{before[:-1]}-{after}"], ""
    sure = before[-1] == "\u00ad" or known[one + other]
    note = "" if sure else _("“%(word)s” was divided at the end of a line.") % {"word": first.group() + second.group()}
    return [before[:-1] + after], note


def _is_compound(one: str, other: str, known: Counter[str]) -> bool:
    if known[one + other]:
        return False
    return bool(known[f"{one}-{other}"]) or one in BEFORE_HYPHEN or other in AFTER_HYPHEN


def without(paragraph: Paragraph, text: str, *, marker: str = "") -> Paragraph:
    """Return a paragraph with other words, such as those after its heading."""
    return replace(paragraph, text=text, marker=marker, heading=0)
