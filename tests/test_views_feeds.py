"""The feeds: what RFC 4287 demands, what a reader of others makes of them, and what becomes of what is taken back."""

import datetime as dt
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, odd_records
from tests.reading import links, parts
from tracker import actions
from tracker.models import FollowUp, RecordHead
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MORNING = dt.datetime(2026, 10, 4, 10, 0, tzinfo=dt.UTC)
ONE = "/feeds/recommendations/GFMD-2010-RT1-01.atom"
EVERY_FEED = [
    "/feeds/updates.atom",
    "/feeds/recommendations.atom",
    ONE,
    "/feeds/forums/2010.atom",
    "/feeds/forums/2010/roundtables/rt1.atom",
    "/feeds/actors/mexico.atom",
    "/feeds/themes/gender.atom",
]


@pytest.fixture
def entry() -> FollowUp:
    """A law of Mexico on RT1-01, published at 10:00 on 4 October 2026."""
    with time_machine.travel(MORNING, tick=False):
        found = factories.published_recommendation(themes=[factories.ThemeFactory(slug="gender")])
        return factories.published_entry(recommendation=found, actor=factories.ActorFactory(slug="mexico"))


def titles(client, address: str) -> list[str]:
    """Return the titles of a feed's entries, as a reader of others understands it."""
    found = feedparser.parse(client.get(address).content)
    assert not found.bozo, found.get("bozo_exception")
    return [one.title for one in found.entries]


def wrong_with(content: bytes) -> list[str]:
    """Return what a feed has against RFC 4287: what must be there once, what must be unique, absolute, a moment."""
    root, problems = ElementTree.fromstring(content), []
    if root.tag != f"{ATOM}feed" or not root.get(LANG) or len(root.findall(f"{ATOM}author/{ATOM}name")) != 1:
        problems.append("no feed with a language and an author")
    entries = root.findall(f"{ATOM}entry")
    for part in [root, *entries]:
        problems += [f"{name} not once" for name in ("id", "title", "updated") if len(part.findall(ATOM + name)) != 1]
        problems += [] if part.find(f"{ATOM}link[@rel='alternate']") is not None else ["no alternate"]
    problems += ["no link to itself"] if len(root.findall(f"{ATOM}link[@rel='self']")) != 1 else []
    problems += [f"content of {one.findtext(f'{ATOM}id')}" for one in entries if not one.findtext(f"{ATOM}content")]
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    problems += ["an id twice"] if len(ids) != len(set(ids)) else []
    problems += [f"id {one}" for one in ids if not (one or "").startswith("urn:uuid:")]
    moments = [one.text or "" for name in ("updated", "published") for one in root.iter(ATOM + name)]
    problems += [f"moment {one}" for one in moments if not RFC3339.fullmatch(one)]
    addresses = [one.get("href", "") for one in root.iter(f"{ATOM}link")]
    return problems + [f"link {one}" for one in addresses if not urlsplit(one).scheme or not urlsplit(one).netloc]


