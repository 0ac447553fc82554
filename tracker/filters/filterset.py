"""The FilterSet of recommendations: which of them an address asks for, and in which order."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_filters as df
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.options import Options
from tracker.filters.ordering import NEWEST_FIRST, SORTS, in_sort
from tracker.filters.parameters import FORMS_OF_VALUES, LONGEST_QUERY, MOST_VALUES, NONE, PARAMETERS, given
from tracker.filters.past import THEN, as_it_stood, concerned_then, related_then, that_had
from tracker.models import (
    Actor,
    Filing,
    FollowUp,
    Nature,
    Recommendation,
    RecommendationQuerySet,
    Standing,
    Status,
    Track,
)
from tracker.models.filing import FILED_KINDS, FILED_RELATIONS
from tracker.progress import today
from tracker.search import Query, Search, parse

ON_RECORD = ("forum", "roundtable", "actor", "theme")
"""The parameters whose choices are not ours but the record's."""
MOST_RANKED = 1000
"""Of more than so many, the newest Forum's come first: no order by likeness helps among thousands, and each costs."""
NEWEST_FORUM_FIRST = ("-forum_year", "pk")
"""The order of so many, which is that of the index of words: of a page with a number, no more is looked for."""
ISO = ["%Y-%m-%d"]
FILED = {
    "actor": Filing.Scope.ACTOR,
    "kind": Filing.Scope.KIND,
    "theme": Filing.Scope.THEME,
    "relation": Filing.Scope.RELATION,
}
"""The parameters that ask for what is filed, of today."""
PAST = {"actor": concerned_then, "relation": related_then}
"""Of these, what a past day answers from its entries."""
RELATIONS = [*FollowUp.Relation.choices, (NONE, gettext_lazy("None on record"))]


