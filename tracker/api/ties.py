"""What recommendations are tied to, in one query: themes, those addressed, and others that ask the same."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value

from tracker.api.shapes import ResponsibilityShape
from tracker.models import Recommendation


class Ties:
    """What one recommendation is tied to, each kind in its order."""

    def __init__(self) -> None:
        self.themes: list[str] = []
        self.responsibilities: list[ResponsibilityShape] = []
        self.reiterates: list[str] = []
        self.reiterated_by: list[str] = []


class Tie(NamedTuple):
    """A row of the query. ``place``: its key among those of one kind; ``detail``: whether the text names the actor."""

    recommendation: int
    kind: str
    name: str
    detail: str
    place: int


def ties_of(rows: Iterable[Recommendation]) -> dict[int, Ties]:
    """Return the ties of recommendations, by their keys."""
    found: dict[int, Ties] = defaultdict(Ties)
    for tie in sorted(map(Tie._make, _read([row.pk for row in rows])), key=_in_order):
        ties = found[tie.recommendation]
        if tie.kind == "addressed":
            ties.responsibilities.append({"actor": tie.name, "addressed": tie.detail})
        else:
            getattr(ties, tie.kind).append(tie.name)
    return found


def _in_order(tie: Tie) -> tuple[int, str]:
    """Return what sorts: actors as they were entered, all else by name."""
    return (tie.place, "") if tie.kind == "addressed" else (0, tie.name)


def _read(keys: list[int]) -> "QuerySet[Any, Any]":
    public = ["published", "withdrawn"]
    rows = Recommendation.objects.filter(pk__in=keys).order_by()

    def tied(kind: str, name: str, detail: Any, place: Any, **condition: Any) -> "QuerySet[Any, Any]":
        return rows.filter(**condition).values_list("pk", Value(kind), name, detail, place)

    none, zero, part = Value(""), Value(0), "responsibilities__"
    return tied("themes", "themes__slug", none, zero, themes__isnull=False).union(
        tied(
            "addressed",
            f"{part}actor__slug",
            F(f"{part}addressed"),
            F(f"{part}pk"),
            responsibilities__isnull=False,
        ),
        tied("reiterates", "reiterates__reference", none, zero, reiterates__state__in=public),
        tied("reiterated_by", "reiterated_by__reference", none, zero, reiterated_by__state__in=public),
        all=True,
    )
