"""Submitting, returning, publishing and assessing."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from tracker.actions.rules import (
    counting_date,
    locked,
    locked_recommendation,
    may_be_published,
    reason_given,
    refuse_unlike_nature,
)
from tracker.errors import Refused
from tracker.models import DatePrecision, Evidence, FollowUp, Nature, Recommendation, RecordEvent, RestsOn, User
from tracker.permissions import Verb, require
from tracker.record.canonical import entry_payload
from tracker.record.chain import append, writing
from tracker.record.copies import refresh


def submit(entry: FollowUp, *, by: User) -> FollowUp:
    """Hand a draft, or a returned entry, to a reviewer.

    Refuses: ``not_allowed``, ``not_draft``.
    """
    require(by, Verb.SUBMIT)
    with writing():
        entry = locked(entry)
        if entry.state not in {FollowUp.State.DRAFT, FollowUp.State.RETURNED}:
            raise Refused("not_draft", state=entry.get_state_display().lower())
        entry.state = FollowUp.State.SUBMITTED
        entry.submitted_by, entry.submitted_at = by, timezone.now()
        entry.version += 1
        entry.save()
    return entry


def return_to_author(entry: FollowUp, *, by: User, reason: str) -> FollowUp:
    """Give a submitted entry back with a reason, which its author sees and the public never does.

    Refuses: ``not_allowed``, ``reason_missing``, ``not_submitted``.
    """
    require(by, Verb.RETURN)
    reason = reason_given(reason)
    with writing():
        entry = locked(entry)
        if entry.state != FollowUp.State.SUBMITTED:
            raise Refused("not_submitted", state=entry.get_state_display().lower())
        entry.state = FollowUp.State.RETURNED
        entry.returned_by, entry.returned_at, entry.return_reason = by, timezone.now(), reason
        entry.version += 1
        entry.save()
    return entry


def publish(entry: FollowUp, *, by: User, waiver: str = "") -> FollowUp:
    """Put a draft or submitted entry on the record, for ever.

    ``waiver`` is the reason for which an administrator does without the second pair of eyes on a reported entry; it is
    kept and shown. A number reserved on the draft is kept (the first load). Refuses: ``is_correction`` (``correct``
    publishes those), and with any code of ``tracker.actions.rules``.
    """
    require(by, Verb.PUBLISH)
    with writing():
        entry = locked(entry)
        if entry.replaces and not entry.is_on_record:
            raise Refused("is_correction", reference=entry.replaces.reference)
        put_on_record(entry, by=by, waiver=waiver.strip())
        refresh(entry.recommendation)
    return entry


def put_on_record(entry: FollowUp, *, by: User, waiver: str) -> None:
    """Check the rules; give the entry its number, dates and place in the chain. The caller holds the lock."""
    may_be_published(entry, by=by, waiver=waiver)
    entry.number = entry.number or _next_number(entry)
    entry.reference = f"{entry.recommendation.reference}-{entry.fragment}"
    entry.counts_from = counting_date(entry)
    prefetch_related_objects([entry], "partner_rows__actor", "support_rows__entry", "evidence")
    event = append(RecordEvent.Kind.ENTRY_PUBLISHED, entry.reference, entry_payload(entry), by=by)
    entry.sequence = event.sequence
    entry.precedence = entry.replaces.precedence if entry.replaces else event.sequence
    entry.state = FollowUp.State.PUBLISHED
    entry.published_by, entry.published_at, entry.waiver_reason = by, event.at, waiver
    entry.save()


def _next_number(entry: FollowUp) -> int:
    siblings = FollowUp.objects.filter(recommendation=entry.recommendation)
    siblings = siblings.assessments() if entry.is_assessment else siblings.follow_ups()
    highest: int | None = siblings.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def assess(
    recommendation: Recommendation,
    *,
    by: User,
    status: str,
    standing: str,
    reasoning: str,
    occurred_from: dt.date,
    occurred_until: dt.date | None = None,
    precision: str = DatePrecision.DAY,
    remaining: str = "",
    rests_on: Iterable[FollowUp] = (),
    evidence: Iterable[Evidence] = (),
    language: str = "en",
) -> FollowUp:
    """Publish a reading of a whole recommendation in one step; return the entry.

    ``evidence`` holds unsaved rows of its own (a decision that is cited). Refuses as ``publish`` does; then nothing is
    kept, not even a draft.
    """
    require(by, Verb.PUBLISH)
    with writing():
        recommendation = locked_recommendation(recommendation)
        refuse_unlike_nature(recommendation, status, Nature(recommendation.nature).statuses)
        entry = FollowUp.objects.create(
            basis=FollowUp.Basis.ASSESSED,
            recommendation=recommendation,
            status=status,
            standing=standing,
            body=reasoning,
            remaining=remaining,
            occurred_from=occurred_from,
            occurred_until=occurred_until or occurred_from,
            precision=precision,
            language=language,
            created_by=by,
            created_at=timezone.now(),
        )
        for support in dict.fromkeys(rests_on):
            RestsOn.objects.create(assessment=entry, entry=support)
        for row in evidence:
            row.entry = entry
            row.save()
        return publish(entry, by=by)
