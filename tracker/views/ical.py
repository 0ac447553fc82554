"""Calendar documents (RFC 5545)."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST = 74
"""Octets of a piece of a line. With the space that begins a continuation, 75 is the most that a line may have."""
ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": r"\n"})
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
    lines = _head(calendar)
    for event in calendar.events:
        lines += _lines(event, calendar.language)
    return "\r\n".join([*map(_folded, lines), "END:VCALENDAR", ""]).encode()


def _head(calendar: Calendar) -> list[str]:
    name = _text(calendar.name)
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(calendar.product)}",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",  # what readers knew before RFC 7986 gave it a name
    ]


def _lines(event: Event, language: str) -> list[str]:
    """Return the lines of an event; a calendar ends it on the day after its last."""
    return [
        "BEGIN:VEVENT",
        f"SUMMARY;LANGUAGE={language}:{_text(event.name)}",
        f"DTSTART;VALUE=DATE:{_day(event.first)}",
        f"DTEND;VALUE=DATE:{_day(event.last + DAY)}",
        f"DTSTAMP:{event.revised.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"UID:{event.uid}",
        f"DESCRIPTION;LANGUAGE={language}:{_text(event.words)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        "TRANSP:TRANSPARENT",
        f"URL:{event.address}",
        "END:VEVENT",
    ]


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _text(words: str) -> str:
    """Return words with what has a meaning of its own in a line escaped."""
    return words.replace("\r\n", "\n").translate(ESCAPED)


def _folded(line: str) -> str:
    """Return a line in pieces that cut neither a sign nor an escape in two."""
    if len(line) <= LONGEST and line.isascii():
        return line
    octets, pieces = line.encode(), []
    while len(octets) > LONGEST:
        end = LONGEST
        while octets[end] & 0xC0 == 0x80:  # not the first octet of a sign
            end -= 1
        if octets[end - 1 : end] in (b"\\", b"^"):
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join([*pieces, octets]).decode()
