"""Narrowing recommendations to a year. Django's own row of dates would read every row to find the years there are."""

from typing import Any

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.filters import ChoiceFilter
from tracker.models import Recommendation


class LastFollowUpFilter(ChoiceFilter):
    """The year of the last follow-up: every year from the first to the last there is, which the index knows."""

    title = _("last follow-up")
    parameter_name = "last"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the years, the newest first."""
        ends = Recommendation.objects.aggregate(first=Min("last_followup_on"), last=Max("last_followup_on"))
        if ends["first"] is None:
            return []
        return [(str(year), str(year)) for year in range(ends["last"].year, ends["first"].year - 1, -1)]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the recommendations of a year."""
        of_year: QuerySet[Any] = queryset.filter(last_followup_on__year=int(chosen))
        return of_year
