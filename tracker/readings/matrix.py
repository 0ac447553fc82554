"""Who has follow-ups: recommendations against the groups in which a meeting sits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.models import Actor, FollowUp, Membership, Recommendation
from tracker.record.copies import shown_precision
from tracker.sentences import day_words

OTHER = "other"
COLUMN_OF_KIND = {
    Actor.Kind.UN_BODY: OTHER,
    Actor.Kind.INTERNATIONAL_ORGANISATION: OTHER,
}


@dataclass(frozen=True)
class Cell:
    """The follow-ups of one group on one recommendation: how many, the last one's date, and who acted."""

    column: str
    number: int = 0
    last: str = ""
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True)
class Row:
    """One recommendation's follow-ups, by group."""

    recommendation: Recommendation
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """The table: the groups' names, and a row for each recommendation."""

    columns: list[str]
    rows: list[Row]


class Groups:
    """The groups of a meeting: governments; collectives that are shown with their members; the other kinds."""

    def __init__(self, seats: Iterable[Membership]) -> None:
        """Take the seats in all collectives whose members' follow-ups are shown together."""
        self.seats: defaultdict[int, list[Membership]] = defaultdict(list)
        self.collectives: dict[int, Actor] = {}
        for seat in seats:
            self.seats[seat.member_id].append(seat)
            self.collectives[seat.collective_id] = seat.collective

    def columns(self) -> dict[str, str]:
        """Return the groups' keys and names, in the order of a meeting."""
        together = {
            collective.slug: _("The %(collective)s and its members") % {"collective": collective.short_name}
            for collective in self.collectives.values()
        }
        return {
            Actor.Kind.GOVERNMENT.value: _("Governments"),
            **together,
            OTHER: _("Other organisations"),
            Actor.Kind.REGIONAL_BODY.value: _("Regional bodies"),
            Actor.Kind.CIVIL_SOCIETY.value: _("Civil society"),
            Actor.Kind.FORUM_BODY.value: _("The Forum"),
        }

    def of(self, actor: Actor, day: dt.date) -> str:
        """Return the key of an actor's group on the day of what it did."""
        if actor.pk in self.collectives:
            return actor.slug
        for seat in self.seats[actor.pk]:
            if seat.held_on(day):
                return seat.collective.slug
        kind = Actor.Kind(actor.kind)
        return COLUMN_OF_KIND.get(kind, kind.value)


def matrix(recommendations: Sequence[Recommendation], follow_ups: Iterable[FollowUp], groups: Groups) -> Matrix:
    """Return who has follow-ups. ``follow_ups``: those that count, earliest first."""
    found: defaultdict[tuple[int, str], list[FollowUp]] = defaultdict(list)
    for entry in follow_ups:
        if entry.actor is not None:
            found[entry.recommendation_id, groups.of(entry.actor, entry.occurred_until)].append(entry)
    columns = groups.columns()
    rows = [Row(one, [_cell(name, found[one.pk, key]) for key, name in columns.items()]) for one in recommendations]
    return Matrix(list(columns.values()), rows)


def _cell(column: str, entries: list[FollowUp]) -> Cell:
    if not entries:
        return Cell(column)
    last = entries[-1]
    actors = {entry.actor.pk: entry.actor for entry in entries if entry.actor}
    return Cell(column, len(entries), day_words(last.counts_from, shown_precision(last)), tuple(actors.values()))
