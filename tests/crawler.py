"""A crawler of our own: follows every link of the site from the start page, and names what is wrong with each page."""

import gzip
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tracker.models import SOURCE_LANGUAGE
from tracker.views.languages import language_of

SITE = "http://testserver"
LANDMARKS = ("header", "nav", "main", "footer")
# Which attribute of which element makes a browser fetch something by itself.
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data", "input": "src"}
LINKED_AND_FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
# What names an element of the same page by its id.
HEAVIEST = 60_000  # bytes on the wire, everything included
MOST_REQUESTS = 6
NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass
class Page:
    """What a page holds that can be judged without seeing it. ``alternates``: the page in each language."""

    lang: str = ""
    title: str = ""
    description: str = ""
    robots: str = ""
    canonical: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    ids: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    bytes: int = 0

    @property
    def requests(self) -> int:
        """How often a browser asks to show it."""
        return 1 + len(set(self.assets))

    @property
    def weight(self) -> int:
        """How many bytes a browser gets to show it, compressed as the server does."""
        return self.bytes + sum(weight_of(asset) for asset in set(self.assets))


class Reader(HTMLParser):
    """Reads a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        page = self.page
        page.tags[tag] += 1
        self._within = [*self._within, tag] if tag in {"title", "svg"} else self._within
        if "id" in given:
            page.ids[given["id"]] += 1
        for name in NAMING:
            page.named.update(given.get(name, "").split())
        if tag == "html":
            page.lang = given.get("lang", "")
        elif tag == "meta" and given.get("name") == "description":
            page.description = " ".join(given.get("content", "").split())
        elif tag == "meta" and given.get("name") == "robots":
            page.robots = given.get("content", "")
        elif tag == "link":
            self._link(given)
        elif tag in {"a", "area"} and "href" in given:
            page.links.append(given["href"])
        elif tag == "use":
            page.named.add(given.get("href", "").removeprefix("#"))
        if given.get(FETCHED.get(tag, "")):
            page.assets.append(given[FETCHED[tag]])

    def _link(self, given: dict[str, str]) -> None:
        kinds = set(given.get("rel", "").split())
        if "canonical" in kinds:
            self.page.canonical.append(given.get("href", ""))
        if "alternate" in kinds and "hreflang" in given:
            self.page.alternates[given["hreflang"]] = given.get("href", "")
        if kinds & LINKED_AND_FETCHED:
            self.page.assets.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if self._within == ["title"]:
            self.page.title = " ".join(f"{self.page.title} {data}".split())


def read(html: str) -> Page:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(html)
    reader.page.bytes = len(gzip.compress(html.encode()))
    return reader.page


@cache
def weight_of(asset: str) -> int:
    """Return how many bytes a static file takes, compressed; none where it is not ours."""
    if not asset.startswith(settings.STATIC_URL):
        return 0
    path = finders.find(asset.removeprefix(settings.STATIC_URL))
    return len(gzip.compress(Path(path).read_bytes())) if path else 0


def wrong_with(page: Page) -> list[str]:
    """Return what is wrong with a page by itself."""
    checks = {
        "has no lang": not page.lang,
        "has no title": not page.title,
        "has no description": not page.description,
        f"has {len(page.canonical)} canonical links": len(page.canonical) != (page.robots != "noindex"),
        f"has {page.tags['h1']} h1": page.tags["h1"] != 1,
        f"has {page.tags['main']} main": page.tags["main"] > 1,
        f"weighs {page.weight} bytes": page.weight > HEAVIEST,
        f"asks {page.requests} times": page.requests > MOST_REQUESTS,
    }
    missing = [f"has no {landmark}" for landmark in LANDMARKS if not page.tags[landmark]]
    twice = [f"has the id {name} {number} times" for name, number in page.ids.items() if number > 1]
    nowhere = [f"names the id {name}, which is not there" for name in sorted(page.named - set(page.ids))]
    foreign = [f"fetches {asset}" for asset in page.assets if urlsplit(urljoin(SITE, asset)).netloc != "testserver"]
    return [words for words, wrong in checks.items() if wrong] + missing + twice + nowhere + foreign


class Crawl:
    """A walk over the whole site. ``pages``: what was read, by address; ``problems``: what was wrong."""

    def __init__(self, client: Client, *, most: int = 4, most_of_kind: int | None = 1) -> None:
        self.client = client
        self.most = most
        """How many addresses with a query are followed on one path."""
        self.most_of_kind = most_of_kind
        """How many pages of a kind are read in another language than English; None: all of them."""
        self._kinds: Counter[tuple[str, str]] = Counter()
        self.pages: dict[str, Page] = {}
        self.answered: set[str] = set()
        self.problems: list[str] = []
        self._waiting: deque[tuple[str, str]] = deque()
        self._queries: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._moved: set[str] = set()
        self._fragments: set[tuple[str, str, str]] = set()

    def walk(self, *starts: str) -> "Crawl":
        """Follow everything that leads on from ``starts``, then judge what only the whole can show."""
        self._follow("nowhere", starts)
        while self._waiting:
            self._visit(*self._waiting.popleft())
        self._judge_fragments()
        self._judge_titles()
        return self

    def _follow(self, source: str, links: Iterable[str]) -> None:
        for link in links:
            address, fragment = urldefrag(urljoin(f"{SITE}{source}" if source.startswith("/") else SITE, link))
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or parts.netloc != "testserver":
                continue
            place = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if fragment:
                self._fragments.add((source, place, fragment))
            if place not in self._seen and self._has_room(parts.path, parts.query):
                self._seen.add(place)
                self._waiting.append((place, source))

    def _has_room(self, path: str, query: str) -> bool:
        self._queries[path] += bool(query)
        if query and self._queries[path] > self.most:
            return False
        language = language_of(path)
        if language == SOURCE_LANGUAGE or self.most_of_kind is None:
            return True
        kind = kind_of(path)
        self._kinds[language, kind] += 1
        return self._kinds[language, kind] <= self.most_of_kind

    def _visit(self, place: str, source: str) -> None:
        response = self.client.get(place)
        if response.cookies or self.client.cookies:
            self.problems.append(f"{place} sets a cookie")
        if response.status_code in {301, 302} and source not in self._moved:
            self._moved.add(place)
            self._follow(place, [response.headers["Location"]])
        elif response.status_code == 200:
            self.answered.add(place)
            self._follow(place, self._links_of(place, response))
        else:
            self.problems.append(f"{source} leads to {place}, which answers {response.status_code}")

    def _links_of(self, place: str, response: HttpResponse) -> list[str]:
        """Judge a page, and return where it leads; sitemaps and robots.txt lead on as well."""
        kind = response.headers["Content-Type"]
        if not kind.startswith(("application/xml", "text/plain", "text/html")):
            return []
        text = response.content
        if kind.startswith("application/xml"):
            return addresses_in(text)
        if kind.startswith("text/plain"):
            lines = text.decode().splitlines()
            return [line.split(": ", 1)[1] for line in lines if line.startswith("Sitemap: ")]
        page = self.pages[place] = read(text.decode())
        self.problems += [f"{place} {words}" for words in wrong_with(page)]
        return [*page.links, *page.canonical, *page.alternates.values()]

    def _judge_fragments(self) -> None:
        for source, place, fragment in sorted(self._fragments):
            if place in self.pages and fragment not in self.pages[place].ids:
                self.problems.append(f"{source} leads to {place}#{fragment}, which is not there")

    def _judge_titles(self) -> None:
        bearers: dict[str, str] = {}
        for page in self.pages.values():
            for address in page.canonical:
                if bearers.setdefault(page.title, address) != address:
                    self.problems.append(f"{address} has the title of {bearers[page.title]}: {page.title}")


def kind_of(path: str) -> str:
    """Return the name of the view that answers a path, in whatever language; the path itself where none does."""
    try:
        return resolve(path.removeprefix(f"/{language_of(path)}")).url_name or path
    except Resolver404:
        return path


def addresses_in(sitemap: bytes) -> list[str]:
    """Return the addresses that a sitemap lists."""
    return [element.text or "" for element in ElementTree.fromstring(sitemap).iter() if element.tag.endswith("}loc")]
