"""What a recommendation repeats of earlier Forums."""

from collections.abc import Iterable

from django.db.models import F

from tracker.errors import Refused
from tracker.models import Recommendation, Reiteration, User
from tracker.record.chain import writing


def reiterate(later: Recommendation, *, earlier: Iterable[Recommendation], by: User) -> list[Reiteration]:
    """Say that a recommendation repeats earlier ones; those that are said already stay. Returns the new ones.

    Refuses: ``not_allowed``.
    """
    if not by.has_perm("tracker.add_reiteration"):
        raise Refused("not_allowed", verb="add reiteration")
    with writing():
        said = set(later.reiterations.values_list("earlier", flat=True))
        new = [Reiteration(later=later, earlier=one) for one in earlier if one.pk not in said]
        for reiteration in new:
            reiteration.save()
        if new:
            Recommendation.objects.filter(pk=later.pk).update(version=F("version") + 1)
    return new
