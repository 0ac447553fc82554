"""Copies that follow the record: each recommendation's verdict, and the status changes (2-model, invariant 3).

The actions write them in the same transaction as the entry; ``rebuild_statuses`` writes them anew and can check them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from tracker.models import DatePrecision, FollowUp, FollowUpQuerySet, Recommendation, Status, StatusChange
from tracker.record.counting import recount
from tracker.record.filing import file_all
from tracker.record.places import place_all

COPIED = (
    "verdict_id",
    "status",
    "standing",
    "status_since",
    "status_since_precision",
    "last_followup_on",
    "last_followup_precision",
    "followup_count",
)


@dataclass(frozen=True)
class Step:
    """From ``date`` on the recommendation reads ``status``, as ``entry`` decides (none: nothing is on record)."""

    date: dt.date
    status: str
    standing: str
    entry: FollowUp | None


def shown_precision(entry: FollowUp) -> str:
    """Return how exactly the date that an entry counts from is known.

    A month or a year counts from its last day; where publication came first, that day is exact.
    """
    return entry.precision if entry.counts_from == entry.occurred_until else DatePrecision.DAY


def steps(closes_on: dt.date, assessments: Iterable[FollowUp]) -> list[Step]:
    """Return the readings of one recommendation in time, at most one a day, from its Forum's closing day on.

    ``assessments`` are its published ones in the order of the deciding rule (``counts_from``, then ``precedence``).
    """
    start = Step(closes_on, Status.NO_INFORMATION, "", None)
    readings = [start] + [
        Step(max(entry.counts_from or closes_on, closes_on), entry.status, entry.standing, entry)
        for entry in assessments
    ]
    return [list(same_day)[-1] for _day, same_day in groupby(readings, key=lambda step: step.date)]


def run_start(history: list[Step]) -> Step:
    """Return the step at which the unbroken run of the last status began."""
    first = history[-1]
    for step in reversed(history):
        if step.status != first.status:
            break
        first = step
    return first


def copies_of(recommendation: Recommendation, entries: list[FollowUp]) -> dict[str, Any]:
    """Return the values of the copied columns. ``entries``: its published ones, in deciding order."""
    history = _history(recommendation, entries)
    last, since = history[-1], run_start(history)
    follow_ups = [entry for entry in entries if not entry.is_assessment]
    heard = max(follow_ups, key=lambda entry: (entry.counts_from, entry.precedence), default=None)
    return {
        "verdict_id": last.entry.pk if last.entry else None,
        "status": last.status,
        "standing": last.standing,
        "status_since": since.date if since.entry else None,
        "status_since_precision": _precision_of(since),
        "last_followup_on": heard.counts_from if heard else None,
        "last_followup_precision": shown_precision(heard) if heard else "",
        "followup_count": len(follow_ups),
    }


def _precision_of(step: Step) -> str:
    if step.entry is None:
        return ""
    return shown_precision(step.entry) if step.entry.counts_from == step.date else DatePrecision.DAY


def _history(recommendation: Recommendation, entries: list[FollowUp]) -> list[Step]:
    closes_on = recommendation.roundtable.forum.closes_on
    return steps(closes_on, [entry for entry in entries if entry.is_assessment])


def changes_of(recommendation: Recommendation, entries: list[FollowUp]) -> list[StatusChange]:
    """Return the status changes that follow from the record: none for a draft or a withdrawn recommendation."""
    if recommendation.state != Recommendation.State.PUBLISHED:
        return []

    def change(step: Step, on: dt.date, delta: int) -> StatusChange:
        return StatusChange(
            recommendation=recommendation,
            forum=recommendation.roundtable.forum,
            roundtable=recommendation.roundtable,
            date=on,
            status=step.status,
            standing=step.standing,
            delta=delta,
        )

    history = _history(recommendation, entries)
    changes = [change(history[0], history[0].date, +1)]
    for before, after in pairwise(history):
        if (before.status, before.standing) != (after.status, after.standing):
            changes += [change(before, after.date, -1), change(after, after.date, +1)]
    return changes


def _deciding(entries: FollowUpQuerySet) -> FollowUpQuerySet:
    """Return the published ones in deciding order, without the long texts that no copy needs."""
    return entries.published().order_by("counts_from", "precedence").defer("body", "internal_note")


def refresh(recommendation: Recommendation) -> None:
    """Write the copies of one recommendation anew, inside the transaction of the action that changed its record."""
    entries = list(_deciding(FollowUp.objects.filter(recommendation=recommendation)))
    Recommendation.objects.filter(pk=recommendation.pk).update(**copies_of(recommendation, entries))
    recommendation.status_changes.all().delete()
    StatusChange.objects.bulk_create(changes_of(recommendation, entries))


def _fact(change: StatusChange) -> tuple[object, ...]:
    status, standing = str(change.status), str(change.standing)  # an enum and its value sort differently by repr
    return (change.date, status, standing, change.delta, change.forum_id, change.roundtable_id)


def _differs(recommendation: Recommendation) -> list[str]:
    """Return the names of the copies of one recommendation that do not follow from the record."""
    entries: list[FollowUp] = recommendation.counting  # type: ignore[attr-defined]
    wrong = [
        name for name, value in copies_of(recommendation, entries).items() if getattr(recommendation, name) != value
    ]
    kept = sorted(map(_fact, recommendation.status_changes.all()), key=repr)
    if kept != sorted(map(_fact, changes_of(recommendation, entries)), key=repr):
        wrong.append("status_changes")
    return wrong


def differences() -> Iterator[tuple[Recommendation, list[str]]]:
    """Yield each recommendation whose copies differ from the record, with the names of what differs."""
    rows = (
        Recommendation.objects.select_related("roundtable__forum")
        .prefetch_related(Prefetch("entries", _deciding(FollowUp.objects.all()), "counting"), "status_changes")
        .order_by("reference")
    )
    for recommendation in rows.iterator(chunk_size=500):
        wrong = _differs(recommendation)
        if wrong:
            yield recommendation, wrong


@transaction.atomic
def rebuild() -> int:
    """Write every copy that differs anew, the places and the counts; return how many recommendations that were."""
    wrong = [recommendation for recommendation, _names in differences()]
    for recommendation in wrong:
        refresh(recommendation)
    place_all()
    file_all()
    recount()
    return len(wrong)
