"""What a file says of itself: what it lists, of which day and which state of the record, under what licence."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import RecordEvent, RecordHead, Standing, StatusCount, current_language
from tracker.progress import today
from tracker.record.canonical import moment
from tracker.sentences import day_words, notice, reconstruction, tracker_name
from tracker.sentences.citation import moment_words
from tracker.sentences.words import clauses, figure

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"


@dataclass(frozen=True)
class Subject:
    """What a page shows. ``name``: what it is, in names of files; ``address``: of the page; ``asked``: its parameters.

    ``filters``, ``order`` and ``said``, what else is said of it (each thing with what it is called): in words.
    ``day``: a past day that is asked for; ``has_readings``: it tells where recommendations stand.
    """

    name: str
    title: str
    address: str
    asked: Mapping[str, list[str]]
    filters: tuple[str, ...] = ()
    order: str = ""
    day: dt.date | None = None
    has_readings: bool = True
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class About:
    """What a file says of itself: its subject, and the state of the record that was read.

    ``last_at``: when the record last grew; ``provisional``: some readings in it are.
    """

    subject: Subject
    head: RecordHead
    last_at: dt.datetime
    provisional: bool

    @classmethod
    def now(cls, subject: Subject) -> "About":
        """Read the state of the record, as of the same moment as what the file holds."""
        head = RecordHead.objects.get(pk=1)
        last_at = RecordEvent.objects.values_list("at", flat=True).get(sequence=head.sequence)
        counted = StatusCount.objects.of_all() if subject.has_readings else ()
        return cls(subject, head, last_at, any(row[2] == Standing.PROVISIONAL for row in counted))

    @property
    def day(self) -> dt.date:
        """The day as of which it tells."""
        return self.subject.day or today()

    @property
    def filter(self) -> str:
        """The filters in words."""
        return clauses(*self.subject.filters)

    @property
    def caveats(self) -> list[str]:
        """What must be said beside readings."""
        opened_at = self.head.opened_at
        past = self.subject.day is not None and self.subject.day < opened_at.astimezone(dt.UTC).date()
        return [
            *([notice(opened_at)] if self.provisional else []),
            *([reconstruction(opened_at)] if past else []),
        ]

    def meta(self) -> dict[str, Any]:
        """Return it for machines, with stable keys."""
        subject = self.subject
        return {
            "title": subject.title,
            "publisher": tracker_name(),
            "address": subject.address,
            "language": current_language(),
            "parameters": dict(subject.asked),
            "filter": self.filter or None,
            "order": subject.order or None,
            "as_of": self.day.isoformat(),
            "data_of": moment(self.last_at),
            "notices": self.caveats,
            "licence": LICENCE,
            "licence_words": licence_words(),
            "record": {"events": self.head.sequence, "head": self.head.digest},
        }

    def lines(self) -> list[tuple[str, str]]:
        """Return it for people: what each thing is called, and what it is; without what there is nothing to say of."""
        subject = self.subject
        said = [
            (_("Source"), tracker_name()),
            *subject.said,
            (_("Filters"), self.filter),
            (_("Order"), subject.order),
            (_("As of"), day_words(self.day)),
            (_("State of the record"), moment_words(self.last_at)),
            *((_("Note"), words) for words in self.caveats),
            (_("Licence"), licence_words()),
            (_("Address"), subject.address),
            (_("Events of the chain"), figure(self.head.sequence)),
            (_("Head of the chain"), self.head.digest),
        ]
        return [(label, words) for label, words in said if words]


def licence_words() -> str:
    """Return under what licence the data can be used."""
    return _(
        "Creative Commons Attribution 4.0 (CC BY 4.0): use it for anything, and say where it is from. The Chair's "
        "official words are quoted with their source. Readings are this project's own, provisional unless confirmed, "
        "and endorsed by nobody else."
    )
