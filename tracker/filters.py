"""The filters of the list of recommendations: from an address to a queryset, and back to words.

Exports and the API will use the same FilterSet. A value that is repeated means "any of"; two parameters mean both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters as df
from django.db.models import Q, Value
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tracker.models import (
    Actor,
    FollowUp,
    Forum,
    Nature,
    Recommendation,
    RecommendationQuerySet,
    Responsibility,
    Standing,
    Status,
    Theme,
    Track,
)
from tracker.search import Search, parse

Choices = list[tuple[str, str]]

SEVERAL = ("forum", "roundtable", "track", "status", "standing", "nature", "actor", "kind", "theme", "relation")
DATES = ("last_followup_before", "last_followup_since")
SINGLE = ("q", *DATES)
PARAMETERS = ("q", *SEVERAL, *DATES)
LONGEST_QUERY = 500
"""Letters of a query. A longer one is no longer typed by anybody."""
LONG = {"forum", "roundtable", "actor", "theme"}

LABELS: dict[str, str | Promise] = {
    "q": gettext_lazy("Words"),
    "forum": gettext_lazy("Forum"),
    "roundtable": gettext_lazy("Roundtable"),
    "track": gettext_lazy("Part of the conclusions"),
    "status": gettext_lazy("Status"),
    "standing": gettext_lazy("Standing"),
    "nature": gettext_lazy("Nature"),
    "actor": gettext_lazy("Actor"),
    "kind": gettext_lazy("Kind of actor addressed"),
    "theme": gettext_lazy("Theme"),
    "relation": gettext_lazy("Follow-ups"),
    "last_followup_before": gettext_lazy("Last follow-up before"),
    "last_followup_since": gettext_lazy("Last follow-up since"),
}
FORMS_OF_VALUES: dict[str, str | Promise] = {
    "q": gettext_lazy("words to look for, at most 500 letters"),
    "forum": gettext_lazy("the year of a Forum, as in 2010"),
    "roundtable": gettext_lazy("year and code of a roundtable, as in 2010-RT1"),
    "actor": gettext_lazy("the short name of an actor, as at the end of the address of its page"),
    "theme": gettext_lazy("the short name of a theme, as in human-rights"),
    "last_followup_before": gettext_lazy("a date, as in 2013-10-04"),
    "last_followup_since": gettext_lazy("a date, as in 2013-10-04"),
}


@dataclass(frozen=True)
class Options:
    """What can be chosen that is on record: Forums, their roundtables, actors and themes."""

    forum: Choices
    roundtable: Choices
    actor: Choices
    theme: Choices

    @classmethod
    def on_record(cls) -> "Options":
        """Read them, in two queries."""
        forums: dict[str, str] = {}
        roundtables: Choices = []
        columns = ("year", "host_city", "roundtables__code", "roundtables__title_en")
        for year, city, code, title in Forum.objects.in_document_order().values_list(*columns):
            forums[str(year)] = f"{city or 'GFMD'} {year}"
            if code:
                roundtables.append((f"{year}-{code}", f"{year} {code}: {title}"))
        actors = Actor.objects.values_list(Value("actor"), "slug", "name_en", "sort_en")
        themes = Theme.objects.values_list(Value("theme"), "slug", "name_en", "name_en")
        named = list(actors.order_by().union(themes.order_by(), all=True).order_by("sort_en", "slug"))
        return cls(
            forum=list(forums.items()),
            roundtable=roundtables,
            actor=[(slug, name) for kind, slug, name, _key in named if kind == "actor"],
            theme=[(slug, name) for kind, slug, name, _key in named if kind == "theme"],
        )


@dataclass(frozen=True)
class Chip:
    """One active filter, and the query of the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A filter of the form. ``shape``: search, checks, select or date. ``more``: further chosen values of a select."""

    name: str
    label: str
    shape: str
    options: list[Option]
    value: str = ""
    more: tuple[str, ...] = ()


class AnyOf(df.MultipleChoiceFilter):  # type: ignore[misc]  # the package has no types
    """A parameter whose repeated values mean "any of", without DISTINCT: each condition is one of the row itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(distinct=False, **{"choices": (), **kwargs})


