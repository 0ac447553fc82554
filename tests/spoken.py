"""What a page says and in which language: every text of it with the language that its element declares."""

import re
from html.parser import HTMLParser

from tests.reading import VOID

SILENT = {"script", "style"}
# Attributes that are read out.
SAID = ("aria-label", "alt", "title", "placeholder", "content")
SPACE = re.compile(r"\s+")


class _Speech(HTMLParser):
    """Collects texts, and said attributes, beside the language they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    @property
    def language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self.language)
        if tag not in VOID:
            self._open.append((tag, language))
        self._hear([given[name] for name in SAID if name in given], language)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what closes itself: it holds no words."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] not in SILENT:
            self._hear([data], self.language)

    def _hear(self, texts: list[str], language: str) -> None:
        self.said += [(language, said) for text in texts if (said := SPACE.sub(" ", text).strip())]


def spoken(html: str) -> list[tuple[str, str]]:
    """Return pairs of language and text, in the order of the page."""
    speech = _Speech()
    speech.feed(html)
    return speech.said
