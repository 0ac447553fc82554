"""Calendar documents, read back by a reader of calendars (RFC 5545)."""

import datetime as dt

import pytest
from icalendar import Calendar as Read
from icalendar import Event as ReadEvent

from tracker.views.ical import Calendar, Event, document


def written(words: str) -> bytes:
    """Return a calendar of one day of which these words are said."""
    day, moment = dt.date(2010, 12, 31), dt.datetime(2011, 1, 2, 1, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    event = Event("one", day, day, moment, words, "", "", "https://example.org/")
    return document(Calendar("-//A//B//EN", words, "en", [event]))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a, b; c\\d",
        "a\nb",
        "x" * 200,
        "é" * 100,
        "a" + "é" * 100,
        "𝄞" * 50,
        "\\" * 90,
        ";" * 90,
        "a" + ";" * 90,
        "^" * 90,
    ],
)
def test_words_are_read_as_they_were_written(words: str) -> None:
    content = written(words)
    read = Read.from_ical(content)
    assert isinstance(read, Read)
    (event,) = read.walk("VEVENT")
    assert isinstance(event, ReadEvent)
    assert str(event["SUMMARY"]) == words
    assert (read.errors, event.errors) == ([], [])
    assert [line for line in content.split(b"\r\n") if len(line) > 75] == []
    for line in content.split(b"\r\n"):
        line.decode()


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_every_end_of_a_line_is_the_same(ending: str) -> None:
    assert rb"SUMMARY;LANGUAGE=en:a\nb" in written(f"a{ending}b").split(b"\r\n")


def test_a_day_ends_on_the_next_one_and_moments_are_in_utc() -> None:
    lines = written("A day").split(b"\r\n")
    assert {b"DTSTART;VALUE=DATE:20101231", b"DTEND;VALUE=DATE:20110101", b"DTSTAMP:20110101T233000Z"} <= set(lines)
