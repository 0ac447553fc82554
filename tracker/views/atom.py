"""Atom documents (RFC 4287)."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.models import Told

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
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
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    if feed.notice:
        _add(root, "subtitle", feed.notice)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(root, "link", rel="license", href=LICENCE)
    author = SubElement(root, "author")
    _add(author, "name", feed.author)
    _add(author, "uri", f"{feed.site}/")
    for item in feed.items:
        _add_item(root, item)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_item(root: Element, item: Item) -> None:
    entry = SubElement(root, "entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title.words, **{"xml:lang": item.title.language})
    _add(entry, "published", _moment(item.published))
    _add(entry, "updated", _moment(item.updated))
    _add(entry, "link", rel="alternate", type="text/html", href=item.address)
    for term, label in item.categories.items():
        _add(entry, "category", term=term, label=label)
    _add(entry, "content", item.html, type="html")


def _add(parent: Element, name: str, words: str = "", **attributes: str) -> None:
    element = SubElement(parent, name, {key: _written(value) for key, value in attributes.items()})
    element.text = _written(words) or None


def _written(words: str) -> str:
    return UNWRITABLE.sub("\ufffd", words)


def _moment(moment: dt.datetime) -> str:
    """Return a moment as RFC 3339 writes it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