class RecommendationFilter(df.FilterSet):  # type: ignore[misc]
    """Filters over published recommendations. Values are those of addresses: years, codes, slugs."""

    q = df.CharFilter(method="with_words", max_length=LONGEST_QUERY)
    forum = AnyOf(method="any_forum")
    roundtable = AnyOf(method="any_roundtable")
    track = AnyOf(choices=Track.choices, method="any_track")
    status = AnyOf(choices=[(status.value, status.label) for status in Status.of_recommendations()])
    standing = AnyOf(choices=Standing.choices)
    nature = AnyOf(choices=Nature.choices)
    actor = AnyOf(method="any_actor")
    kind = AnyOf(choices=Actor.Kind.choices, method="any_kind")
    theme = AnyOf(method="any_theme")
    relation = AnyOf(choices=FollowUp.Relation.choices, method="any_relation")
    last_followup_before = df.DateFilter("last_followup_on", lookup_expr="lt", input_formats=["%Y-%m-%d"])
    last_followup_since = df.DateFilter("last_followup_on", lookup_expr="gte", input_formats=["%Y-%m-%d"])

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: RecommendationQuerySet, options: Options) -> None:
        super().__init__(data, queryset)
        self.search = Search(parse(data.get("q", "")))
        for name in LONG:
            self.filters[name].extra["choices"] = getattr(options, name)

    @classmethod
    def asked(cls, given: QueryDict, options: Options) -> "RecommendationFilter":
        """Return the filters of an address. An empty value counts as not given."""
        asked = QueryDict(mutable=True)
        for name in PARAMETERS:
            if values := [value for value in given.getlist(name) if value]:
                asked.setlist(name, values)
        return cls(asked, Recommendation.objects.published(), options)

    def with_words(self, rows: RecommendationQuerySet, name: str, typed: str) -> RecommendationQuerySet:
        """Keep those that the query finds."""
        return self.search.matching(rows)

    def any_forum(self, rows: RecommendationQuerySet, name: str, years: list[str]) -> RecommendationQuerySet:
        """Keep those of any of the Forums."""
        return rows.filter(roundtable__forum__year__in=[int(year) for year in years]) if years else rows

    def any_roundtable(self, rows: RecommendationQuerySet, name: str, keys: list[str]) -> RecommendationQuerySet:
        """Keep those of any of the roundtables, each named by year and code."""
        named = Q()
        for year, code in (key.split("-", 1) for key in keys):
            named |= Q(roundtable__forum__year=int(year), roundtable__code=code)
        return rows.filter(named)

    def any_track(self, rows: RecommendationQuerySet, name: str, tracks: list[str]) -> RecommendationQuerySet:
        """Keep those of roundtables, or the items about the Forum itself."""
        return rows.on_track(tracks[0]) if len(tracks) == 1 else rows

    def any_actor(self, rows: RecommendationQuerySet, name: str, slugs: list[str]) -> RecommendationQuerySet:
        """Keep what is addressed to the actors, their members or theirs, or what these did something about."""
        if not slugs:
            return rows
        actors = Actor.objects.reached_by(slugs).values("pk")
        addressed = Responsibility.objects.filter(actor__in=actors).values("recommendation")
        entries = FollowUp.objects.published().filter(Q(actor__in=actors) | Q(partner_rows__actor__in=actors))
        return rows.filter(Q(pk__in=addressed) | Q(pk__in=entries.values("recommendation")))

    def any_kind(self, rows: RecommendationQuerySet, name: str, kinds: list[str]) -> RecommendationQuerySet:
        """Keep those that address an actor of any of the kinds."""
        addressed = Responsibility.objects.filter(actor__kind__in=kinds).values("recommendation")
        return rows.filter(pk__in=addressed) if kinds else rows

    def any_theme(self, rows: RecommendationQuerySet, name: str, slugs: list[str]) -> RecommendationQuerySet:
        """Keep those on any of the themes."""
        return rows.filter(pk__in=Recommendation.objects.filter(themes__slug__in=slugs).values("pk")) if slugs else rows

    def any_relation(self, rows: RecommendationQuerySet, name: str, relations: list[str]) -> RecommendationQuerySet:
        """Keep those with a published follow-up of any of the relations."""
        entries = FollowUp.objects.published().filter(relation__in=relations).values("recommendation")
        return rows.filter(pk__in=entries) if relations else rows

    def refusal(self) -> tuple[str, str, str] | None:
        """Return name, value and what is allowed of the first value that cannot be used, or None."""
        for name in PARAMETERS:
            if name in self.form.errors:
                return name, ", ".join(self._wrong(name)), self._allowed(name)
        return None

    def _wrong(self, name: str) -> list[str]:
        given, known = self.data.getlist(name), dict(self.filters[name].extra.get("choices", ()))
        return [value for value in given if value not in known]

    def _allowed(self, name: str) -> str:
        if name in FORMS_OF_VALUES:
            return str(FORMS_OF_VALUES[name])
        return ", ".join(value for value, _label in self.filters[name].extra["choices"])

    def chips(self) -> list[Chip]:
        """Return the active filters in words, each with the query that is left without it."""
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        for name, values in self.data.lists():
            labels = dict(self.filters[name].extra.get("choices", ()))
            for value in values:
                rest = self.data.copy()
                rest.setlist(name, [other for other in values if other != value])
                yield Chip(str(LABELS[name]), str(labels.get(value, value)), rest.urlencode())

    def fields(self) -> list[Field]:
        """Return the form: what can be chosen, and what is."""
        return [self._field(name) for name in PARAMETERS]

    def _field(self, name: str) -> Field:
        chosen, label = self.data.getlist(name), str(LABELS[name])
        if name in SINGLE:
            return Field(name, label, "search" if name == "q" else "date", [], value="".join(chosen[:1]))
        choices = self.filters[name].extra["choices"]
        long = name in LONG
        shown = chosen[:1] if long else chosen
        options = [Option(value, str(words), value in shown) for value, words in choices]
        return Field(name, label, "select" if long else "checks", options, more=tuple(chosen[1:]) if long else ())
