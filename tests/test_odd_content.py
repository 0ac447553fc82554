"""Odd content: nothing breaks a page, nothing costs more queries, and a long record is read page by page."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests import factories, odd_records
from tests.browsing import WIDER, in_words, violations
from tests.reading import links, parts, words
from tests.test_pages_browser import HEAVIEST

pytestmark = pytest.mark.django_db

ENTRIES = 120  # three pages: what holds for a third holds for a sixth


def sent(client, address):
    """Return how many bytes a page takes on the wire, without the style sheet."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")
    return len(answer.content)


def test_foreign_long_and_unbroken_texts_are_shown_whole(client):
    page = client.get(odd_records.foreign().get_absolute_url())
    said = words(page)
    for text in (odd_records.LONG_TEXT, odd_records.ARABIC, odd_records.CHINESE, odd_records.LONG_WORD):
        assert text in said
    assert 'dir="auto"' in page.content.decode()


def test_a_foreign_title_names_its_language_and_runs_its_own_way(client):
    entry = factories.published_entry(title=odd_records.ARABIC[:80], language="fr")
    for address in (entry.recommendation.get_absolute_url(), "/updates/"):
        page = client.get(address).content.decode()
        assert f'<span lang="fr" dir="auto">{entry.title}</span>' in page


def test_follow_ups_that_nobody_assessed_are_not_called_nothing(client):
    said = words(client.get(factories.published_entry().recommendation.get_absolute_url()))
    assert "Follow-ups are on record; none has been assessed yet." in said
    assert "This record holds nothing" not in said


def test_a_page_past_the_end_of_a_record_is_refused(client):
    address = factories.published_entry().recommendation.get_absolute_url()
    page = client.get(f"{address}?page=2")
    assert page.status_code == 400
    assert "a number from 1 to 1" in words(page)


def test_a_record_of_one_page_says_nothing_of_pages(client):
    page = client.get(factories.published_entry().recommendation.get_absolute_url())
    assert 'class="turned"' not in page.content.decode()
    assert "record.js" not in page.content.decode()


@pytest.mark.parametrize("entries", [1, ENTRIES])
def test_queries_of_a_long_record_are_constant(client, entries, django_assert_num_queries):
    found, _actor = odd_records.long_record(entries)
    with django_assert_num_queries(7):
        client.get(found.get_absolute_url())
    with django_assert_num_queries(3):
        client.get(f"/entries/{found.reference}-F1/")


def test_a_roundtable_of_sixty_is_whole(client):
    address = odd_records.long_roundtable(60).get_absolute_url()
    assert len(parts(client.get(address), "li.rec")) == 60
    assert sent(client, address) < HEAVIEST


def test_a_forum_of_which_nothing_is_known_has_a_page(client):
    page = client.get(odd_records.bare_forum().get_absolute_url())
    assert page.status_code == 200
    assert parts(page, "p.answer") == ["No recommendations of GFMD 2031 are recorded here yet."]


def test_a_record_of_which_everything_is_withheld_says_so(client):
    found = odd_records.withheld_record(3)
    page = client.get(found.get_absolute_url())
    assert len(parts(page, "li.entry")) == 3
    assert words(page).count(f"Reason: {odd_records.REASON}") == 3
    assert parts(page, "p.answer")[0].startswith("RT1-01: nothing is on record; much may have been done.")
    for address in ("/", "/updates/", "/recommendations/", "/actors/"):
        assert client.get(address).status_code == 200
        assert "A law was adopted" not in client.get(address).content.decode()