class AnyOf(df.MultipleChoiceFilter):  # type: ignore[misc]  # the package has no types
    """A parameter whose repeated values mean "any of", without DISTINCT: each condition is one of the row itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(distinct=False, **{"choices": (), **kwargs})


class RecommendationFilter(df.FilterSet):  # type: ignore[misc]
    """Filters over published recommendations. Values are those of addresses: years, codes, slugs.

    ``day``: the past day as of which the list is asked for; ``column``: where copies of the verdict are then read.
    Ask for ``refusal`` first: without one, all values can be used.
    """

    base_filters: dict[str, df.Filter]
    as_of = df.CharFilter(method="as_it_stood")
    q = df.CharFilter(method="with_words", max_length=LONGEST_QUERY)
    forum = AnyOf(method="any_forum")
    roundtable = AnyOf(method="any_roundtable")
    track = AnyOf(choices=Track.choices, method="any_track")
    status = AnyOf(choices=[(one.value, one.label) for one in Status.of_recommendations()], method="any_reading")
    standing = AnyOf(choices=Standing.choices, method="any_reading")
    nature = AnyOf(choices=Nature.choices)
    actor = AnyOf(method="any_filed")
    kind = AnyOf(choices=Actor.Kind.choices, method="any_filed")
    theme = AnyOf(method="any_filed")
    relation = AnyOf(choices=RELATIONS, method="any_filed")
    last_followup_before = df.DateFilter(lookup_expr="lt", method="last_heard", input_formats=ISO)
    last_followup_since = df.DateFilter(lookup_expr="gte", method="last_heard", input_formats=ISO)
    sort = df.ChoiceFilter(method="unfiltered")

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        queryset: RecommendationQuerySet,
        query: Query | None = None,
        options: Options | None = None,
    ) -> None:
        # The package copies every filter that there is for each request: here those alone that the address names.
        self.base_filters = {name: one for name, one in self.base_filters.items() if name in data}
        super().__init__(data, queryset)
        if options is not None:
            self.options = options
        self.search = Search(parse(data.get("q", "")) if query is None else query)
        self.column = THEN if self.day else {}
        for name in self.filters:
            self.filters[name].extra |= self._checks(name)

    def _checks(self, name: str) -> dict[str, Any]:
        """Return what a value is checked against, where that is not declared."""
        if name == "as_of":
            return {"validators": [self._check_day]}
        return {"choices": self.choices(name)} if name in {*ON_RECORD, "sort"} else {}

    def choices(self, name: str) -> list[tuple[str, str | Promise]]:
        """Return what can be chosen for a parameter, with its words; nothing where any value can be typed."""
        if name in ON_RECORD:
            return list(getattr(self.options, name))
        if name == "sort":
            relevant = "q" in self.data
            return [(sort, words) for sort, words in SORTS.items() if relevant or not sort.endswith("relevance")]
        return list(type(self).base_filters[name].extra.get("choices", ()))

    @classmethod
    def asked(cls, address: QueryDict) -> "RecommendationFilter":
        """Return the filters of an address. An empty value counts as not given."""
        asked = given(address)
        return cls(asked, Recommendation.objects.published())

    def looking_for(self, query: Query) -> "RecommendationFilter":
        """Return the same filters with another query in the place of what was typed."""
        return RecommendationFilter(self.data, self.queryset, query, self.options)

    @cached_property
    def options(self) -> Options:
        """What can be chosen that is on record. It is read where a value of it is asked for, or the form is shown."""
        return Options.on_record(self.data)

    @cached_property
    def day(self) -> dt.date | None:
        """The past day that is asked for; None for today, whose statuses are kept."""
        day = self.options.day_of(self.data["as_of"]) if "as_of" in self.data else None
        return None if day == today() else day

    @property
    def qs(self) -> RecommendationQuerySet:
        """The recommendations that all filters keep, in no particular order."""
        return self.matching()

    def matching(self, without: str = "") -> RecommendationQuerySet:
        """Return what the filters keep, all of them or all but one."""
        rows: RecommendationQuerySet = self.queryset
        for name in self.data:
            if name != without:
                rows = self.filters[name].filter(rows, self._values[name])
        return rows

    def keys(self, most: int, without: str = "") -> tuple[str, Sequence[Any]]:
        """Return query and parameters of the keys of ``matching``, ``most`` of them, in no order.

        For a past day, status and standing stand beside them.
        """
        (name, *others) = sorted(set(self.data) - {without, "sort"}) or [""]
        found = self.search.published_keys(most) if name == "q" and not others else None
        if found:
            return found.sql, found.params
        if name in FILED and not others and len(self._subjects(name)) == 1:
            rows: QuerySet[Any, Any] = Filing.objects.under(FILED[name], self._subjects(name))
            rows = rows.values_list("recommendation")
        else:
            columns = (THEN["status"], THEN["standing"]) if self.day else ()
            rows = self.matching(without).order_by().values_list("pk", *columns)
        return rows[:most].query.sql_with_params()

    @cached_property
    def _values(self) -> dict[str, Any]:
        self.is_valid()
        return dict(self.form.cleaned_data)

    def sorted(self, rows: RecommendationQuerySet, number: int) -> RecommendationQuerySet:
        """Sort as is asked for. ``number``: how many there are."""
        if not self.order.endswith("relevance"):
            return in_sort(rows, self.order, self.column)
        if number > MOST_RANKED:
            return rows.order_by(*NEWEST_FORUM_FIRST)
        ranked = self.search.ranked(rows)
        if not self.order.startswith("-") or not self.search.query.wanted:
            return ranked
        return ranked.order_by(F("found_in").desc(), *rows.in_order().query.order_by)

    def first(self, until: int, number: int) -> RecommendationQuerySet:
        """Return what the filters keep, sorted, at least as far as the row ``until``; 0: all. ``number``: how many."""
        by_words = set(self.data) - {"sort"} == {"q"} and self.order.endswith("relevance") and number > MOST_RANKED
        keys = self.search.published_keys(until, first=True) if until and by_words else None
        return self.sorted(Recommendation.objects.filter(pk__in=keys) if keys else self.qs, number)

    @property
    def order(self) -> str:
        """The order that is asked for, or the usual one."""
        return str(self.data.get("sort") or self.usual_order)

    @property
    def usual_order(self) -> str:
        """The order where none is asked for: that of the documents unless words are looked for."""
        return "relevance" if self.search.query.wanted else NEWEST_FIRST

    def unfiltered(self, rows: RecommendationQuerySet, name: str, value: str) -> RecommendationQuerySet:
        """Keep all: an order leaves nothing out."""
        return rows

    def as_it_stood(self, rows: RecommendationQuerySet, name: str, text: str) -> RecommendationQuerySet:
        """Keep those of Forums that had closed by the day, with what was known of them then."""
        return as_it_stood(rows, self.day) if self.day else rows

    def with_words(self, rows: RecommendationQuerySet, name: str, typed: str) -> RecommendationQuerySet:
        """Keep those that the query finds."""
        return self.search.matching(rows)

    def any_forum(self, rows: RecommendationQuerySet, name: str, years: list[str]) -> RecommendationQuerySet:
        """Keep those of any of the Forums."""
        return rows.filter(forum_year__in=[int(year) for year in years])

    def any_roundtable(self, rows: RecommendationQuerySet, name: str, keys: list[str]) -> RecommendationQuerySet:
        """Keep those of any of the roundtables, each named by year and code."""
        named = Q()
        for year, code in (key.split("-", 1) for key in keys):
            named |= Q(roundtable__forum__year=int(year), roundtable__code=code)
        return rows.filter(named)

    def any_track(self, rows: RecommendationQuerySet, name: str, tracks: list[str]) -> RecommendationQuerySet:
        """Keep those of roundtables, or the items about the Forum itself."""
        return rows.on_track(tracks[0]) if len(tracks) == 1 else rows

    def any_reading(self, rows: RecommendationQuerySet, name: str, values: list[str]) -> RecommendationQuerySet:
        """Keep those that have, or had on the day, any of the statuses or standings."""
        return rows.filter(that_had(self.day, **{name: values}) if self.day else Q(**{f"{name}__in": values}))

    def any_filed(self, rows: RecommendationQuerySet, name: str, values: list[str]) -> RecommendationQuerySet:
        """Keep what is filed under any of these: what concerns an actor, its members or theirs, or is on a theme; what
        addresses a kind of actor; on what a follow-up of a relation is on record, or none.
        """
        if self.day and name in PAST:
            return rows.filter(PAST[name](values, self.day))
        return rows.filed_under(FILED[name], self._subjects(name))

    def _subjects(self, name: str) -> list[int]:
        """Return under what the values of a parameter are filed."""
        places = {"kind": FILED_KINDS, "relation": FILED_RELATIONS}.get(name)
        keys = {value: place for place, value in enumerate(places)} if places else self.options.keys[name]
        return [keys[value] for value in self._values[name]]

    def last_heard(self, rows: RecommendationQuerySet, name: str, day: dt.date) -> RecommendationQuerySet:
        """Keep those whose last follow-up lies before a day, or on it or after it."""
        column = self.column.get("last_followup_on", "last_followup_on")
        return rows.filter(**{f"{column}__{self.filters[name].lookup_expr}": day})

    def _check_day(self, text: str) -> None:
        """Refuse what names no day, and a day ahead."""
        day = self.options.day_of(text)
        if day is None or day > today():
            raise ValidationError("")

    def refusal(self) -> tuple[str, str, str] | None:
        """Return name, value and what is allowed of the first value that cannot be used, or None."""
        for name in [one for one in PARAMETERS if one in self.data]:
            if len(self.data.getlist(name)) > MOST_VALUES:
                return name, ", ".join(self.data.getlist(name)), _("at most %(most)d values") % {"most": MOST_VALUES}
            if name in self.form.errors:
                return name, ", ".join(self._wrong(name)), self._allowed(name)
        return None

    def _wrong(self, name: str) -> list[str]:
        values, known = self.data.getlist(name), dict(self.choices(name))
        return [value for value in values if value not in known]

    def _allowed(self, name: str) -> str:
        if name in FORMS_OF_VALUES:
            return str(FORMS_OF_VALUES[name])
        return ", ".join(value for value, _label in self.choices(name))
