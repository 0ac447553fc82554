"""Atom documents (RFC 4287)."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tracker.models import Told

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# How an attribute has what would end it, or be read as a space.
ENTITIES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
# Signs that XML 1.0 has no way to write, not even as a reference.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Item:
    """One entry of a feed. ``html``: its text; ``categories``: terms with their labels."""

    id: str
    title: Told
    address: str
    published: dt.datetime
    updated: dt.datetime
    html: str
    categories: Mapping[str, str]


@dataclass(frozen=True)
class Feed:
    """A feed: ``address`` is its own, ``page`` that of the page which it follows; ``notice`` is said of all of it."""

    id: str
    title: str
    notice: str
    author: str
    site: str
    address: str
    page: str
    language: str
    updated: dt.datetime
    items: Sequence[Item]


def document(feed: Feed) -> bytes:
    """Return the feed as its readers take it."""
    parts = _head(feed)
    for item in feed.items:
        parts += _entry(item)
    return "".join([*parts, "</feed>"]).encode()


def _head(feed: Feed) -> list[str]:
    return [
        "<?xml version='1.0' encoding='utf-8'?>\n",
        f'<feed xmlns="{NAMESPACE}" xml:lang="{_quoted(feed.language)}">',
        _element("id", feed.id),
        _element("title", feed.title),
        _element("subtitle", feed.notice) if feed.notice else "",
        _element("updated", _moment(feed.updated)),
        f'<link rel="self" type="application/atom+xml" href="{_quoted(feed.address)}" />',
        f'<link rel="alternate" type="text/html" href="{_quoted(feed.page)}" />',
        f'<link rel="license" href="{LICENCE}" />',
        f"<author>{_element('name', feed.author)}{_element('uri', f'{feed.site}/')}</author>",
    ]


def _entry(item: Item) -> list[str]:
    return [
        "<entry>",
        _element("id", item.id),
        f'<title xml:lang="{_quoted(item.title.language)}">{_escaped(item.title.words)}</title>',
        _element("published", _moment(item.published)),
        _element("updated", _moment(item.updated)),
        f'<link rel="alternate" type="text/html" href="{_quoted(item.address)}" />',
        *(f'<category term="{_quoted(term)}" label="{_quoted(label)}" />' for term, label in item.categories.items()),
        f'<content type="html">{_escaped(item.html)}</content>',
        "</entry>",
    ]


def _element(name: str, words: str) -> str:
    return f"<{name}>{_escaped(words)}</{name}>"


def _escaped(words: str) -> str:
    """Return words as they stand between tags."""
    return escape(_written(words))


def _quoted(words: str) -> str:
    """Return words as they stand in an attribute."""
    return escape(_written(words), ENTITIES)


def _written(words: str) -> str:
    return UNWRITABLE.sub("\ufffd", words)


def _moment(moment: dt.datetime) -> str:
    """Return a moment as RFC 3339 writes it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