@pytest.fixture(scope="class")
def long_record(django_db_setup, django_db_blocker):
    """One long record, and the actor of all its entries, for several tests that only read them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield odd_records.long_record(ENTRIES)
        transaction.set_rollback(True)


@pytest.mark.xdist_group("odd-content")  # one process makes the record once
class TestALongRecord:
    def test_a_record_is_read_in_pages_newest_first(self, client, long_record):
        found, _actor = long_record
        first, last = client.get(found.get_absolute_url()), client.get(f"{found.get_absolute_url()}?page=3")
        assert parts(first, "li.entry")[0].split()[3] == f"F{ENTRIES}"
        assert [len(parts(page, "li.entry")) for page in (first, last)] == [50, 20]
        assert "Page 1 of 3. Showing 1–50 of 120" in words(first)
        assert "?page=2#record" in links(first)
        assert parts(last, "li.entry")[-1].split()[3] == "F1"

    def test_an_entry_on_another_page_has_its_anchor_on_every_page(self, client, long_record):
        found, _actor = long_record
        for number in (1, 2, 3):
            html = client.get(f"{found.get_absolute_url()}?page={number}").content.decode()
            anchors = re.findall(r'id="(F\d+)"', html)
            assert sorted(anchors) == sorted(f"F{place}" for place in range(1, ENTRIES + 1))
        assert "?page=3#F3" in links(client.get(found.get_absolute_url()))

    def test_a_permalink_leads_to_the_page_on_which_its_entry_stands(self, client, long_record):
        found, _actor = long_record
        address = found.get_absolute_url()
        for number, place in ((1, f"{address}?page=3#F1"), (70, f"{address}?page=2#F70"), (ENTRIES, f"{address}#F120")):
            assert client.get(f"/entries/{found.reference}-F{number}/").headers["Location"] == place

    def test_pages_of_a_record_keep_the_day(self, client, long_record):
        found, _actor = long_record
        page = client.get(f"{found.get_absolute_url()}?as_of=2011-03-01")
        assert "Page 1 of 3. Showing 1–50 of 110" in words(page)
        assert "?as_of=2011-03-01&page=2#record" in links(page)
        assert "?as_of=2011-03-01&page=3#F3" in links(page)

    def test_an_actor_with_many_entries_is_read_in_pages(self, client, long_record):
        _found, actor = long_record
        page = client.get(f"{actor.get_absolute_url()}?page=3")
        assert len(parts(page, "li.line")) == 20
        assert "Page 3 of 3. Showing 101–120 of 120" in words(page)

    def test_heavy_pages_stay_within_the_budget(self, client, long_record):
        found, actor = long_record
        rest = 10_000  # what the style sheet takes, and the icon
        for place in (found, actor, odd_records.foreign()):
            assert sent(client, place.get_absolute_url()) < HEAVIEST - rest


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("width", [320, 1280])
def test_odd_pages_fit_their_window(live_server, page: Page, width):
    places = [
        odd_records.foreign().get_absolute_url(),
        odd_records.withheld_record(2).get_absolute_url(),
        odd_records.bare_forum().get_absolute_url(),
        "/actors/foreign/",
        "/themes/foreign/",
        "/forums/2010/roundtables/rt1/",
        "/forums/2010/roundtables/rt1/?view=room",
        "/recommendations/?theme=foreign",
        "/updates/",
        "/actors/",
        "/",
    ]
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for address in places:
        page.goto(live_server.url + address)
        found += [f"{address} scrolls sideways"] if page.evaluate(WIDER) else []
        found += [f"{address}: {line}" for line in in_words(violations(page))]
    assert found == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
def test_an_address_with_an_anchor_leads_to_an_entry_on_another_page(live_server, page: Page):
    found, _actor = odd_records.long_record(ENTRIES)
    page.goto(f"{live_server.url}{found.get_absolute_url()}#F3")
    page.wait_for_url("**?page=3#F3")
    expect(page.locator("#F3")).to_be_in_viewport()
    expect(page.locator("#F3")).to_contain_text("Step 3")


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
def test_without_script_the_anchor_is_a_link_to_the_page(live_server, browser):
    found, _actor = odd_records.long_record(ENTRIES)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{found.get_absolute_url()}#F3")
    page.locator("#F3").click()
    page.wait_for_url("**?page=3#F3")
    expect(page.locator("li#F3")).to_contain_text("Step 3")
