"""The record of one recommendation, as its page tells it: latest first, each entry with what belongs to it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from tracker.models import Actor, FollowUp, Status


@dataclass(frozen=True)
class Elsewhere:
    """The same act, logged on another recommendation."""

    reference: str
    headline: str
    address: str


@dataclass(frozen=True)
class Item:
    """One entry of a timeline. ``before``: the status that an assessment changed."""

    entry: FollowUp
    partners: list[Actor]
    rests_on: list[FollowUp] = field(default_factory=list)
    successor: FollowUp | None = None
    predecessor: FollowUp | None = None
    elsewhere: list[Elsewhere] = field(default_factory=list)
    decides: bool = False
    before: Status | None = None


def timeline(
    entries: Sequence[FollowUp],
    shown: Sequence[FollowUp],
    *,
    rests: dict[str, set[str]],
    elsewhere: dict[str, list[Elsewhere]],
    verdict: int | None,
) -> list[Item]:
    """Return the items of the entries that are ``shown``, of all ``entries`` on record (latest first).

    ``rests``: on what each assessment rests, by references; ``elsewhere``: by act; ``verdict``: the deciding entry.
    """
    known = {entry.pk: entry for entry in entries}
    successors = {entry.replaces_id: entry for entry in entries if entry.replaces_id}
    before = _statuses_before(entries)
    return [
        Item(
            entry=entry,
            partners=[row.actor for row in entry.partner_rows.all()],
            rests_on=[other for other in reversed(entries) if other.reference in rests.get(entry.reference or "", ())],
            successor=successors.get(entry.pk),
            predecessor=known.get(entry.replaces_id or 0),
            elsewhere=elsewhere.get(entry.act, []),
            decides=entry.pk == verdict,
            before=before.get(entry.pk),
        )
        for entry in shown
    ]


def _statuses_before(entries: Sequence[FollowUp]) -> dict[int, Status]:
    """Return, for each published assessment that changed the status, what it was before."""
    found: dict[int, Status] = {}
    earlier = ""
    for entry in reversed(entries):
        if entry.is_assessment and entry.state == FollowUp.State.PUBLISHED:
            if earlier and earlier != entry.status:
                found[entry.pk] = Status(earlier)
            earlier = entry.status
    return found


def logged_elsewhere(entries: Sequence[FollowUp]) -> dict[str, list[Elsewhere]]:
    """Return, by act, where else the acts of these entries are logged."""
    own = {entry.pk for entry in entries}
    acts = {entry.act for entry in entries if entry.act and entry.state == FollowUp.State.PUBLISHED}
    found: defaultdict[str, list[Elsewhere]] = defaultdict(list)
    for entry in FollowUp.objects.of_same_acts(acts) if acts else ():
        if entry.pk not in own:
            address = f"{reverse('recommendation', args=[entry.recommendation.reference])}#{entry.fragment}"
            found[entry.act].append(
                Elsewhere(entry.recommendation.short_reference, str(entry.recommendation.headline), address)
            )
    return found
