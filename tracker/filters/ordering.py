"""The orders of the list. Each ends in what tells any two recommendations apart, so that pages never overlap.

No order depends on a language: statuses stand in the order of pages, Forums by year, references by their letters.
"""

from collections.abc import Mapping

from django.db.models import Case, F, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tracker.models import RecommendationQuerySet, Status

NEWEST_FIRST = "-forum"
"""The order of the Chairs' documents, in which a list stands if no other is asked for."""
NAMES: dict[str, str | Promise] = {
    "relevance": gettext_lazy("Relevance"),
    "forum": gettext_lazy("Forum"),
    "reference": gettext_lazy("Reference"),
    "last_followup": gettext_lazy("Last follow-up"),
    "status": gettext_lazy("Status"),
}
FIRST = {"forum": NEWEST_FIRST, "last_followup": "-last_followup"}
"""Which way round an order is first offered, if not forwards."""
SORTS: dict[str, str | Promise] = {
    "relevance": gettext_lazy("Relevance"),
    "-relevance": gettext_lazy("Relevance, least first"),
    "forum": gettext_lazy("Forum, oldest first"),
    "-forum": gettext_lazy("Forum, newest first"),
    "reference": gettext_lazy("Reference, first to last"),
    "-reference": gettext_lazy("Reference, last to first"),
    "last_followup": gettext_lazy("Last follow-up, earliest first"),
    "-last_followup": gettext_lazy("Last follow-up, latest first"),
    "status": gettext_lazy("Status, implemented first"),
    "-status": gettext_lazy("Status, no information first"),
}
"""What ``sort`` can be, in words."""


def in_sort(rows: RecommendationQuerySet, sort: str, column: Mapping[str, str]) -> RecommendationQuerySet:
    """Sort by any of ``SORTS`` but relevance; what ties stands in the order of the documents.

    Without a follow-up on record one comes last either way. ``column``: where copies of the verdict are read instead.
    """
    rows = rows.in_order()
    document = rows.query.order_by
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    if name == "reference":
        return rows.order_by(sort)
    if name == "forum":
        return rows if backwards else rows.order_by("forum_year", *document)
    if name == "last_followup":
        last = F(column.get("last_followup_on", "last_followup_on"))
        return rows.order_by(last.desc(nulls_last=True) if backwards else last.asc(nulls_last=True), *document)
    if status := column.get("status"):
        places = [When(**{status: one.value}, then=Value(place)) for place, one in enumerate(Status)]
        rows = rows.annotate(status_place_then=Case(*places, output_field=IntegerField()))
    place = "status_place_then" if status else "status_place"
    return rows.order_by(f"-{place}" if backwards else place, *document)
