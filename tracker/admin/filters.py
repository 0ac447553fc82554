"""Filters of the desk's lists beside those that Django makes from fields. None counts rows, none lists actors."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import is_key
from tracker.models import Actor, Recommendation, Roundtable, Theme

FORUM = "roundtable__forum__id__exact"


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose choices are known. Whatever else an address says is refused, not passed over."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list to what was chosen."""
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen not in {str(value) for value, _label in self.lookup_choices}:
            raise IncorrectLookupParameters
        return self.narrowed(queryset, chosen, request)

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of a choice."""
        raise NotImplementedError


class MineFilter(ChoiceFilter):
    """Entries that whoever asks began."""

    title = _("author")
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer one choice: mine."""
        return [("me", _("Mine"))]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the entries that the user began."""
        mine: QuerySet[Any] = queryset.filter(created_by=request.user)
        return mine


class EvidenceFilter(ChoiceFilter):
    """Entries with evidence of their own, or without."""

    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both."""
        return [("yes", _("With evidence")), ("no", _("Without evidence"))]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the entries with or without."""
        found: QuerySet[Any] = queryset.with_evidence() if chosen == "yes" else queryset.without_evidence()
        return found


class RoundtableFilter(admin.SimpleListFilter):
    """The roundtables of the Forum that is chosen. Without one it is not shown: there are too many."""

    title = _("roundtable")
    parameter_name = "part"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the parts of the chosen Forum, in their order."""
        key = request.GET.get(FORUM, "")
        if not is_key(key):
            return []
        parts = Roundtable.objects.filter(forum=int(key)).select_related("forum")
        return [(str(part.pk), f"{part.code} {part.title}") for part in parts]

    def value(self) -> str | None:
        """Return what is chosen, unless it belongs to the Forum that was chosen before."""
        chosen = super().value()
        return chosen if chosen in dict(self.lookup_choices) else None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list to the roundtable."""
        return queryset.filter(roundtable=self.value()) if self.value() else queryset


class ThemeFilter(ChoiceFilter):
    """Recommendations with a theme. Django's own would join, and then look for doubles among all that it found."""

    title = _("theme")
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every theme."""
        return [(str(theme.pk), str(theme)) for theme in Theme.objects.all()]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the recommendations with the theme."""
        themed = Recommendation.themes.through.objects.filter(theme=int(chosen))
        of_theme: QuerySet[Any] = queryset.filter(pk__in=themed.values("recommendation"))
        return of_theme


class ActorKindFilter(ChoiceFilter):
    """Entries on what some kind of actor did. Few actors are joined with many entries: each entry is looked at."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer every kind."""
        return list(Actor.Kind.choices)

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the entries of actors of the kind."""
        of_kind: QuerySet[Any] = queryset.filter(Exists(Actor.objects.filter(pk=OuterRef("actor"), kind=chosen)))
        return of_kind
