"""The first page: how far have we come?"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.models import (
    FollowUp,
    Forum,
    Milestone,
    Recommendation,
    Roundtable,
    Status,
    StatusCount,
    fold,
)
from tracker.models.addresses import addresses
from tracker.progress import today
from tracker.readings.links import Link
from tracker.readings.tally import Tally, split
from tracker.sentences import overview_answer
from tracker.sentences.lists import recommendations_in_number
from tracker.views.head import caveats
from tracker.views.page import render_page, site_of
from tracker.views.public import public
from tracker.views.structured import the_tracker

RECENT, EARLIER = 1, 5
"""Forums that are shown with their roundtables, and further ones that are listed: of more, their own list tells."""
MOST_PARTS = 12
"""Roundtables of a Forum that are shown there: of more, its own page tells."""
LATEST = 5
LATEST_READINGS = 3
ADDRESSED = 12


@dataclass
class Part:
    """A roundtable, or the closing part, with its count."""

    roundtable: Roundtable
    counted: Tally = field(default_factory=Tally)


@dataclass
class Edition:
    """A Forum with its roundtables and closing parts, counted apart and never added."""

    forum: Forum
    parts: list[Part] = field(default_factory=list)

    @property
    def roundtables(self) -> list[Part]:
        """The roundtables with recommendations on record."""
        return [part for part in self.parts if part.roundtable.kind == Roundtable.Kind.ROUNDTABLE]

    @property
    def first_roundtables(self) -> list[Part]:
        """Those of them that are shown where several Forums are."""
        return self.roundtables[:MOST_PARTS]

    @property
    def has_more(self) -> bool:
        """Whether there are more than these."""
        return len(self.roundtables) > MOST_PARTS

    @property
    def closing(self) -> list[Part]:
        """The closing parts."""
        return [part for part in self.parts if part.roundtable.kind == Roundtable.Kind.CLOSING]

    @property
    def counted(self) -> Tally:
        """The headline count: the recommendations of roundtables."""
        return added(self.roundtables)

    @property
    def closing_counted(self) -> Tally:
        """The count of the items about the Forum itself."""
        return added(self.closing)


def added(parts: list[Part]) -> Tally:
    """Return the sum of parts of one track."""
    whole = Tally()
    for part in parts:
        for status, number in part.counted.counts.items():
            whole.counts[status] += number
        whole.provisional += part.counted.provisional
    return whole


def edition_of(forum: Forum) -> Edition:
    """Return a Forum with its roundtables, each counted today; in two queries."""
    rows = Recommendation.objects.published().of_forum(forum).tallied("roundtable_id")
    tables = list(Roundtable.objects.filter(forum=forum))
    for table in tables:
        table.forum = forum
    return Edition(forum, parts_of(tables, rows))


def parts_of(roundtables: Iterable[Roundtable], rows: Iterable[tuple[int, str, str, int]]) -> list[Part]:
    """Return roundtables as ``rows`` count them: a roundtable's key, status, standing and number."""
    counts: defaultdict[int, Tally] = defaultdict(Tally)
    for roundtable, status, standing, number in rows:
        counts[roundtable].add(status, standing, number)
    return [Part(table, counts[table.pk]) for table in roundtables]


def editions_on(forums: Sequence[Forum], rows: Iterable[tuple[int, str, str, int]]) -> list[Edition]:
    """Return these Forums with those of their roundtables that ``rows`` count, in a query."""
    counted = list(rows)
    tables = Roundtable.objects.filter(pk__in=list({row[0] for row in counted}))
    found = {forum.pk: Edition(forum) for forum in forums}
    for part in parts_of(tables, counted):
        part.roundtable.forum = found[part.roundtable.forum_id].forum
        found[part.roundtable.forum_id].parts.append(part)
    return list(found.values())


