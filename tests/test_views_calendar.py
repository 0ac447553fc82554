"""The calendar of Forums and milestones, read back by a reader of calendars (RFC 5545)."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar, Event

from tests import factories
from tests.reading import links

pytestmark = pytest.mark.django_db
ADDRESS = "/calendar.ics"


@pytest.fixture
def days() -> None:
    """The Forum of 2010 with its own milestone, and the High-level Dialogue."""
    forum = factories.ForumFactory(year=2010, host_city="Puerto Vallarta", central_theme_en="Partnerships, and; more")
    factories.MilestoneFactory(forum=forum)
    factories.MilestoneFactory(slug="hld-2013", title_en="High-level Dialogue", title_fr="Dialogue de haut niveau")


def events(content: bytes) -> list[Event]:
    """Return the events of a calendar."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_is_as_its_specification_wants_it(client, days):
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    assert found["VERSION"] == "2.0"
    assert found["PRODID"].startswith("-//")
    assert "METHOD" not in found
    assert found.errors == [error for event in events(answer.content) for error in event.errors] == []
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert [line for line in lines if len(line) > 75] == []
    for event in events(answer.content):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL"} <= set(event)
        assert event["DTSTAMP"].dt.tzinfo is dt.UTC or event["DTSTAMP"].dt.utcoffset() == dt.timedelta(0)
        assert urlsplit(str(event["URL"])).netloc == "testserver"


def test_a_forum_lasts_from_its_first_day_to_its_last(client, days):
    forum, milestone = events(client.get(ADDRESS).content)
    assert (forum["DTSTART"].dt, forum["DTEND"].dt) == (dt.date(2010, 11, 8), dt.date(2010, 11, 12))
    assert forum["SUMMARY"] == "Global Forum on Migration and Development: Puerto Vallarta 2010"
    assert forum["DESCRIPTION"] == "Partnerships, and; more\nhttp://testserver/forums/2010/"
    assert forum["LOCATION"] == "Puerto Vallarta"
    assert (milestone["DTSTART"].dt, milestone["DTEND"].dt) == (dt.date(2013, 10, 3), dt.date(2013, 10, 4))
    assert milestone["SUMMARY"] == "High-level Dialogue"
    assert milestone["URL"] == "http://testserver/milestones/hld-2013/"


def test_ids_are_unique_and_the_same_in_every_language_and_under_any_name(client, settings, days):
    ids = [str(event["UID"]) for event in events(client.get(ADDRESS).content)]
    assert len(ids) == len(set(ids)) == 2
    settings.SITE_URL = "https://tracker.example.org"
    french = events(client.get(f"/fr{ADDRESS}").content)
    assert [str(event["UID"]) for event in french] == ids
    assert french[1]["SUMMARY"] == "Dialogue de haut niveau"
    assert french[1]["SUMMARY"].params["LANGUAGE"] == "fr"
    assert french[1]["URL"] == "https://tracker.example.org/fr/milestones/hld-2013/"


def test_hostile_words_begin_no_line_of_their_own(client):
    factories.MilestoneFactory(title_en="Day\r\nBEGIN:VEVENT\r\nX:\x07;,\\n " + "é" * 90)
    (event,) = events(client.get(ADDRESS).content)
    assert "BEGIN:VEVENT" in event["SUMMARY"]
    assert event["SUMMARY"].endswith("é" * 90)


def test_a_calendar_of_nothing(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert events(answer.content) == []


def test_an_unchanged_calendar_answers_304_until_a_day_is_moved(client, settings, days):
    settings.DEBUG = False
    tag = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    factories.MilestoneFactory(slug="another")
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_pages_lead_to_the_calendar(client, days):
    factories.published_recommendation()
    assert ADDRESS in links(client.get("/"))
    assert f"/fr{ADDRESS}" in links(client.get("/fr/milestones/hld-2013/"))


@pytest.mark.parametrize("number", [1, 12])
def test_the_calendar_takes_five_queries(client, number, django_assert_num_queries):
    for _ in range(number):
        factories.ForumFactory()
        factories.MilestoneFactory()
    with django_assert_num_queries(5):
        assert len(events(client.get(ADDRESS).content)) == 2 * number
