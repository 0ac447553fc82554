"""Narrowing a list to a year. Django's own row of dates would read every row to find the years there are."""

from typing import Any, ClassVar

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.filters import ChoiceFilter
from tracker.models import AuditEvent, Recommendation


class YearFilter(ChoiceFilter):
    """Every year from the first to the last there is, which the two ends of an index tell."""

    rows: ClassVar[QuerySet[Any]]
    day: ClassVar[str]
    """The column, a date or a moment, that an index of ``rows`` sorts by."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the years, the newest first. One query."""
        dated = self.rows.filter(**{f"{self.day}__isnull": False}).order_by()
        newest = dated.order_by(f"-{self.day}").values(self.day)[:1]
        ends = dated.order_by(self.day).values_list(self.day, Subquery(newest)).first()
        if ends is None:
            return []
        first, last = ends
        return [(str(year), str(year)) for year in range(last.year, first.year - 1, -1)]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of a year."""
        of_year: QuerySet[Any] = queryset.filter(**{f"{self.day}__year": int(chosen)})
        return of_year


class LastFollowUpFilter(YearFilter):
    """The year of a recommendation's last follow-up."""

    title = _("last follow-up")
    parameter_name = "last"
    rows = Recommendation.objects.all()
    day = "last_followup_on"


class ActFilter(YearFilter):
    """The year in which staff did something."""

    title = _("year")
    parameter_name = "year"
    rows = AuditEvent.objects.all()
    day = "at"