@dataclass(frozen=True)
class Whole:
    """All Forums with recommendations on record, and the newest of them.

    ``recent``: shown with their roundtables; ``earlier``: further ones, as far as they are listed; ``number``: how
    many there are; ``since``: the day on which the first of them closed.
    """

    counted: Tally = field(default_factory=Tally)
    closing: Tally = field(default_factory=Tally)
    recent: list[Edition] = field(default_factory=list)
    earlier: list[tuple[Forum, Tally]] = field(default_factory=list)
    number: int = 0
    since: dt.date | None = None

    @cached_property
    def answer(self) -> str:
        """The sentence that says how far all of it has come."""
        newest = self.recent[0].forum if self.recent else None
        return overview_answer(newest, self.number, self.counted, self.closing.total)

    @property
    def are_more(self) -> bool:
        """Whether there are Forums that are not listed here."""
        return self.number > len(self.recent) + len(self.earlier)


def whole() -> Whole:
    """Return all Forums as they stand today, in three queries however many they are."""
    forums = list(StatusCount.objects.forums().newest(RECENT + EARLIER))
    counts = list(StatusCount.objects.of_forums([forum.pk for forum in forums[RECENT:]]))
    counted, closing = split(row[1:] for row in counts if not row[0])
    return Whole(
        counted=counted,
        closing=closing,
        recent=tallied(forums[:RECENT]),
        earlier=headlines(forums[RECENT:], counts),
        number=forums[0].among if forums else 0,
        since=forums[0].first_closing if forums else None,
    )


def tallied(forums: Sequence[Forum]) -> list[Edition]:
    """Return Forums with those of their roundtables that have recommendations, counted today; in a query."""
    found = {forum.pk: Edition(forum) for forum in forums}
    parts: dict[int, Part] = {}
    for table in Roundtable.objects.filter(forum__in=forums).tallied():
        if table.pk not in parts:
            parts[table.pk] = Part(table)
            table.forum = found[table.forum_id].forum
            found[table.forum_id].parts.append(parts[table.pk])
        parts[table.pk].counted.add(table.status, table.standing, table.having)
    return list(found.values())


def headlines(forums: Sequence[Forum], counts: Iterable[tuple[int, str, str, str, int]]) -> list[tuple[Forum, Tally]]:
    """Return Forums with the headline count of each: the recommendations of its roundtables.

    ``counts``: rows of a Forum's key, kind of roundtable, status, standing and number.
    """
    found: defaultdict[int, Tally] = defaultdict(Tally)
    for forum, kind, status, standing, number in counts:
        if kind == Roundtable.Kind.ROUNDTABLE:
            found[forum].add(status, standing, number)
    return [(forum, found[forum.pk]) for forum in forums]


@dataclass(frozen=True)
class Ways:
    """Ways further in of one kind, under their heading, each with how many recommendations stand behind it."""

    heading: str
    listed: list[Link]


def ways() -> list[Ways]:
    """Return the ways to those whom recommendations address most often, and to what they are about, by name.

    In one query; none of them leads nowhere.
    """
    rows = list(StatusCount.objects.named())
    asked = sorted((row for row in rows if row[0] == "actor"), key=lambda row: (-row[4], row[3]))[:ADDRESSED]
    about = (row for row in rows if row[0] == "theme")
    found = [
        Ways(_("Who is asked, and what they did"), _ways(asked)),
        Ways(_("What it is about"), _ways(about)),
    ]
    return [one for one in found if one.listed]


def _ways(rows: Iterable[tuple[str, str, str, str, int]]) -> list[Link]:
    by_name = sorted(rows, key=lambda row: fold(row[3]))
    address = {view: addresses(view) for view in ("actor", "theme")}
    return [
        Link(address[view](slug), name, recommendations_in_number(number)) for view, slug, name, _key, number in by_name
    ]


@public()
def overview(request: HttpRequest) -> HttpResponse:
    """Show the progress of the newest Forums and their roundtables, and what was entered last."""
    found = whole()
    entries = FollowUp.objects.published().for_lines().latest_first()
    context = {
        "whole": found,
        "counted": found.counted,
        "answer": found.answer,
        "things": the_tracker(site_of(request), found.answer),
        "nothing_known": found.counted.counts[Status.NO_INFORMATION],
        "latest": list(entries.follow_ups()[:LATEST]),
        "readings": list(entries.assessments()[:LATEST_READINGS]),
        "ways": ways(),
        "milestones": list(Milestone.objects.after(found.since or today()).past(today()).order_by("-date")),
        **caveats(request, provisional=found.counted.provisional + found.closing.provisional),
    }
    return render_page(request, "tracker/overview.html", context)
