"""Calendar documents (RFC 5545)."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import icalendar

CONTENT_TYPE = "text/calendar; charset=utf-8"
DAY = dt.timedelta(days=1)


class Event(NamedTuple):
    """Whole days, from the first to the last. ``revised``: when what is said of them was last changed."""

    uid: str
    first: dt.date
    last: dt.date
    revised: dt.datetime
    name: str
    words: str
    place: str
    address: str


class Calendar(NamedTuple):
    """A calendar, its words in one language."""

    product: str
    name: str
    language: str
    events: Sequence[Event]


def document(calendar: Calendar) -> bytes:
    """Return the calendar as its readers take it."""
    written = icalendar.Calendar()
    written.add("prodid", calendar.product)
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("name", calendar.name)
    written.add("x-wr-calname", calendar.name)  # what readers knew before RFC 7986 gave it a name
    for event in calendar.events:
        written.add_component(_component(event, {"language": calendar.language}))
    octets: bytes = written.to_ical()
    return octets


def _component(event: Event, language: dict[str, str]) -> icalendar.Event:
    """Return an event; a calendar ends it on the day after its last."""
    written = icalendar.Event()
    written.add("uid", event.uid)
    written.add("dtstamp", event.revised)
    written.add("dtstart", event.first)
    written.add("dtend", event.last + DAY)
    written.add("transp", "TRANSPARENT")
    written.add("summary", event.name, parameters=language)
    written.add("description", event.words, parameters=language)
    if event.place:
        written.add("location", event.place)
    written.add("url", event.address)
    return written
