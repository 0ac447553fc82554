"""Taking a published entry back, in public, with a reason."""

from collections.abc import Iterable

from tracker.actions.rules import locked, reason_given
from tracker.errors import Refused
from tracker.models import FollowUp, RecordEvent, User
from tracker.permissions import Verb, require
from tracker.record.chain import append, writing
from tracker.record.copies import refresh


def resting_on(entry: FollowUp) -> list[FollowUp]:
    """Return the published assessments that rest on an entry, or on what it corrects, in the order of the chain."""
    versions, version = [entry.pk], entry
    while version.replaces is not None:
        version = version.replaces
        versions.append(version.pk)
    return list(
        FollowUp.objects.published().assessments().filter(rests_on__in=versions).distinct().order_by("sequence")
    )


def retract(entry: FollowUp, *, by: User, reason: str, together_with: Iterable[FollowUp] = ()) -> FollowUp:
    """Retract a published entry; it stays on its page, folded, with the reason.

    ``together_with``: published assessments that rest on it and are retracted in the same step, for the same reason.
    Refuses: ``not_allowed``, ``reason_missing``, ``not_published``, ``supports_others`` (a published assessment rests
    on it and is not named).
    """
    require(by, Verb.RETRACT)
    reason = reason_given(reason)
    with writing():
        entry = locked(entry)
        must_be_published(entry)
        also = others_locked(entry, together_with)
        refuse_while_supporting([entry, *also])
        for other in [*also, entry]:
            mark_retracted(other, by=by, reason=reason)
        refresh_all([entry, *also])
    return entry


def others_locked(entry: FollowUp, others: Iterable[FollowUp]) -> list[FollowUp]:
    """Return what goes together with an entry, each once, locked; refuse what is not published."""
    found = [locked(other) for other in dict.fromkeys(others) if other.pk != entry.pk]
    for other in found:
        must_be_published(other)
    return found


def refresh_all(entries: Iterable[FollowUp]) -> None:
    """Write the copies of every recommendation that these entries belong to anew."""
    for recommendation in {entry.recommendation for entry in entries}:
        refresh(recommendation)


def must_be_published(entry: FollowUp) -> None:
    """Refuse what is not published: a draft, or what was retracted or withheld already."""
    if entry.state != FollowUp.State.PUBLISHED:
        raise Refused("not_published", state=entry.get_state_display().lower())


def refuse_while_supporting(going: list[FollowUp]) -> None:
    """Refuse to take entries away while a published assessment that stays rests on one of them."""
    leaving = {entry.pk for entry in going}
    left = [support.reference for entry in going for support in resting_on(entry) if support.pk not in leaving]
    if left:
        raise Refused("supports_others", references=", ".join(str(reference) for reference in dict.fromkeys(left)))


def mark_retracted(entry: FollowUp, *, by: User, reason: str) -> None:
    """Write the retraction to the chain and the row. The caller holds the lock and has checked the rules."""
    event = append(
        RecordEvent.Kind.ENTRY_RETRACTED, str(entry.reference), {"reference": entry.reference, "reason": reason}, by=by
    )
    entry.state = FollowUp.State.RETRACTED
    entry.retracted_by, entry.retracted_at, entry.retraction_reason = by, event.at, reason
    entry.save(update_fields=["state", "retracted_by", "retracted_at", "retraction_reason"])
