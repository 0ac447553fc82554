"""Reading a page in tests: its parts by class or tag, as plain words."""

import re
from html import unescape
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "path", "circle", "use"}


class _Parts(HTMLParser):
    """Collects the words of each element that matches."""

    def __init__(self, tag: str, css: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tag, self.css = tag, css
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        matches = (not self.tag or tag == self.tag) and (not self.css or self.css in classes)
        if matches:
            self.found.append("")
        self._open.append((tag, matches))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what closes itself: it holds no words."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        depth = sum(matches for _tag, matches in self._open)
        for place in range(depth):
            self.found[-1 - place] += data


def parts(response: object, selector: str) -> list[str]:
    """Return the words of each element that matches ``tag.class``; either may be left out."""
    tag, _, css = selector.partition(".")
    reader = _Parts(tag, css)
    reader.feed(response.content.decode())  # type: ignore[attr-defined]
    return [" ".join(words.split()) for words in reader.found]


def words(response: object) -> str:
    """Return all words of a page's main part."""
    return parts(response, "main")[0]


def links(response: object) -> list[str]:
    """Return where the page leads."""
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', response.content.decode())]  # type: ignore[attr-defined]
