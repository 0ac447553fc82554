"""What recommendations are tied to, in one query: themes, those addressed, and others that ask the same."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from tracker.api.shapes import ResponsibilityShape
from tracker.models import Recommendation

# Rows of recommendation, kind, place among those of its kind, name, and whether the text names the actor: in the order
# in which they are told, actors as they were entered and all else by name. Composing it of querysets took 2 ms.
READ = """
    SELECT tie.recommendation_id, 'themes', 0, theme.slug, ''
    FROM tracker_recommendation_themes tie JOIN tracker_theme theme ON theme.id = tie.theme_id
    WHERE tie.recommendation_id IN ({keys})
    UNION ALL SELECT tie.recommendation_id, 'addressed', tie.id, actor.slug, tie.addressed
    FROM tracker_responsibility tie JOIN tracker_actor actor ON actor.id = tie.actor_id
    WHERE tie.recommendation_id IN ({keys})
    UNION ALL SELECT tie.later_id, 'reiterates', 0, earlier.reference, ''
    FROM tracker_reiteration tie JOIN tracker_recommendation earlier ON earlier.id = tie.earlier_id
    WHERE tie.later_id IN ({keys}) AND earlier.state <> 'draft'
    UNION ALL SELECT tie.earlier_id, 'reiterated_by', 0, later.reference, ''
    FROM tracker_reiteration tie JOIN tracker_recommendation later ON later.id = tie.later_id
    WHERE tie.earlier_id IN ({keys}) AND later.state <> 'draft'
"""
OF_EACH = READ.count("{keys}")


class Ties:
    """What one recommendation is tied to, each kind in its order."""

    def __init__(self) -> None:
        self.themes: list[str] = []
        self.responsibilities: list[ResponsibilityShape] = []
        self.reiterates: list[str] = []
        self.reiterated_by: list[str] = []


def ties_of(rows: Iterable[Recommendation]) -> dict[int, Ties]:
    """Return the ties of recommendations, by their keys."""
    found: dict[int, Ties] = defaultdict(Ties)
    for recommendation, kind, _place, name, detail in sorted(_read([row.pk for row in rows])):
        ties = found[recommendation]
        if kind == "addressed":
            ties.responsibilities.append({"actor": name, "addressed": detail})
        else:
            getattr(ties, kind).append(name)
    return found


def _read(keys: list[int]) -> list[tuple[int, str, int, str, str]]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(READ.format(keys=", ".join(["%s"] * len(keys))), keys * OF_EACH)
        rows: list[tuple[int, str, int, str, str]] = cursor.fetchall()
        return rows
