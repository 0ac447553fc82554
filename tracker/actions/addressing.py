"""Whom recommendations address: several collectives of several recommendations in one step."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import F

from tracker.errors import Refused
from tracker.models import Recommendation, Responsibility, User
from tracker.record.chain import writing

Choices = Mapping[int, str]
"""By the key of an actor: how it is addressed, ``""`` for not at all."""


def address_actors(choices: Mapping[int, Choices], *, by: User) -> list[int]:
    """Let recommendations, by their keys, address actors as chosen; return the keys of those that changed.

    Actors that are not among the choices stay as they are. Refuses: ``not_allowed``.
    """
    if not by.has_perm("tracker.change_recommendation"):
        raise Refused("not_allowed", verb="change recommendation")
    with writing():
        rows: defaultdict[int, dict[int, Responsibility]] = defaultdict(dict)
        for row in Responsibility.objects.filter(recommendation__in=choices):
            rows[row.recommendation_id][row.actor_id] = row
        changed = [key for key, chosen in choices.items() if _address(key, chosen, rows[key])]
        Recommendation.objects.filter(pk__in=changed).update(version=F("version") + 1)
    return changed


def _address(key: int, chosen: Choices, rows: Mapping[int, Responsibility]) -> bool:
    """Make the rows of one recommendation what was chosen; return whether any was not."""
    different = {
        actor: addressed
        for actor, addressed in chosen.items()
        if addressed != (rows[actor].addressed if actor in rows else "")
    }
    for actor, addressed in different.items():
        row = rows.get(actor) or Responsibility(recommendation_id=key, actor_id=actor)
        row.addressed = addressed
        if addressed:
            row.save()
        else:
            row.delete()
    return bool(different)