@pytest.mark.parametrize("address", EVERY_FEED)
@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
def test_every_feed_is_valid_in_every_language_and_holds_the_entry(client, entry, prefix, address):
    answer = client.get(prefix + address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert wrong_with(answer.content) == []
    assert len(titles(client, prefix + address)) == 1


def test_an_entry_in_a_feed(client, entry):
    found = feedparser.parse(client.get(ONE).content)
    assert found.feed.title == "RT1-01 Thing 1 of RT1, City 2010 2010 · GFMD recommendation tracker"
    assert (found.feed.updated, found.feed.link) == (
        "2026-10-04T10:00:00Z",
        "http://testserver/recommendations/GFMD-2010-RT1-01/",
    )
    (one,) = found.entries
    assert (one.title, one.link, one.published, one.updated) == (
        "Mexico: A law was adopted",
        "http://testserver/entries/GFMD-2010-RT1-01-F1/",
        "2026-10-04T10:00:00Z",
        "2026-10-04T10:00:00Z",
    )
    assert [tag.term for tag in one.tags] == ["documented", "published"]
    (content,) = one.content
    assert "<p>Parliament adopted a law.</p>" in content.value
    assert '<a href="https://gazette.example.org/1" rel="nofollow">Official gazette, page 1</a>' in content.value


def test_an_assessment_names_its_status_and_that_it_is_provisional(client, entry):
    factories.published_assessment(recommendation=entry.recommendation)
    found = feedparser.parse(client.get(ONE).content)
    assert found.entries[0].title == "RT1-01, Thing 1 of RT1: In progress"
    assert "Provisional: <strong>In progress</strong>" in found.entries[0].content[0].value
    assert found.feed.subtitle.startswith("Provisional reading by this project")


def test_what_is_taken_back_comes_again_first_and_says_so(client, entry):
    reviewer, administrator = factories.ReviewerFactory(), factories.AdministratorFactory()
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        factories.published_entry(recommendation=entry.recommendation, actor=entry.actor, title="Another law")
    first = {one.link: one.id for one in feedparser.parse(client.get(ONE).content).entries}
    with time_machine.travel(MORNING + dt.timedelta(days=2), tick=False):
        actions.retract(entry, by=reviewer, reason="Wrong country.")
    assert titles(client, ONE) == ["Retracted: Mexico: A law was adopted", "Mexico: Another law"]
    (again, _other) = feedparser.parse(client.get(ONE).content).entries
    assert (again.published, again.updated) == ("2026-10-04T10:00:00Z", "2026-10-06T10:00:00Z")
    assert "Retracted on 6 October 2026. Reason: Wrong country." in again.content[0].value
    assert "Parliament adopted a law." not in again.content[0].value
    assert again.id == first[again.link]
    with time_machine.travel(MORNING + dt.timedelta(days=3), tick=False):
        actions.withhold(entry, by=administrator, reason="A person is named.")
    (again, _other) = feedparser.parse(client.get(ONE).content).entries
    assert (again.title, again.updated) == ("Content removed: GFMD-2010-RT1-01-F1", "2026-10-07T10:00:00Z")
    assert "Reason: A person is named." in again.content[0].value
    assert again.id == first[again.link]


def test_ids_belong_to_the_installation_and_not_to_its_address(client, settings, entry):
    before = [one.id for one in feedparser.parse(client.get(ONE).content).entries]
    settings.SITE_URL = "https://tracker.example.org"
    moved = feedparser.parse(client.get(ONE).content)
    assert [one.id for one in moved.entries] == before
    assert moved.entries[0].link.startswith("https://tracker.example.org/entries/")


def test_each_language_has_ids_of_its_own_and_marks_texts_in_another(client, entry):
    factories.EntryTranslationFactory(entry=entry, title="", body="Le Parlement a adopté une loi.")
    root = ElementTree.fromstring(client.get(f"/fr{ONE}").content)
    assert root.get(LANG) == "fr"
    assert root.find(f"{ATOM}entry/{ATOM}title").get(LANG) == "en"
    assert '<div lang="fr" dir="auto"> <p>Le Parlement' in root.findtext(f"{ATOM}entry/{ATOM}content")
    english = ElementTree.fromstring(client.get(ONE).content)
    assert {one.text for one in root.iter(f"{ATOM}id")}.isdisjoint(one.text for one in english.iter(f"{ATOM}id"))


def test_hostile_and_foreign_texts_stay_texts(client):
    found = factories.published_recommendation(headline_en="]]></title><script>&amp;")
    factories.published_entry(
        recommendation=found,
        title="<b>&\x0b\x1f\ufffe",
        body='<script>alert(1)</script> [x](javascript:alert(1)) <img src="x" onerror="alert(1)">',
    )
    odd_records.foreign()
    answer = client.get("/feeds/updates.atom")
    assert wrong_with(answer.content) == []
    root = ElementTree.fromstring(answer.content)
    (html,) = (
        one.findtext(f"{ATOM}content") for one in root.findall(f"{ATOM}entry") if "<b>" in one.findtext(f"{ATOM}title")
    )
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_only_what_the_address_asks_for_is_told(client, entry):
    other = factories.published_recommendation(roundtable=factories.RoundtableFactory(number=2))
    factories.published_entry(recommendation=other, title="A treaty", partners=[entry.actor])
    treaty = f"{FollowUp.objects.latest('sequence').actor}: A treaty"
    law = "Mexico: A law was adopted"
    for address, told in {
        "/feeds/updates.atom": [treaty, law],
        "/feeds/updates.atom?q=treaty": [treaty],
        "/feeds/recommendations.atom?roundtable=2010-RT1": [law],
        "/feeds/recommendations.atom?roundtable=2010-RT1&roundtable=2010-RT2&sort=reference": [treaty, law],
        "/feeds/recommendations.atom?theme=gender": [law],
        "/feeds/recommendations.atom?q=thing&theme=gender": [law],
        "/feeds/recommendations.atom?status=implemented": [],
        "/feeds/actors/mexico.atom": [treaty, law],
        "/feeds/forums/2010/roundtables/rt2.atom": [treaty],
        "/feeds/themes/gender.atom": [law],
    }.items():
        assert titles(client, address) == told, address


def test_a_feed_of_nothing_is_as_old_as_the_record(client):
    found = feedparser.parse(client.get("/feeds/updates.atom").content)
    assert found.entries == []
    opened = RecordHead.objects.get(pk=1).opened_at.astimezone(dt.UTC)
    assert found.feed.updated == f"{opened:%Y-%m-%dT%H:%M:%SZ}"
    assert wrong_with(client.get("/feeds/updates.atom").content) == []


def test_drafts_are_in_no_feed(client, entry):
    factories.FollowUpFactory(recommendation=entry.recommendation, actor=entry.actor, title="A secret title")
    for address in EVERY_FEED:
        assert b"A secret" not in client.get(address).content, address


def test_the_filters_of_a_feed_are_in_its_name(client, entry):
    feed = feedparser.parse(client.get("/feeds/recommendations.atom?forum=2010&nature=request").content).feed
    assert feed.title == "Recommendations: City 2010 2010, Request · GFMD recommendation tracker"
    assert feed.link == "http://testserver/recommendations/?forum=2010&nature=request"


@pytest.mark.parametrize(
    ("asked", "status", "leads"),
    [
        ("/feeds/recommendations/gfmd-2010-rt1-01.atom", 301, ONE),
        ("/feeds/forums/2010/roundtables/RT1.atom", 301, "/feeds/forums/2010/roundtables/rt1.atom"),
        ("/fr/feeds/actors/MEXICO.atom", 301, "/fr/feeds/actors/mexico.atom"),
        ("/feeds/recommendations.atom?actor=Mexico", 302, "/feeds/recommendations.atom?actor=mexico"),
        ("/feeds/recommendations/NOTHING.atom", 404, None),
        ("/feeds/forums/2099.atom", 404, None),
        ("/feeds/actors/nobody.atom", 404, None),
        ("/feeds/recommendations.atom?status=done", 400, None),
        ("/feeds/recommendations.atom?as_of=2999-01-01", 400, None),
        ("/feeds/updates.atom?q=" + "x" * 1000, 400, None),
        ("/feeds/updates.atom?q=a&q=b", 400, None),
        ("/feeds/updates.rss", 404, None),
    ],
)
def test_addresses_that_are_not_the_feeds_own(client, entry, asked, status, leads):
    answer = client.get(asked)
    assert (answer.status_code, answer.headers.get("Location")) == (status, leads)


@pytest.mark.parametrize("address", EVERY_FEED)
def test_an_unchanged_feed_answers_304_until_something_is_published(client, settings, entry, address):
    settings.DEBUG = False
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    factories.published_entry(recommendation=entry.recommendation, actor=entry.actor)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_pages_name_their_feed_in_their_head_and_in_a_link(client, entry):
    for page, feed in {
        "/recommendations/GFMD-2010-RT1-01/?as_of=2013-10-04": ONE,
        "/fr/forums/2010/roundtables/rt1/": "/fr/feeds/forums/2010/roundtables/rt1.atom",
        "/forums/2010/": "/feeds/forums/2010.atom",
        "/actors/mexico/": "/feeds/actors/mexico.atom",
        "/themes/gender/": "/feeds/themes/gender.atom",
        "/updates/?q=law&page=1": "/feeds/updates.atom?q=law",
        "/recommendations/?theme=gender&sort=reference": "/feeds/recommendations.atom?theme=gender",
    }.items():
        answer = client.get(page)
        assert {feed, f"http://testserver{feed}"} <= set(links(answer)), page
        assert client.get(feed).status_code == 200
    assert parts(client.get("/updates/"), "p.follow") == ["Follow what is published here Atom feed"]
    assert not [link for link in links(client.get("/about/")) if ".atom" in link]


QUERIES = {
    "/feeds/updates.atom": 6,
    "/feeds/recommendations.atom": 6,
    "/feeds/recommendations.atom?theme=gender&q=thing": 9,
    ONE: 7,
    "/feeds/forums/2010/roundtables/rt1.atom": 7,
    "/feeds/actors/mexico.atom": 9,
    "/feeds/themes/gender.atom": 7,
}


@pytest.mark.parametrize("number", [1, 60])
def test_a_feed_takes_as_many_queries_for_one_entry_as_for_fifty(client, entry, number):
    with writing():
        for _ in range(number - 1):
            factories.published_entry(recommendation=entry.recommendation, actor=entry.actor)
    taken = {}
    for address in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.content.count(b"<entry>") == min(number, 50), address
        taken[address] = len(queries)
    assert taken == QUERIES
