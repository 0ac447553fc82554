"""Recommendations and the entries of their record."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db.models import F, Prefetch, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from tracker.api import entry_parts, shapes, shown_record, standing
from tracker.api.links import Links
from tracker.api.parameters import Asked, Parameter, choice
from tracker.api.problems import unusable
from tracker.api.resource import SLUG, Resource
from tracker.api.resources import WORDS
from tracker.api.ties import ties_of
from tracker.errors import Refused
from tracker.filters import SEVERAL, RecommendationFilter
from tracker.filters.filterset import RELATIONS
from tracker.filters.finding import found_rows, one_named
from tracker.filters.named import by_slugs
from tracker.filters.ordering import SORTS
from tracker.filters.parameters import FORMS_OF_VALUES, MOST_VALUES
from tracker.models import (
    ON_RECORD,
    Actor,
    FollowUp,
    FollowUpQuerySet,
    Nature,
    Recommendation,
    RecommendationQuerySet,
    ReferenceAlias,
    Standing,
    Status,
    Track,
)
from tracker.progress import check_day, parse_as_of, today
from tracker.search import Search, parse

REFERENCE = "^[A-Za-z0-9_-]{1,60}$"
A_DAY: Mapping[str, object] = {"type": "string", "format": "date"}


def _filter(name: str, meaning: str, schema: Mapping[str, object]) -> Parameter:
    """Return a filter of the page, which itself says what its values can be."""
    return Parameter(name, meaning, schema, FORMS_OF_VALUES.get(name, ""), several=name in SEVERAL)


def _values(values: Any) -> Mapping[str, object]:
    return {"type": "string", "enum": list(values)}


AS_OF = _filter(
    "as_of", "The day as of which statuses are told: a date, or the slug of a milestone.", {"type": "string"}
)
FILTERS = (
    WORDS,
    _filter("forum", "Years of Forums.", {"type": "string"}),
    _filter("roundtable", "Roundtables, as in 2010-RT1.", {"type": "string"}),
    _filter("track", "Parts of the conclusions.", _values(Track.values)),
    _filter("status", "Where they stand.", _values(one.value for one in Status.of_recommendations())),
    _filter("standing", "How firm the readings are.", _values(Standing.values)),
    _filter("nature", "What kind of statement they are.", _values(Nature.values)),
    _filter(
        "actor",
        "Slugs of actors: what is addressed to them or done by them; of a collective also to or by its members and "
        "theirs. A name or an acronym does too.",
        {"type": "string"},
    ),
    _filter("kind", "Kinds of actors that are addressed.", _values(Actor.Kind.values)),
    _filter("theme", "Slugs of themes.", {"type": "string"}),
    _filter("relation", "Whether follow-ups refer to the Forum.", _values(value for value, _words in RELATIONS)),
    _filter("last_followup_before", "The last follow-up lies before this day.", A_DAY),
    _filter("last_followup_since", "The last follow-up lies on this day or later.", A_DAY),
    AS_OF,
    _filter("sort", "The order; relevance only where there is q.", _values(SORTS)),
)


class Recommendations(Resource[Recommendation]):
    """Recommendations, as the list of the site finds, filters and sorts them."""

    name, one, column = "recommendations", "recommendation", "reference"
    meaning = (
        "The recommendations that the page /recommendations/ lists with the same parameters, in the same order. "
        f"Of a repeated parameter any value will do; two parameters mean both. At most {MOST_VALUES} values each."
    )
    key = Parameter("reference", "Its reference.", {"type": "string", "pattern": REFERENCE}, required=True)
    shape = shapes.RecommendationShape
    filters = FILTERS
    at = (AS_OF,)

    def all(self) -> RecommendationQuerySet:
        return self.with_columns(Recommendation.objects.public())

    def found(self, asked: Asked) -> RecommendationQuerySet:
        chosen = _chosen(asked.query)
        straight = one_named(asked.one("q"))
        rows = _only(straight, chosen.day) if straight else found_rows(chosen)
        return _as_of(rows, chosen.day) if chosen.day else rows

    def with_columns(self, rows: QuerySet[Recommendation]) -> RecommendationQuerySet:
        return cast("RecommendationQuerySet", _beside(rows, standing.BESIDE))

    def rows(self, asked: Asked) -> RecommendationQuerySet:
        day = _day(asked.one("as_of"))
        return _as_of(self.all(), day) if day and day != today() else self.all()

    def at_key(self, key: str, asked: Asked) -> Recommendation:
        row = super().at_key(key, asked)
        if text := asked.one("as_of"):
            try:
                check_day(row.roundtable.forum, _day(text) or today())
            except Refused as refusal:
                raise unusable("as_of", text, str(refusal)) from None
        return row

    def once_named(self, key: str) -> Recommendation | None:
        alias = ReferenceAlias.objects.select_related("recommendation").filter(reference__iexact=key).first()
        return alias.recommendation if alias and alias.recommendation.is_public else None

    def complete(self, rows: Sequence[Recommendation]) -> None:
        ties, readings = ties_of(rows), standing.readings_of(rows)
        for row in rows:
            row.__dict__.update(ties=ties[row.pk], reading=readings[row.pk])

    def tell(self, row: Recommendation, links: Links) -> shapes.RecommendationShape:
        return shown_record.recommendation(row, links)


def _beside(rows: QuerySet[Any], columns: Mapping[str, str]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.defer("internal_note").annotate(**{name: F(column) for name, column in columns.items()})
    return found


def _chosen(query: QueryDict) -> RecommendationFilter:
    """Return the filters of an address; refuse what the page refuses."""
    chosen = RecommendationFilter.asked(query)
    if named := by_slugs(chosen):
        chosen = RecommendationFilter.asked(named)
    if refusal := chosen.refusal():
        raise unusable(*refusal)
    return chosen


def _only(named: Recommendation, day: dt.date | None) -> RecommendationQuerySet:
    """Return the recommendation to which the page would lead straight, unless it was withdrawn."""
    rows = Recommendation.objects.published().filter(pk=named.pk).in_order()
    return rows.filter(roundtable__forum__closes_on__lte=day) if day else rows


def _day(text: str) -> dt.date | None:
    try:
        return parse_as_of(text) if text else None
    except ValueError:
        raise unusable("as_of", text, AS_OF.words) from None


def _as_of(rows: RecommendationQuerySet, day: dt.date) -> RecommendationQuerySet:
    """Return rows with the entries that counted on a day, from which follows where they stood."""
    counting = FollowUp.objects.counting_at(day).order_by("counts_from", "precedence")
    brief = counting.defer("body", "internal_note")
    return rows.select_related("roundtable__forum").prefetch_related(Prefetch("entries", brief, "counting"))


OF_RECOMMENDATION = Parameter(
    "recommendation",
    "The reference of a recommendation: its record.",
    {"type": "string", "pattern": REFERENCE},
    gettext_lazy("the reference of a recommendation, as in GFMD-2010-RT1-01"),
)
OF_ACTOR = Parameter(
    "actor",
    "The slug of an actor: its follow-ups.",
    {"type": "string", "pattern": SLUG},
    gettext_lazy("the short name that ends the address of an actor's page"),
)


class Entries(Resource[FollowUp]):
    """What was published, retracted and withheld."""

    name, one, column = "entries", "entry", "reference"
    meaning = (
        "The entries of the record, newest publication first, as on /updates/; retracted and withheld ones say so. "
        "Follow-ups and assessments are never mixed: see basis."
    )
    key = Parameter("reference", "Its reference.", {"type": "string", "pattern": REFERENCE}, required=True)
    shape = shapes.EntryShape
    filters = (
        WORDS,
        OF_RECOMMENDATION,
        OF_ACTOR,
        choice("basis", "How we know.", FollowUp.Basis.values, several=True),
        choice("state", "What became of them.", ON_RECORD, several=True),
    )

    def all(self) -> FollowUpQuerySet:
        return self.with_columns(FollowUp.objects.on_record())

    def found(self, asked: Asked) -> FollowUpQuerySet:
        rows = Search(parse(asked.one("q"))).matching_entries(FollowUp.objects.on_record())
        if reference := asked.one("recommendation"):
            one = _known(OF_RECOMMENDATION, Recommendation.objects.public(), reference=reference)
            rows = rows.filter(recommendation=one)
        if slug := asked.one("actor"):
            rows = rows.filter(actor=_known(OF_ACTOR, Actor.objects.all(), slug=slug))
        for name in ("basis", "state"):
            if values := asked.several(name):
                rows = rows.filter(**{f"{name}__in": values})
        return rows.order_by("-sequence")

    def with_columns(self, rows: QuerySet[FollowUp]) -> FollowUpQuerySet:
        return cast("FollowUpQuerySet", _beside(rows, entry_parts.BESIDE))

    def complete(self, rows: Sequence[FollowUp]) -> None:
        parts = entry_parts.parts_of(rows)
        for row in rows:
            row.__dict__["parts"] = parts[row.pk]

    def tell(self, row: FollowUp, links: Links) -> shapes.EntryShape:
        return shown_record.entry(row, links)


def _known(parameter: Parameter, rows: QuerySet[Any], **named: str) -> Any:
    """Return the row that a value names; refuse one that names none."""
    row = rows.filter(**named).first()
    if row is None:
        (value,) = named.values()
        raise unusable(parameter.name, value, parameter.words)
    return row
