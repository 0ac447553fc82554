"""The text of an entry where there are no marks: its paragraphs and points, without the signs of Markdown."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False}).disable(
    ["heading", "lheading", "table", "hr", "fence", "code", "image"]
)
BULLET = "• "


def paragraphs(markdown: str) -> list[str]:
    """Return the paragraphs of a text, a point of a list as one that begins with a bullet or its number."""
    return [text for text in _paragraphs(MARKDOWN.parse(markdown)) if text]


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    mark = ""
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else BULLET
        elif token.type == "inline":
            yield mark + _words(token.children or [])
            mark = ""


def _words(pieces: list[Token]) -> str:
    """Return the words of a line; where a link leads stands behind its words, unless they say so."""
    said, leads = "", ""
    for piece in pieces:
        if piece.type == "link_open":
            leads = str(piece.attrs.get("href", ""))
        elif piece.type == "link_close":
            said += "" if said.endswith(leads) else f" ({leads})"
        else:
            said += "\n" if piece.type in {"softbreak", "hardbreak"} else piece.content
    return said
