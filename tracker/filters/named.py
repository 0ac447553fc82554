"""What was typed by its name: actors, whose values in addresses are slugs."""

from django.db.models import Q
from django.http import QueryDict

from tracker.filters.filterset import RecommendationFilter
from tracker.filters.parameters import MOST_VALUES
from tracker.models import Actor, Language, fold

LONGEST = 200
"""Letters of a name."""


def by_slugs(chosen: RecommendationFilter) -> QueryDict | None:
    """Return the filters with slugs in the place of actors' names and acronyms; None where all are slugs already.

    A name counts in any of the languages, without its accents and case; one that nobody has is left as it was typed.
    """
    asked = chosen.data.getlist("actor")
    known = dict(chosen.options.actor) if asked else {}
    typed = [value for value in asked if value not in known]
    slugs = _slugs([value for value in typed if len(value) <= LONGEST][:MOST_VALUES]) if typed else {}
    if not slugs:
        return None
    found: QueryDict = chosen.data.copy()
    found.setlist("actor", list(dict.fromkeys(slugs.get(fold(one), one) for one in asked)))
    return found


def _slugs(names: list[str]) -> dict[str, str]:
    """Return the slugs of the actors that have these names, by folded name."""
    wanted, named = {fold(name) for name in names}, Q(pk__in=[])
    for language in Language.values:
        named |= Q(**{f"sort_{language}__in": wanted})
        for name in names:
            named |= Q(**{f"acronym_{language}__iexact": name})
    rows = Actor.objects.filter(named).order_by("-pk")
    return {fold(said): actor.slug for actor in rows for said in _names(actor) if fold(said) in wanted}


def _names(actor: Actor) -> list[str]:
    return [getattr(actor, f"{name}_{code}") for name in ("name", "acronym") for code in Language.values]
