"""HTML as lines, for web pages and for what DOCX and Markdown are turned into. Runs in the confined child.

Nothing is fetched or run: scripts, styles, frames and the head are passed over. A table whose rows have several cells
is read row by row: the cell of its column of recommendations is the line, the others stand beside it.
"""

import re
from html.parser import HTMLParser
from typing import Any

PASSED_OVER = frozenset("script style head template noscript iframe object embed svg math nav select".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hr html legend main p pre section summary table tbody tfoot thead tr td th ul ol li "
    "h1 h2 h3 h4 h5 h6".split()
)
STRONG = frozenset("b strong i em u".split())
HEADING = re.compile(r"h[1-6]")
FOOTNOTE = re.compile(r"#?(?:footnote|endnote|_ftn|_edn|fn)", re.I)
COLUMN = re.compile(r"\w*(?:recomm|recomend|outcome|proposal|propuesta|proposition)\w*", re.I)
NUMBER = re.compile(r"(?:n[o°º]\.?\s*|#\s*)?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]?", re.I)
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
BOLD = 7  # document.lines.BOLD_HEADING
LONGEST_HEAD = 60
DEEPEST = 20
"""Lists within each other of which each is told from the one around it."""
Told = dict[str, Any]


def lines_of(html: str, *, numbered: bool = False) -> list[Told]:
    """Return the lines of a page, as ``document.lines.from_reader`` takes them.

    ``numbered``: its blocks say in ``data-line`` on which line of their source they stand, as our Markdown does.
    """
    reader = _Reader(numbered=numbered)
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    """Gathers words until a block begins or ends; then they are a line."""

    def __init__(self, *, numbered: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.numbered = numbered
        self.lines: list[Told] = []
        self.words: list[str] = []
        self.emphasised: list[str] = []
        self.emphasis: list[str] = []
        self.open: list[str] = []
        self.passing = ""
        self.depth = 0
        self.lists: list[list[Any]] = []  # kind, number of the next item, style
        self.marker = ""
        self.heading = 0
        self.tables: list[_Table] = []
        self.source_line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.passing:
            self.depth += tag == self.passing
        elif tag in PASSED_OVER or _is_note(tag, given):
            self.passing, self.depth = tag, 1
        elif tag == "br":
            self.end_line(whole=False)
            self.source_line += bool(self.source_line)
        elif tag in BLOCKS:
            self.end_line()
            self.source_line = int(given.get("data-line", self.source_line)) if self.numbered else 0
            self._begin_block(tag, given)
        elif tag in STRONG:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.passing:
            self.depth -= tag == self.passing
            self.passing = self.passing if self.depth else ""
        elif tag in BLOCKS:
            self.end_line()
            self._end_block(tag)
        elif tag in self.open:
            self.open.remove(tag)
            if not self.open:
                self._end_emphasis()

    def handle_data(self, data: str) -> None:
        if not self.passing:
            self.words.append(data)
            if self.open:
                self.emphasised.append(data)

    def end_line(self, *, whole: bool = True) -> None:
        """Make a line of the words gathered, if there are any."""
        self._end_emphasis()
        text = " ".join("".join(self.words).replace("\u00ad", "").split())
        emphasis, self.words, self.emphasis = self.emphasis, [], []
        if not text:
            return
        depth = min(len(self.lists), DEEPEST)
        line: Told = {"text": text, "marker": self.marker, "heading": self.heading, "whole": whole}
        line["indent"] = 2 * depth - 2 * bool(self.marker)
        if " ".join(emphasis) == text and not self.heading:
            line["heading"] = BOLD
        elif not self.heading:
            line["emphasis"] = emphasis
        if self.source_line:
            line["number"] = self.source_line
        self.marker = ""
        (self.tables[-1].cell if self.tables else self.lines).append(line)

    def _end_emphasis(self) -> None:
        words = " ".join("".join(self.emphasised).split())
        if words:
            self.emphasis.append(words)
        self.emphasised = []

    def _begin_block(self, tag: str, given: dict[str, str]) -> None:
        if HEADING.fullmatch(tag):
            self.heading = int(tag[1])
        elif tag in {"ul", "ol"}:
            start = given.get("start", "")
            self.lists.append([tag, int(start) if start.isdecimal() else 1, given.get("type", "1")])
        elif tag == "li" and self.lists:
            kind, number, style = self.lists[-1]
            self.lists[-1][1] = number + 1
            self.marker = "•" if kind == "ul" else _numbered(number, style)
        elif tag == "table":
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"} and self.tables:
            self.tables[-1].begin_cell()

    def _end_block(self, tag: str) -> None:
        if HEADING.fullmatch(tag):
            self.heading = 0
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.marker = ""
        elif tag == "li":
            self.marker = ""
        elif tag == "table" and self.tables:
            told = self.tables.pop().told()
            (self.tables[-1].cell if self.tables else self.lines).extend(told)


class _Table:
    """The rows of a table, as lists of cells, as lists of lines."""

    def __init__(self) -> None:
        self.rows: list[list[list[Told]]] = []
        self.outside: list[Told] = []

    @property
    def cell(self) -> list[Told]:
        """Where a line belongs that is read now."""
        return self.rows[-1][-1] if self.rows and self.rows[-1] else self.outside

    def begin_cell(self) -> None:
        """Begin another cell of the row."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append([])

    def told(self) -> list[Told]:
        """Return the lines of the table."""
        lines = list(self.outside)
        column = None
        for row in self.rows:
            heads = _heads(row) if column is None else None
            if heads is None:
                lines += _row(row, column)
            else:
                column, said = heads
                lines.append({"text": said, "heading": BOLD, "whole": True, "shown": " | ".join(map(_words, row))})
        return lines


def _heads(row: list[list[Told]]) -> tuple[int, str] | None:
    """Return which column of a row heads recommendations, and the word that says so."""
    if len(row) < 2 or max(len(_words(cell)) for cell in row) > LONGEST_HEAD:
        return None
    found = ((place, COLUMN.search(_words(cell))) for place, cell in enumerate(row))
    return next(((place, said.group()) for place, said in found if said), None)


def _row(row: list[list[Told]], column: int | None) -> list[Told]:
    """Return the lines of a row: those of its column of recommendations, or of its longest cell, with what is beside.

    A row of one cell that says anything is no row of a table, but a frame around text.
    """
    told = [cell for cell in row if cell]
    if len(told) < 2:
        return [line for cell in told for line in cell]
    chosen = row[column] if column is not None and column < len(row) and row[column] else max(told, key=_length)
    others = [cell for cell in told if cell is not chosen]
    numbers = [_words(cell) for cell in others if NUMBER.fullmatch(_words(cell))]
    beside = [_words(cell) for cell in others if not NUMBER.fullmatch(_words(cell))]
    first, *rest = chosen
    marker = first["marker"] or (numbers[0] if numbers else "") or "•"
    heading = 0 if first["heading"] == BOLD else first["heading"]
    begun = {**first, "marker": marker, "heading": heading, "beside": beside}
    return [begun, *({**line, "indent": line["indent"] + 2} for line in rest)]


def _words(cell: list[Told]) -> str:
    return " ".join(line["text"] for line in cell)


def _length(cell: list[Told]) -> int:
    return len(_words(cell))


def _numbered(number: int, style: str) -> str:
    if style in {"a", "A"} and 0 < number <= 26:
        return f"{chr(ord(style) + number - 1)})"
    if style in {"i", "I"} and 0 < number < len(ROMAN):
        return f"{ROMAN[number] if style == 'i' else ROMAN[number].upper()})"
    return f"{number}."


def _is_note(tag: str, given: dict[str, str]) -> bool:
    """Tell whether an element is a footnote, or the mark that leads to one."""
    if tag == "a":
        return bool(FOOTNOTE.match(given.get("href", "")) and given["href"].startswith("#"))
    return tag in {"li", "div"} and bool(FOOTNOTE.match(given.get("id", "")))
