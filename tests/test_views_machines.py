"""What search engines read: robots.txt, the sitemap, titles and descriptions, JSON-LD."""

import datetime as dt
import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
import time_machine

from tests import factories
from tests.reading import parts
from tests.real_record import load_real_record
from tracker import actions
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PAGE = "/recommendations/GFMD-2010-RT1-01/"
MORNING = dt.datetime(2026, 10, 4, 10, 0, tzinfo=dt.UTC)
SECTIONS = ("pages", "recommendations", "actors")


def listed(answer) -> dict[str, str | None]:
    """Return the addresses of a section, each with its last change."""
    root = ElementTree.fromstring(answer.content)
    return {url.findtext("s:loc", None, NAMES): url.findtext("s:lastmod", None, NAMES) for url in root}


def described(answer) -> list[dict]:
    """Return the things that a page describes for machines."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.DOTALL)
    found = json.loads(text)
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def description(answer) -> str:
    (text,) = re.findall(r'<meta name="description" content="([^"]*)">', answer.content.decode())
    return unescape(text)


# robots.txt and the sitemap


def test_robots_stay_out_of_the_desk_and_find_the_sitemap(client, settings):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == "User-agent: *\nDisallow: /admin/\nSitemap: http://testserver/sitemap.xml\n"
    settings.SITE_URL = "https://tracker.example.org"
    assert b"Sitemap: https://tracker.example.org/sitemap.xml\n" in client.get("/robots.txt").content


def test_the_sitemap_lists_its_sections(client):
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    names = [f"{name}{language}" for language in ("", "-fr", "-es") for name in SECTIONS]
    assert list(listed(answer)) == [f"http://testserver/sitemap-{name}.xml" for name in names]
    for name in ("nothing", "pages-en", "pages-de", "fr"):
        assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_the_sitemap_names_a_page_in_every_language(client):
    factories.published_recommendation()
    in_languages = [
        ("en", f"http://testserver{PAGE}"),
        ("fr", f"http://testserver/fr{PAGE}"),
        ("es", f"http://testserver/es{PAGE}"),
    ]
    for language, address in in_languages:
        name = "recommendations" if language == "en" else f"recommendations-{language}"
        answer = client.get(f"/sitemap-{name}.xml")
        assert list(listed(answer)) == [address]
        links = ElementTree.fromstring(answer.content).iterfind(".//{http://www.w3.org/1999/xhtml}link")
        assert [(link.get("hreflang"), link.get("href")) for link in links] == in_languages


def test_a_recommendation_changes_with_its_record(client):
    with time_machine.travel(MORNING, tick=False):
        first, second = factories.published_recommendation(), factories.published_recommendation()
        factories.RecommendationFactory()
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        entry = factories.published_entry(recommendation=second, actor=factories.ActorFactory(slug="mexico"))
        factories.FollowUpFactory(recommendation=first)
    assert listed(client.get("/sitemap-recommendations.xml")) == {
        f"http://testserver{PAGE}": "2026-10-04T10:00:00+00:00",
        "http://testserver/recommendations/GFMD-2010-RT1-02/": "2026-10-05T10:00:00+00:00",
    }
    actors = listed(client.get("/sitemap-actors.xml"))
    assert actors["http://testserver/actors/mexico/"] == "2026-10-05T10:00:00+00:00"
    with time_machine.travel(MORNING + dt.timedelta(days=2), tick=False):
        actions.retract(entry, by=factories.ReviewerFactory(), reason="Wrong country.")
    pages = listed(client.get("/sitemap-pages.xml"))
    for path in ("/", "/forums/2010/", "/forums/2010/roundtables/rt1/", "/updates/"):
        assert pages[f"http://testserver{path}"] == "2026-10-06T10:00:00+00:00"
    assert pages["http://testserver/about/"] is None


def test_a_withdrawn_recommendation_leaves_the_sitemap(client):
    gone = factories.published_recommendation()
    actions.withdraw_recommendation(gone, by=factories.AdministratorFactory(), reason="Twice.")
    assert listed(client.get("/sitemap-recommendations.xml")) == {}
    assert "http://testserver/" in listed(client.get("/sitemap-pages.xml"))


@pytest.mark.parametrize("number", [1, 12])
def test_sections_take_constant_queries(client, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            recommendation = factories.published_recommendation()
            factories.published_entry(actor=factories.ActorFactory(), recommendation=recommendation)
    for name, queries in (("pages", 6), ("recommendations", 2), ("actors", 2)):
        with django_assert_num_queries(queries):
            assert client.get(f"/sitemap-{name}.xml").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_every_address_of_the_real_record_answers_and_stands_alone(client):
    load_real_record()
    paths = [
        address.removeprefix("http://testserver")
        for name in SECTIONS
        for address in listed(client.get(f"/sitemap-{name}.xml"))
    ]
    assert len(paths) == len(set(paths))
    actors = [path for path in paths if path.startswith("/actors/")][:6]
    titles, descriptions = {}, {}
    for path in [*actors, *(path for path in paths if not path.startswith("/actors/"))]:
        page = client.get(path)
        assert page.status_code == 200, path
        assert f'<link rel="canonical" href="http://testserver{path}">' in page.content.decode()
        titles[path], descriptions[path] = parts(page, "title")[0], description(page)
    assert len(set(titles.values())) == len(titles)
    assert len(set(descriptions.values())) == len(descriptions)
    assert min(map(len, descriptions.values())) > 40


def test_descriptions_name_the_forum(client):
    factories.published_recommendation()
    assert description(client.get(PAGE)).startswith("City 2010 2010, RT1-01: nothing is on record")
    assert description(client.get("/forums/2010/roundtables/rt1/")).startswith("City 2010 2010, Roundtable 1: ")


def test_a_past_day_stands_in_the_title(client):
    factories.published_recommendation()
    for path, title in (
        (PAGE, "RT1-01 Thing 1 of RT1, City 2010 2010 (4 October 2013) · GFMD recommendation tracker"),
        (
            "/forums/2010/roundtables/rt1/",
            "Roundtable 1: Subject of RT1, City 2010 2010 (4 October 2013) · GFMD recommendation tracker",
        ),
    ):
        assert parts(client.get(f"{path}?as_of=2013-10-04"), "title")[0] == title


def test_what_narrows_a_list_and_its_page_stand_in_the_title(client):
    with writing():
        for _ in range(51):
            factories.published_entry(recommendation=factories.published_recommendation())
    for path, title in (
        ("/recommendations/", "Recommendations"),
        ("/recommendations/?page=2", "Recommendations, page 2"),
        ("/recommendations/?status=no_information&page=2", "Recommendations: Status: No information, page 2"),
        ("/updates/?page=2", "Updates, page 2"),
    ):
        assert parts(client.get(path), "title")[0] == f"{title} · GFMD recommendation tracker"


# JSON-LD


def test_a_recommendation_is_a_work_in_its_place(client):
    with time_machine.travel(MORNING, tick=False):
        factories.published_recommendation(source_locator="item 1")
    work, trail = described(client.get(PAGE))
    assert (work["@type"], work["identifier"], work["name"]) == ("CreativeWork", "GFMD-2010-RT1-01", "Thing 1 of RT1")
    assert work["citation"] == "Conclusions of the Chair, item 1"
    assert work["creditText"].endswith("as published 10:00 UTC, 4 October 2026.")
    assert work["dateModified"] == "2026-10-04T10:00:00+00:00"
    assert [(step["name"], step["item"]) for step in trail["itemListElement"]] == [
        ("Forums", "http://testserver/forums/"),
        ("City 2010 2010", "http://testserver/forums/2010/"),
        ("Roundtable 1", "http://testserver/forums/2010/roundtables/rt1/"),
        ("RT1-01", f"http://testserver{PAGE}"),
    ]


def test_the_overview_is_a_data_set_and_who_keeps_it(client, settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://tracker.example.org", "desk@example.org"
    factories.published_recommendation()
    page = client.get("/")
    keeper, record = described(page)
    assert (keeper["@type"], keeper["email"]) == ("Organization", "desk@example.org")
    assert (record["@type"], record["url"]) == ("Dataset", "https://tracker.example.org/")
    assert record["description"] == parts(page, "p.answer")[0]
    assert record["creator"]["@id"] == keeper["@id"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/forums/", ["Forums"]),
        ("/forums/2010/", ["Forums", "City 2010 2010"]),
        ("/forums/2010/roundtables/rt1/", ["Forums", "City 2010 2010", "Roundtable 1"]),
        ("/actors/mexico/", ["Actors", "Mexico"]),
        ("/themes/return/", ["Recommendations", "Return"]),
        ("/milestones/hld-2013/", ["Overview", "Dialogue"]),
        ("/recommendations/", ["Recommendations"]),
        ("/actors/", ["Actors"]),
        ("/updates/", ["Updates"]),
        ("/about/", ["About"]),
        ("/methodology/", ["Methodology"]),
        ("/accessibility/", ["Accessibility"]),
    ],
)
def test_inner_pages_say_where_they_stand(client, path, names):
    factories.ThemeFactory(slug="return", name_en="Return")
    factories.ActorFactory(slug="mexico", name_en="Mexico")
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="Dialogue")
    factories.published_recommendation()
    (trail,) = described(client.get(path))
    assert [step["name"] for step in trail["itemListElement"]] == names
    assert trail["itemListElement"][-1]["item"] == f"http://testserver{path}"


def test_hostile_words_do_not_break_out(client):
    hostile = "</script><script>alert(1)</script>\u2028&<!--"
    factories.published_recommendation(headline_en=hostile, source_document=hostile)
    page = client.get(PAGE)
    assert "<script>" not in page.content.decode()
    assert page.content.decode().count("</script") == page.content.decode().count("<script ") == 2
    assert described(page)[0]["name"] == hostile


def test_errors_describe_nothing(client):
    for path in ("/nowhere/", "/recommendations/?status=done"):
        assert "ld+json" not in client.get(path).content.decode()
