"""What can be chosen that is on record: Forums, their roundtables, actors, themes, milestones.

A record may hold thousands of roundtables and actors. Where there are more than anybody reads, only the roundtables of
the chosen Forums are listed, and of actors those chosen and the collectives; any other is asked for by its name.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, Exists, F, IntegerField, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import gettext as _

from tracker.models import Actor, Forum, Milestone, Roundtable, Theme, fold, forum_name, localized

Choices = list[tuple[str, str]]
MOST_LISTED = 300
"""Roundtables or actors in a list that one chooses from."""


class Row(NamedTuple):
    """One thing that can be chosen. ``name``: of a Forum, its city.

    ``number``: of a roundtable, none if it closes; of an actor or a theme, its primary key.
    """

    kind: str
    key: str
    name: str
    year: int | None
    number: int | None
    day: dt.date | None


@dataclass(frozen=True)
class Options:
    """Choices, each with its value and its words; milestones also with their day, the earliest first.

    ``keys``: the primary keys of actors and themes, by parameter and slug.
    """

    forum: Choices = field(default_factory=list)
    roundtable: Choices = field(default_factory=list)
    actor: Choices = field(default_factory=list)
    theme: Choices = field(default_factory=list)
    milestones: list[tuple[str, str, dt.date]] = field(default_factory=list)
    keys: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def on_record(cls, asked: QueryDict) -> "Options":
        """Read what can be chosen, in one query. ``asked``: the filters that are already."""
        rows: dict[str, list[Row]] = {"forum": [], "roundtable": [], "actor": [], "theme": [], "milestone": []}
        for row in map(Row._make, _read(asked)):
            rows[row.kind].append(row)
        return cls(
            forum=[(row.key, forum_name(row.key, row.name)) for row in _by_year(rows["forum"])],
            roundtable=[(f"{row.year}-{row.key}", _roundtable_words(row)) for row in _by_year(rows["roundtable"])],
            actor=_by_name(rows["actor"]),
            theme=_by_name(rows["theme"]),
            milestones=sorted(((row.key, row.name, row.day) for row in rows["milestone"] if row.day), key=_day),
            keys={kind: {row.key: row.number or 0 for row in rows[kind]} for kind in ("actor", "theme")},
        )

    def day_of(self, text: str) -> dt.date | None:
        """Return the day that a date or the slug of a milestone names; None where it names none."""
        for slug, _title, day in self.milestones:
            if slug == text:
                return day
        try:
            return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            return None


def _day(milestone: tuple[str, str, dt.date]) -> tuple[dt.date, str]:
    slug, _title, day = milestone
    return day, slug


def _by_year(rows: list[Row]) -> list[Row]:
    """Sort as the Chairs' documents do: newest Forum first, closing parts last."""
    return sorted(rows, key=lambda row: (-(row.year or 0), row.number is None, row.number or 0, row.key))


def _roundtable_words(row: Row) -> str:
    """Return "2010 RT2: Human mobility"."""
    return _("%(label)s: %(value)s") % {"label": f"{row.year} {row.key}", "value": row.name}


def _by_name(rows: list[Row]) -> Choices:
    return sorted(((row.key, row.name) for row in rows), key=lambda choice: (fold(choice[1]), choice[0]))


def _read(asked: QueryDict) -> "QuerySet[Any, Any]":
    roundtables = Roundtable.objects.filter(Q(forum__year__in=_years(asked)) | _few(Roundtable))
    actors = Actor.objects.filter(Q(slug__in=asked.getlist("actor")) | Q(is_collective=True) | _few(Actor))
    return _rows("forum", Forum.objects.all(), Cast("year", CharField()), F("host_city"), year=F("year")).union(
        _rows("roundtable", roundtables, F("code"), localized("title"), year=F("forum__year"), number=F("number")),
        _rows("actor", actors, F("slug"), localized("name"), number=F("pk")),
        _rows("theme", Theme.objects.all(), F("slug"), localized("name"), number=F("pk")),
        _rows("milestone", Milestone.objects.all(), F("slug"), localized("title"), day=F("date")),
        all=True,
    )


def _rows(
    kind: str, things: "QuerySet[Any]", key: Combinable, name: Combinable, **more: Combinable
) -> "QuerySet[Any, Any]":
    """Return what is on record of one kind as columns of ``Row``."""
    none = {
        "year": Cast(Value(None), IntegerField()),
        "number": Cast(Value(None), BigIntegerField()),
        "day": Cast(Value(None), DateField()),
    }
    return things.order_by().values_list(Value(kind), key, name, *{**none, **more}.values())


def _few(model: type[Model]) -> Q:
    """Return the condition that there are no more of these than one reads."""
    return Q(~Exists(model._default_manager.order_by()[MOST_LISTED : MOST_LISTED + 1]))


def _years(asked: QueryDict) -> list[int]:
    """Return the years of the Forums that are chosen, or whose roundtables are."""
    named = asked.getlist("forum") + [key.partition("-")[0] for key in asked.getlist("roundtable")]
    return [int(year) for year in named if year.isascii() and year.isdigit() and len(year) == 4]
