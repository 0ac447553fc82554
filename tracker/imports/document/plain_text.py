"""Plain text, and what is pasted: its lines as an editor counts them, with the marks that people put around words."""

import re

from tracker.imports.document.lines import STRAY, Line, taken_apart

LINE_END = re.compile("\r\n|\r|\n")
ATX = re.compile(r"(#{1,6})\s+(.*)")
UNDERLINE = re.compile(r"\s*(=+|-{3,}|~{3,}|_{3,}|\*{3,})\s*$")
QUOTED = re.compile(r"(?:>\s?)+")
TAB = 4
# Bold before italics, so that what is left of three stars is one; "2 * 3 * 4" and "snake_case" are no emphasis. What
# stands between them is bounded: a text of nothing but stars is read in time.
EMPHASIS = re.compile(r"(?<![\w*\\])(\*\*\*|\*\*|__|\*|_)(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*])")
DEEPEST = 3


def read_text(text: str) -> list[Line]:
    """Return the lines of a text, blank ones too. A form feed begins a page."""
    lines: list[Line] = []
    page = 1 if "\f" in text else 0
    for number, shown in enumerate(LINE_END.split(text), 1):
        page += shown.count("\f")
        line = _line(number, STRAY.sub("", shown.replace("\f", "")), page)
        if UNDERLINE.fullmatch(line.shown):
            if lines and lines[-1].text and not lines[-1].marker and line.shown.strip()[0] in "=-":
                lines[-1] = _as_heading(lines[-1], 1 if "=" in line.shown else 2)
            line = Line(number, "", shown=line.shown, page=page)
        lines.append(line)
    return lines


def _line(number: int, shown: str, page: int) -> Line:
    typed = QUOTED.sub("", shown, count=1) if shown.startswith(">") else shown
    words = typed.expandtabs(TAB)
    if atx := ATX.fullmatch(" ".join(words.split())):
        return Line(number, atx[2].rstrip("#").rstrip(), heading=len(atx[1]), length=len(words), page=page, shown=shown)
    marker, text = (" ".join(part.split()) for part in taken_apart(typed))
    indent = len(words) - len(words.lstrip())
    return Line(number, text, marker, indent, length=len(words.rstrip()), page=page, shown=shown)


def _as_heading(line: Line, level: int) -> Line:
    return Line(line.number, line.text, heading=level, length=line.length, page=line.page, shown=line.shown)


def without_emphasis(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the stars and underlines of emphasis, and the words that stood between them."""
    found: list[str] = []
    for _depth in range(DEEPEST):
        emphasised = [match[2].replace("*", "") for match in EMPHASIS.finditer(text)]
        if not emphasised:
            break
        found += emphasised
        text = EMPHASIS.sub(r"\2", text)
    return re.sub(r"\\([*_#\-.!()\[\]])", r"\1", text), tuple(found)
