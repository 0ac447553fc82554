"""What is done to several at once: all of it or nothing, and every refusal is named, not the first alone."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Required, TypedDict, TypeVar

from tracker.actions.publication import assess, publish, return_to_author
from tracker.actions.rules import reason_given
from tracker.errors import Refused, SeveralRefused
from tracker.models import Evidence, FollowUp, Recommendation, User
from tracker.permissions import Verb, require
from tracker.record.chain import writing

Subject = TypeVar("Subject", FollowUp, Recommendation)


class Reading(TypedDict, total=False):
    """What ``assess`` is told of one recommendation."""

    status: Required[str]
    standing: Required[str]
    reasoning: Required[str]
    occurred_from: Required[dt.date]
    occurred_until: dt.date
    precision: str
    remaining: str
    rests_on: Iterable[FollowUp]
    evidence: Iterable[Evidence]
    language: str


def assess_several(readings: Mapping[Recommendation, Reading], *, by: User) -> list[FollowUp]:
    """Publish a reading of each recommendation, or of none; return the entries in the order given.

    Refuses: ``not_allowed``, and ``several_refused`` with what ``assess`` said of each that it refused.
    """
    require(by, Verb.PUBLISH)
    return _all_or_none(readings, lambda recommendation: assess(recommendation, by=by, **readings[recommendation]))


def publish_several(entries: Iterable[FollowUp], *, by: User) -> list[FollowUp]:
    """Publish all of the entries or none. Nothing is waived here, and corrections, which need a reason, are refused.

    Refuses: ``not_allowed``, and ``several_refused`` with what ``publish`` said of each that it refused.
    """
    require(by, Verb.PUBLISH)
    return _all_or_none(dict.fromkeys(entries), lambda entry: publish(entry, by=by))


def return_several(entries: Iterable[FollowUp], *, by: User, reason: str) -> list[FollowUp]:
    """Give all of the submitted entries, or none, back to their authors for one reason.

    Refuses: ``not_allowed``, ``reason_missing``, and ``several_refused`` with what ``return_to_author`` said of each.
    """
    require(by, Verb.RETURN)
    reason = reason_given(reason)
    return _all_or_none(dict.fromkeys(entries), lambda entry: return_to_author(entry, by=by, reason=reason))


def _all_or_none(subjects: Iterable[Subject], act: Callable[[Subject], FollowUp]) -> list[FollowUp]:
    """Do ``act`` to each, in one transaction that is given up where any was refused."""
    done: list[FollowUp] = []
    refused: dict[Subject, Refused] = {}
    with writing():
        for subject in subjects:
            try:
                done.append(act(subject))
            except Refused as refusal:
                refused[subject] = refusal
        if refused:
            raise SeveralRefused(
                "several_refused",
                each={subject.pk: refusal for subject, refusal in refused.items()},
                reasons=" ".join(f"{_name(subject)}: {refusal}" for subject, refusal in refused.items()),
            )
    return done


def _name(subject: FollowUp | Recommendation) -> str:
    """Return how people call it: by its reference, or that of its recommendation and its title."""
    if isinstance(subject, Recommendation):
        return subject.reference
    return subject.reference or f"{subject.recommendation.reference} {subject.title or subject.get_status_display()}"
