"""No page of the site leads nowhere, and each stands by itself: a walk over all of it, on the real record."""

import random
from collections import Counter

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.crawler import Crawl, addresses_in, kind_of, read, weight_of, wrong_with
from tests.real_record import load_real_record
from tracker.views.languages import language_of

LANGUAGES = ("en", "fr", "es")

GOOD = """<!DOCTYPE html><html lang="en"><head><title>One</title><meta name="description" content="All of it.">
<link rel="canonical" href="http://testserver/"><link rel="stylesheet" href="/static/site.css"></head>
<body><header><nav><a href="/a/">A</a></nav></header><main id="content"><h1>One</h1>
<svg><title>Mark</title><use href="#mark"></use></svg><i id="mark"></i></main><footer></footer></body></html>"""


def noise(length: int) -> str:
    """Return a text that cannot be compressed by much, the same each time."""
    return "".join(chr(0x4E00 + number) for number in random.Random(0).choices(range(20_000), k=length // 3))


@pytest.mark.django_db(transaction=True)
def test_the_whole_site_holds_together(client):
    load_real_record()
    found = Crawl(client).walk("/", "/robots.txt")
    assert found.problems == []
    reached = {address.split("?")[0] for address in found.answered}
    kinds = {
        language: Counter(kind_of(path) for path in reached if language_of(path) == language) for language in LANGUAGES
    }
    in_languages, *_others = get_resolver().url_patterns
    pages = kinds["en"].keys() & {pattern.name for pattern in in_languages.url_patterns}
    assert kinds["fr"] == kinds["es"] == dict.fromkeys(pages, 1)
    assert kinds["en"] == {
        "overview": 1,
        "forums": 1,
        "forum": 15,
        "roundtable": 4,
        "recommendations": 1,
        "recommendations_file": 4,
        "recommendation": 18,
        "recommendation_file": 72,
        "cite_bibtex": 18,
        "cite_ris": 18,
        "cite_csl": 18,
        "cite_record_bibtex": 1,
        "cite_record_ris": 1,
        "cite_record_csl": 1,
        "updates_feed": 1,
        "recommendations_feed": 1,
        "recommendation_feed": 18,
        "roundtable_feed": 4,
        "forum_feed": 15,
        "actor_feed": 245,
        "theme_feed": 14,
        "calendar": 1,
        "report": 1,
        "report_pdf": 1,
        "actors": 1,
        "actors_file": 3,
        "actor": 245,
        "theme": 14,
        "milestone": 17,
        "updates": 1,
        "updates_file": 3,
        "about": 1,
        "methodology": 1,
        "accessibility": 1,
        "data": 1,
        "heads": 1,
        "record.md": 1,
        "dump.md": 1,
        "verify.py": 1,
        "api_docs": 1,
        "api_index": 1,
        "api_schema": 1,
        "api_recommendations": 1,
        "api_entries": 1,
        "api_progress": 1,
        "api_events": 1,
        "robots": 1,
        "sitemap": 1,
        "sitemap_section": 9,
    }


# The crawler itself


def test_a_good_page_has_nothing_wrong():
    page = read(GOOD)
    assert wrong_with(page) == []
    assert (page.title, page.description, page.links) == ("One", "All of it.", ["/a/"])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (' lang="en"', "", "has no lang"),
        ("<title>One</title>", "<title> </title>", "has no title"),
        ("All of it.", " ", "has no description"),
        ('<link rel="canonical" href="http://testserver/">', "", "has 0 canonical links"),
        ("</head>", '<link rel="canonical" href="http://testserver/b/"></head>', "has 2 canonical links"),
        ("</head>", '<meta name="robots" content="noindex"></head>', "has 1 canonical links"),
        ("<h1>One</h1>", "", "has 0 h1"),
        ("<h1>One</h1>", "<h1>One</h1><h1>Two</h1>", "has 2 h1"),
        ("<nav>", "<div>", "has no nav"),
        ("<footer></footer>", "", "has no footer"),
        ("<footer>", "<main></main><footer>", "has 2 main"),
        ('id="mark"', 'id="content"', "has the id content 2 times"),
        ('id="mark"', "", "names the id mark, which is not there"),
        ("<h1>", '<label for="field"></label><h1>', "names the id field, which is not there"),
        ("<h1>", '<img src="https://cdn.example.org/a.png"><h1>', "fetches https://cdn.example.org/a.png"),
        ('href="/static/site.css"', 'href="//cdn.example.org/a.css"', "fetches //cdn.example.org/a.css"),
        ("<footer>", f"<p>{noise(90_000)}</p><footer>", "weighs"),
        ("</body>", "".join(f'<script src="/{n}.js"></script>' for n in range(6)) + "</body>", "asks 8 times"),
        ("</body>", '<script src="http://x.example.org/a.js"></script></body>', "fetches http://x.example.org/a.js"),
    ],
)
def test_what_is_wrong_with_a_page_is_named(old, new, problem):
    assert old in GOOD
    assert [words for words in wrong_with(read(GOOD.replace(old, new))) if words.startswith(problem)]


