"""The rules an entry must meet before it is published (2-model, invariants 4 to 6). Each refuses with its own code."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from tracker.errors import Refused
from tracker.models import DatePrecision, Evidence, FollowUp, Nature, Recommendation, Standing, Status, User
from tracker.permissions import Verb, require


def today() -> dt.date:
    """Return the date in UTC, by which the record counts."""
    return timezone.now().astimezone(dt.UTC).date()


def reason_given(reason: str) -> str:
    """Return the reason without surrounding blanks; refuse an empty one."""
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing")
    return reason


def locked(entry: FollowUp) -> FollowUp:
    """Return the entry as it now is in the database, locked until the transaction ends."""
    rows = FollowUp.objects.select_for_update(of=("self",))
    return rows.select_related("recommendation__roundtable__forum", "actor", "replaces").get(pk=entry.pk)


def locked_recommendation(recommendation: Recommendation) -> Recommendation:
    """Return the recommendation as it now is in the database, locked until the transaction ends."""
    rows = Recommendation.objects.select_for_update(of=("self",))
    return rows.select_related("roundtable__forum").get(pk=recommendation.pk)


def may_be_published(entry: FollowUp, *, by: User, waiver: str) -> None:
    """Refuse unless every rule of a publication is met."""
    may_be_published_by(entry, by=by, waiver=waiver)
    _dates(entry)
    if entry.recommendation.state != Recommendation.State.PUBLISHED:
        raise Refused("recommendation_not_published", reference=entry.recommendation.reference)
    if entry.is_assessment:
        _assessment(entry)
    else:
        _follow_up(entry)


def may_be_published_by(entry: FollowUp, *, by: User, waiver: str = "") -> None:
    """Refuse what ``by`` may not publish whatever it says: by its state, or for want of a second pair of eyes."""
    _state(entry)
    _four_eyes(entry, by=by, waiver=waiver)


def _state(entry: FollowUp) -> None:
    if entry.is_on_record:
        raise Refused("already_published", reference=entry.reference)
    if entry.state == FollowUp.State.RETURNED:
        raise Refused("is_returned")


def _four_eyes(entry: FollowUp, *, by: User, waiver: str) -> None:
    if waiver:
        require(by, Verb.WAIVE)
    elif entry.basis == FollowUp.Basis.REPORTED and entry.submitted_by_id in {None, by.pk}:
        raise Refused("four_eyes")


def _dates(entry: FollowUp) -> None:
    if entry.occurred_from > today() + dt.timedelta(days=1):
        raise Refused("in_the_future")
    if entry.ended_before_forum and not entry.before_forum_confirmed:
        raise Refused("before_forum", date=DatePrecision.DAY.words(entry.recommendation.roundtable.forum.opens_on))


def _follow_up(entry: FollowUp) -> None:
    if entry.basis == FollowUp.Basis.DOCUMENTED and not names_a_source([entry]):
        raise Refused("source_missing")
    if entry.status:
        refuse_unlike_nature(entry.recommendation, entry.status, Nature(entry.recommendation.nature).claims)


def _assessment(entry: FollowUp) -> None:
    refuse_unlike_nature(entry.recommendation, entry.status, Nature(entry.recommendation.nature).statuses)
    status = Status(entry.status)
    if not entry.body.strip():
        raise Refused("reasoning_missing")
    if status in Status.with_remainder() and not entry.remaining.strip():
        raise Refused("remaining_missing", status=status.label)
    _rests_on(entry)
    _assessment_evidence(entry, status)


def refuse_unlike_nature(recommendation: Recommendation, status: str, allowed: frozenset[Status]) -> None:
    """Refuse a status that the nature of the recommendation does not allow."""
    if status not in allowed:
        raise Refused(
            "status_of_nature",
            nature=Nature(recommendation.nature).label,
            status=Status(status).label,
            allowed=", ".join(str(one.label) for one in Status if one in allowed),
        )


def names_a_source(entries: Iterable[FollowUp]) -> bool:
    """Tell whether any of the entries has evidence that says something: a citation, a link or a file."""
    rows = Evidence.objects.filter(entry__in=[entry.pk for entry in entries])
    return rows.exclude(citation="", url="", file="").exists()


def _rests_on(entry: FollowUp) -> None:
    counts_from = counting_date(entry)
    for support in entry.rests_on.all():
        if support.recommendation_id != entry.recommendation_id:
            raise Refused("rests_on_other", reference=support.reference or support.title)
        if support.is_assessment or support.state != FollowUp.State.PUBLISHED or support.counts_from is None:
            raise Refused("rests_on_unpublished", entry=support.reference or support.title)
        if support.counts_from > counts_from:
            raise Refused("rests_on_later", reference=support.reference)


def _assessment_evidence(entry: FollowUp, status: Status) -> None:
    own = names_a_source([entry])
    if status == Status.IMPLEMENTED and not own and not names_a_source(entry.rests_on.all()):
        raise Refused("evidence_missing")
    if status == Status.NOT_PURSUED and not own:
        raise Refused("decision_missing", what=status.label)
    if entry.standing == Standing.CONFIRMED and not own:
        raise Refused("decision_missing", what=Standing.CONFIRMED.label)


def counting_date(entry: FollowUp) -> dt.date:
    """Return the day an entry counts from: its last day, or the UTC date of its publication if that is earlier.

    A correction counts as what it corrects did: by the publication of the first version.
    """
    first = entry
    while first.replaces is not None:
        first = first.replaces
    known = first.published_at.astimezone(dt.UTC).date() if first.published_at else today()
    return min(entry.occurred_until, known)
