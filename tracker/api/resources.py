"""Forums, roundtables, actors, themes, milestones and the events of the chain."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from tracker.api import shapes, shown
from tracker.api.links import Links
from tracker.api.parameters import Asked, Parameter, choice, number
from tracker.api.problems import unusable
from tracker.api.resource import SLUG, Resource
from tracker.filters.parameters import FORMS_OF_VALUES, LONGEST_QUERY
from tracker.models import (
    Actor,
    ActorQuerySet,
    Conclusion,
    Forum,
    ForumChair,
    ForumContributor,
    Membership,
    Milestone,
    RecordEvent,
    Roundtable,
    Theme,
    Track,
)
from tracker.models.actor_list import listed
from tracker.search import Search, parse

WORDS = Parameter(
    "q",
    "Words to look for, as on the page.",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY},
    FORMS_OF_VALUES["q"],
)
COLLECTIVE = Parameter(
    "collective",
    "The slug of a collective: who has a seat in it, or ever had.",
    {"type": "string", "pattern": SLUG},
    gettext_lazy("the short name of a collective, as in governments"),
)
LARGEST = 10**18 - 1


def _year(key: str) -> int:
    """Return the year that a key says; 0, in which no Forum was held, where it says none."""
    return int(key) if key.isascii() and key.isdigit() and len(key) == 4 else 0


def slug_of(one: str) -> Parameter:
    """Return the parameter of a path that names something by its slug."""
    return Parameter("slug", f"The slug of the {one}.", {"type": "string", "pattern": SLUG}, required=True)


class Forums(Resource[Forum]):
    """The editions of the Global Forum, newest first."""

    name, one, column = "forums", "forum", "year"
    meaning = "The Forums, newest first, with figures, sources and what their Chairs concluded beside recommendations."
    key = Parameter("year", "The year of the Forum.", {"type": "string", "pattern": "^[0-9]{4}$"}, required=True)
    shape = shapes.ForumShape

    def all(self) -> QuerySet[Forum]:
        return Forum.objects.prefetch_related(
            Prefetch("chair_rows", ForumChair.objects.select_related("actor")),
            Prefetch("contributor_rows", ForumContributor.objects.select_related("actor")),
            Prefetch("roundtables", Roundtable.objects.only("forum", "code")),
            "reported_themes",
            "figures",
            "sources",
            Prefetch("conclusions", Conclusion.objects.select_related("tracked_as")),
        )

    def found(self, asked: Asked) -> QuerySet[Forum]:
        return self.all().order_by("-year")

    def exactly(self, key: str) -> dict[str, Any]:
        return {"year": _year(key)}

    alike = exactly

    def tell(self, row: Forum, links: Links) -> shapes.ForumShape:
        return shown.forum(row, links)


class Roundtables(Resource[Roundtable]):
    """Roundtables and closing parts."""

    name, one = "roundtables", "roundtable"
    meaning = "The roundtables of all Forums, newest Forum first, closing parts last."
    key = Parameter(
        "key",
        "Year and code, as in 2010-RT1.",
        {"type": "string", "pattern": "^[0-9]{4}-[A-Za-z0-9_-]{1,8}$"},
        required=True,
    )
    shape = shapes.RoundtableShape
    filters = (
        Parameter(
            "forum",
            "The year of a Forum.",
            {"type": "string", "pattern": "^[0-9]{4}$"},
            FORMS_OF_VALUES["forum"],
            several=True,
        ),
        choice("track", "The part of the conclusions.", Track.values, several=True),
    )

    def all(self) -> QuerySet[Roundtable]:
        return Roundtable.objects.select_related("forum")

    def found(self, asked: Asked) -> QuerySet[Roundtable]:
        rows, tracks = Roundtable.objects.select_related("forum"), asked.several("track")
        if len(tracks) == 1:
            rows = rows.on_track(tracks[0])
        if years := asked.several("forum"):
            rows = rows.filter(forum__year__in=_years(years))
        return rows.order_by("-forum__year", F("number").asc(nulls_last=True), "code")

    def key_of(self, row: Roundtable) -> str:
        return shown.roundtable_key(row)

    def exactly(self, key: str) -> dict[str, Any]:
        year, _dash, code = key.partition("-")
        return {"forum__year": _year(year), "code": code}

    def alike(self, key: str) -> dict[str, Any]:
        year, _dash, code = key.partition("-")
        return {"forum__year": _year(year), "code__iexact": code}

    def tell(self, row: Roundtable, links: Links) -> shapes.RoundtableShape:
        return shown.roundtable(row, links)


def _years(asked: list[str]) -> list[int]:
    """Return the years of Forums that are on record; refuse others, as the list of recommendations does."""
    known = {str(year) for year in Forum.objects.filter(year__in=map(int, asked)).values_list("year", flat=True)}
    for year in asked:
        if year not in known:
            raise unusable("forum", year, str(FORMS_OF_VALUES["forum"]))
    return list(map(int, asked))


class Actors(Resource[Actor]):
    """Governments, bodies, organisations and collectives."""

    name, one = "actors", "actor"
    meaning = "The actors by kind and name, as on the page; the names are in the order of the language."
    key = slug_of("actor")
    shape = shapes.ActorShape
    filters = (
        WORDS,
        choice("kind", "The kind of actor.", Actor.Kind.values, several=True),
        COLLECTIVE,
    )

    def all(self) -> ActorQuerySet:
        seats = Prefetch("seats", Membership.objects.select_related("collective").order_by("collective__slug"))
        return Actor.objects.defer("internal_note").select_related("succeeded_by").prefetch_related(seats)

    def found(self, asked: Asked) -> QuerySet[Actor]:
        rows = Search(parse(asked.one("q"))).matching_actors(self.all())
        if kinds := asked.several("kind"):
            rows = rows.filter(kind__in=kinds)
        if collective := asked.one("collective"):
            if not Actor.objects.collectives().filter(slug=collective).exists():
                raise unusable("collective", collective, COLLECTIVE.words)
            rows = rows.filter(seats__collective__slug=collective)
        return listed(rows)

    def tell(self, row: Actor, links: Links) -> shapes.ActorShape:
        return shown.actor(row, links)


class Themes(Resource[Theme]):
    """Subjects across roundtables."""

    name, one = "themes", "theme"
    meaning = "The themes, by slug."
    key = slug_of("theme")
    shape = shapes.ThemeShape

    def all(self) -> QuerySet[Theme]:
        return Theme.objects.all()

    def found(self, asked: Asked) -> QuerySet[Theme]:
        return self.all().order_by("slug")

    def tell(self, row: Theme, links: Links) -> shapes.ThemeShape:
        return shown.theme(row, links)


class Milestones(Resource[Milestone]):
    """Dates at which the world takes stock."""

    name, one = "milestones", "milestone"
    meaning = "The milestones, earliest first. Their slugs can stand for their dates in as_of."
    key = slug_of("milestone")
    shape = shapes.MilestoneShape

    def all(self) -> QuerySet[Milestone]:
        return Milestone.objects.select_related("forum")

    def found(self, asked: Asked) -> QuerySet[Milestone]:
        return self.all().order_by("date", "pk")

    def tell(self, row: Milestone, links: Links) -> shapes.MilestoneShape:
        return shown.milestone(row, links)


class Events(Resource[RecordEvent]):
    """The chain."""

    name, one, column = "events", "event", "sequence"
    meaning = (
        "The chain of the record, first event first: its nine fields are exactly those of docs/record.md, so that a "
        "copy can be verified without this software."
    )
    key = Parameter(
        "sequence", "The number of the event.", {"type": "integer", "minimum": 1, "maximum": LARGEST}, required=True
    )
    shape = shapes.EventShape
    filters = (
        Parameter(
            "subject",
            "The reference of what events are about.",
            {"type": "string", "minLength": 1, "maxLength": 60},
            gettext_lazy("a reference, as in GFMD-2010-RT1-01-F3"),
        ),
        number("after", "Only events after this sequence: what is new to you.", default=0, minimum=0, maximum=LARGEST),
    )

    def all(self) -> QuerySet[RecordEvent]:
        return RecordEvent.objects.all()

    def found(self, asked: Asked) -> QuerySet[RecordEvent]:
        rows = self.all().order_by("sequence")
        if subject := asked.one("subject"):
            rows = rows.filter(subject=subject)
        if after := asked.one("after"):
            rows = rows.filter(sequence__gt=int(after))
        return rows

    def exactly(self, key: str) -> dict[str, Any]:
        return {"sequence": int(key) if key.isascii() and key.isdigit() and len(key) <= 18 else 0}

    alike = exactly

    def tell(self, row: RecordEvent, links: Links) -> shapes.EventShape:
        return shown.event(row, links)
