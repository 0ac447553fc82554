"""What the filters find, as every door shows it: pages, exports and the API list the same rows in the same order."""

from tracker.filters.counting import Counts, counts
from tracker.filters.filterset import MOST_RANKED, RecommendationFilter
from tracker.models import Recommendation, RecommendationQuerySet
from tracker.search.query import reference, still_typing


def found_or_begun(chosen: RecommendationFilter) -> tuple[RecommendationFilter, Counts]:
    """Return the filters and what they find; where that is nothing, with the last word as the beginning of others.

    So an unfinished word finds what it will find, while it is typed, and a finished one finds no more than itself.
    """
    found = counts(chosen)
    wider = begun(chosen)
    if found.total or wider is None:
        return chosen, found
    more = counts(wider)
    return (wider, more) if more.total else (chosen, found)


def begun(chosen: RecommendationFilter) -> RecommendationFilter | None:
    """Return the filters with the last word as the beginning of others; None where that changes nothing."""
    query = still_typing(chosen.search.query)
    return None if query == chosen.search.query else chosen.looking_for(query)


def found_rows(chosen: RecommendationFilter) -> RecommendationQuerySet:
    """Return what a page with these filters lists, on all its pages and in their order, with no count beside it."""
    if not chosen.search.query:
        return chosen.sorted(chosen.qs, 0)
    number = _number(chosen)
    wider = None if number else begun(chosen)
    if wider is not None and (more := _number(wider)):
        chosen, number = wider, more
    return chosen.sorted(chosen.qs, number)


def _number(chosen: RecommendationFilter) -> int:
    """Return how many there are, counted no further than the order needs."""
    return chosen.qs.order_by().values("pk")[: MOST_RANKED + 1].count()


def one_named(typed: str) -> Recommendation | None:
    """Return the recommendation whose whole reference was typed; None where it names none, or several."""
    named = reference(typed)
    if named is None:
        return None
    rows = Recommendation.objects.public().filter(roundtable__code=named.code, number=named.number)
    if named.year:
        rows = rows.filter(roundtable__forum__year=named.year)
    found = list(rows.order_by()[:2])
    return found[0] if len(found) == 1 else None
