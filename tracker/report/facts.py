"""What a report says of recommendations, in finished words and counts: page, PDF and command show this and no more."""

import datetime as dt
from dataclasses import dataclass, field

from tracker.models import Status, Told, current_language
from tracker.readings.tally import Tally


@dataclass(frozen=True)
class Source:
    """A follow-up, and where it was found: citations, each with its address or none."""

    reference: str
    when: str
    actor: str
    title: Told
    citations: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One recommendation on the day. ``place``: where its words stand; ``before``: in words, its status until then."""

    reference: str
    address: str
    headline: Told
    words: str
    language: str
    sic: bool
    translation: str
    place: str
    status: Status
    since: str
    standing: str
    before: str
    is_unassessed: bool
    remaining: Told
    heard: str
    sources: list[Source]


@dataclass(frozen=True)
class Changed:
    """A recommendation that has another status than on the day with which the report compares."""

    reference: str
    address: str
    headline: Told
    then: Status
    now: Status
    since: str


@dataclass(frozen=True)
class Compared:
    """What changed since an occasion, in words and one by one."""

    occasion: str
    answer: str
    changes: list[Changed]


@dataclass(frozen=True)
class Part:
    """A roundtable, or the closing part, which is counted apart."""

    label: str
    title: Told
    address: str
    is_closing: bool
    counted: Tally
    answer: str
    lines: list[Line]


@dataclass(frozen=True)
class About:
    """Of what Forum the report is, and of which state of the record."""

    forum: str
    held: str
    chairs: str
    documents: list[str]
    read_on: str
    events: int
    digest: str


@dataclass(frozen=True)
class Report:
    """Recommendations on a day. ``occasions``: the milestones of that day; ``counted``: the headline's count."""

    subject: str
    day: dt.date
    as_of: str
    occasions: list[str]
    address: str
    answer: str
    reconstruction: str
    notice: str
    counted: Tally
    parts: list[Part]
    compared: Compared | None
    about: About
    language: str = field(default_factory=current_language)

    @property
    def lines(self) -> list[Line]:
        """The recommendations of all parts."""
        return [line for part in self.parts for line in part.lines]

    @property
    def remaining(self) -> list[Line]:
        """Those of which it is on record what remains."""
        return [line for line in self.lines if line.remaining]

    @property
    def statuses(self) -> list[Status]:
        """The statuses that occur, in the order of pages."""
        found = {line.status for line in self.lines}
        return [status for status in Status if status in found]
