"""The one form between every format and the structure: lines, with what the format says of each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.forms.pasted import BULLET

BOLD_HEADING = 7
"""The heading level of a line that is only set in bold; formats' own levels are 1 to 6."""
# Beside the bullets of pasted lists: what documents number their recommendations by.
WORD = r"(?:recommendation|recommandation|recomendaci[oó]n)"
LABEL = re.compile(
    rf"\s*(?:(?:{WORD}|proposal|proposition|propuesta|action|r)\s*(?:n[o°º]\.?\s*|#\s*)?\d{{1,3}}\s*(?:[.:)\]]|\s[-–—])"
    rf"|(?-i:[A-Z]{{1,3}}\d{{0,2}}[.\-]\d{{1,2}})[.:)]?(?-i:(?=\s+[“«\"]?[A-ZÀ-Ý]))|\[\d{{1,3}}\]|\d{{1,3}}[°º][.)]?|(?:\d{{1,3}}(?:\.\d{{1,3}})+|\d{{1,3}}\s*[-–—])(?-i:(?=\s+[“«\"]?[A-ZÀ-Ý])))(?=\s|$)"
    rf"|\s*{WORD}\s*(?:n[o°º]\.?\s*|#\s*)?\d{{1,3}}\s*$",
    re.I,
)
STRAY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters, which no words hold, and no feed or workbook may."""
LETTER = re.compile(r"\s*(?:[a-hA-H]|[IVXivx]{1,6})\.(?=\s|$)")


@dataclass(frozen=True)
class Line:
    """A line, or where the format knows paragraphs a whole one, without its bullet.

    ``indent`` and ``length`` (how far it reaches to the right) count characters; ``heading`` is 0 for none; ``beside``
    is what stands in the other cells of its row in a table; ``whole`` says that the format ends a paragraph with it.
    """

    number: int
    text: str
    marker: str = ""
    indent: int = 0
    heading: int = 0
    length: float = 0
    page: int = 0
    gap: bool = False
    whole: bool = False
    emphasis: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    shown: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text and not self.marker


def taken_apart(text: str) -> tuple[str, str]:
    """Return the bullet, number or letter with which a line begins, and what follows it."""
    for pattern in (LABEL, BULLET, LETTER):
        if found := pattern.match(text):
            return found.group().strip(), text[found.end() :].strip()
    return "", text.strip()


def from_reader(items: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines that a reader in the confined child told. Bullets that were typed by hand are taken off."""
    lines = []
    for place, item in enumerate(items, 1):
        told = {**item, "emphasis": tuple(item.get("emphasis", ())), "beside": tuple(item.get("beside", ()))}
        number, words = told.pop("number", place), STRAY.sub("", told.pop("text"))
        given = told.pop("marker", "")
        typed, rest = taken_apart(words)
        marker, text = (typed, rest) if typed and not given else (given, words)
        shown = f"{given} {words}".strip()
        lines.append(Line(number=number, text=text, marker=marker, **{"shown": shown, "length": len(shown), **told}))
    return lines