def test_a_style_sheet_counts_to_the_weight_of_its_page():
    page = read(GOOD.replace("/static/site.css", "/static/tracker/site.css"))
    assert (page.requests, page.weight - page.bytes) == (2, weight_of("/static/tracker/site.css"))
    assert 3_000 < page.weight - page.bytes < 20_000


class Shelf(Client):
    """A site of a few pages, and what else answers: a status, and an address that a redirection leads to."""

    def __init__(
        self, pages: dict[str, str], others: dict[str, tuple[int, str]] | None = None, cookie: str = ""
    ) -> None:
        super().__init__()
        self.pages, self.others, self.cookie = pages, others or {}, cookie

    def get(self, path: str, *_args: object, **_kwargs: object) -> HttpResponse:
        if path in self.pages:
            response = HttpResponse(self.pages[path])
            if self.cookie:
                response.set_cookie(self.cookie)
            return response
        status, location = self.others.get(path, (404, ""))
        return HttpResponse(status=status, headers={"Location": location} if location else {})


def titled(title: str, address: str, link: str) -> str:
    """Return a good page with its own title, canonical address and one link."""
    page = GOOD.replace("<title>One", f"<title>{title}").replace("http://testserver/", f"http://testserver{address}")
    return page.replace('href="/a/"', f'href="{link}"')


@pytest.mark.parametrize(
    ("link", "others", "problems"),
    [
        ("/", {}, []),
        ("/#content", {}, []),
        ("mailto:a@example.org", {}, []),
        ("https://elsewhere.example.org/", {}, []),
        ("/old/", {"/old/": (301, "/")}, []),
        ("entry/", {"/entry/": (302, "/#content")}, []),
        ("/b/", {}, ["/ leads to /b/, which answers 404"]),
        ("/b/", {"/b/": (500, "")}, ["/ leads to /b/, which answers 500"]),
        ("/old/", {"/old/": (301, "/gone/")}, ["/old/ leads to /gone/, which answers 404"]),
        ("/old/", {"/old/": (301, "/older/"), "/older/": (301, "/")}, ["/old/ leads to /older/, which answers 301"]),
        ("/#F3", {}, ["/ leads to /#F3, which is not there"]),
        ("/entry/", {"/entry/": (302, "/#F3")}, ["/entry/ leads to /#F3, which is not there"]),
    ],
)
def test_links_that_lead_nowhere_are_named(link, others, problems):
    assert Crawl(Shelf({"/": titled("One", "/", link)}, others)).walk("/").problems == problems


def test_two_addresses_with_one_title_are_named_and_two_ways_to_one_are_not():
    twins = {"/": titled("One", "/", "/b/"), "/b/": titled("One", "/b/", "/")}
    assert Crawl(Shelf(twins)).walk("/").problems == ["http://testserver/b/ has the title of http://testserver/: One"]
    twice = {"/": titled("One", "/", "/?from=mail"), "/?from=mail": titled("One", "/", "/")}
    assert Crawl(Shelf(twice)).walk("/").problems == []


def test_a_cookie_is_named():
    assert Crawl(Shelf({"/": titled("One", "/", "/")}, cookie="session")).walk("/").problems == ["/ sets a cookie"]


def test_queries_behind_one_path_are_bounded():
    pages = {
        f"/?page={number}": titled(str(number), f"/?page={number}", f"/?page={number + 1}") for number in range(99)
    }
    assert sorted(Crawl(Shelf(pages), most=3).walk("/?page=0").answered) == ["/?page=0", "/?page=1", "/?page=2"]


def test_a_sitemap_leads_on():
    listed = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://testserver/a/</loc></url></urlset>'
    assert addresses_in(listed) == ["http://testserver/a/"]
