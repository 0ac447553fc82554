"""How deep a point of a list is: by its indent, and by the sort of its bullet where nothing is indented."""

import re
from dataclasses import dataclass, field

from tracker.imports.document.paragraphs import Paragraph

ROMAN = re.compile(r"[ivx]+", re.I)
BARE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


@dataclass(frozen=True)
class Bullet:
    """The sort of a bullet: "glyph", "number", "letter", "roman" or "label"; ``style`` tells those of a sort apart."""

    sort: str
    style: str

    @property
    def numbers(self) -> bool:
        """Whether it numbers its points."""
        return self.sort != "glyph"


def bullet_of(marker: str, before: str = "") -> Bullet:
    """Return the sort of a bullet. ``before`` is the one before it: after "h)", "i)" is a letter."""
    bare = BARE.search(marker)
    if bare is None or marker == "o":
        return Bullet("glyph", marker)
    inner = bare.group()
    around = marker.replace(inner, "", 1)
    if inner[0].isdigit():
        return Bullet("number", f"{around}{inner.count('.')}")
    case = "A" if inner.isupper() else "a"
    if ROMAN.fullmatch(inner) and not _follows(inner, before):
        return Bullet("roman", around + case)
    return Bullet("letter", around + case) if len(inner) == 1 else Bullet("label", "")


def _follows(letter: str, before: str) -> bool:
    last = BARE.search(before)
    return len(letter) == 1 and last is not None and len(last.group()) == 1 and ord(letter) - ord(last.group()) == 1


@dataclass
class Levels:
    """The points of one list that are open, from the outermost in; begun anew where a list ends."""

    open: list[tuple[int, Bullet]] = field(default_factory=list)
    before: Paragraph | None = None

    def of(self, point: Paragraph) -> int:
        """Return how deep a point is, 0 for the outermost."""
        bullet = bullet_of(point.marker, self.before.marker if self.before else "")
        depth = self._known(point, bullet)
        if depth is None:
            depth = self._new(point, bullet)
        self.before = point
        return depth

    def _known(self, point: Paragraph, bullet: Bullet) -> int | None:
        """Return the depth of the open list that the point goes on with."""
        for depth, (indent, other) in enumerate(self.open):
            if other == bullet and abs(indent - point.indent) <= bullet.numbers:
                del self.open[depth + 1 :]
                return depth
        return None

    def _new(self, point: Paragraph, bullet: Bullet) -> int:
        while self.open and self.open[-1][0] > point.indent:
            self.open.pop()
        if self.open and self.open[-1][0] == point.indent and not self._is_under(bullet):
            self.open[-1] = (point.indent, bullet)
        else:
            self.open.append((point.indent, bullet))
        return len(self.open) - 1

    def _is_under(self, bullet: Bullet) -> bool:
        """Tell whether a bullet of another sort, indented alike, begins a list under the point before it."""
        above = self.open[-1][1]
        if self.before is not None and self.before.text.endswith(":"):
            return True
        if bullet.style == "o":  # the second of a word processor's own
            return True
        if above.sort == "number" and bullet.sort == "number":
            return bullet.style.count(".") == 0 and bullet.style[-1] > above.style[-1]
        return above.numbers and above.sort != bullet.sort
