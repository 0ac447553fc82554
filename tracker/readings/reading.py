"""Where a recommendation stands on a day, as pages show it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.models import FollowUp, Recommendation, Status, Told
from tracker.readings.found import Found
from tracker.record.copies import Step, copies_of, run_start, steps
from tracker.sentences import FollowUps, day_words, recommendation_answer, since_words
from tracker.sentences.lists import follow_ups_in_short


@dataclass(frozen=True)
class Reading:
    """One recommendation's status on a day, in the words of a page.

    ``since``: "since May 2011", or nothing. ``before``: the status it had until then. ``found``: what a search found
    of it.
    """

    recommendation: Recommendation
    status: Status
    standing: str
    since: str
    remaining: Told
    follow_ups: FollowUps
    before: Status | None = None
    found: Found | None = None

    @property
    def is_unassessed(self) -> bool:
        """Whether follow-ups are on record that nobody has read yet."""
        return self.status is Status.NO_INFORMATION and self.follow_ups.total > 0

    def beside(self) -> list[str]:
        """Return what a line says beside the status: since when it stands, what it was before, the follow-ups."""
        said = [
            _("Not yet assessed") if self.is_unassessed else "",
            self.since,
            _("before: %(status)s") % {"status": str(self.before.label).lower()} if self.before else "",
            follow_ups_in_short(self.follow_ups),
        ]
        return [words for words in said if words]

    def answer(self, day: dt.date | None) -> str:
        """Return the sentence that says where the recommendation stands; ``day``: a past one that was asked for.

        What remains stands apart from it where it is not in the sentence's language.
        """
        return recommendation_answer(
            self.recommendation,
            status=self.status,
            standing=self.standing,
            since=self.since,
            remaining="" if self.remaining.is_foreign else self.remaining.words,
            follow_ups=self.follow_ups,
            day=day,
        )


def kept_reading(recommendation: Recommendation) -> Reading:
    """Return today's reading from the copies that are kept on the recommendation and its verdict."""
    return Reading(
        recommendation=recommendation,
        status=recommendation.current_status,
        standing=recommendation.standing,
        since=since_words(recommendation.status_since, recommendation.status_since_precision),
        remaining=recommendation.told_remaining,
        follow_ups=FollowUps(
            recommendation.followup_count,
            last=day_words(recommendation.last_followup_on, recommendation.last_followup_precision),
        ),
    )


def reading_on(recommendation: Recommendation, entries: Iterable[FollowUp], day: dt.date) -> Reading:
    """Return the reading on ``day``. ``entries``: the published ones of the recommendation, in deciding order."""
    counting = [entry for entry in entries if counts_on(entry, day)]
    copies = copies_of(recommendation, counting)
    verdict = next((entry for entry in counting if entry.pk == copies["verdict_id"]), None)
    return Reading(
        recommendation=recommendation,
        status=Status(copies["status"]),
        standing=copies["standing"],
        since=since_words(copies["status_since"], copies["status_since_precision"]),
        remaining=verdict.told_remaining if verdict else Told(""),
        follow_ups=summed_up(counting, day_words(copies["last_followup_on"], copies["last_followup_precision"])),
        before=_status_before(recommendation, counting),
    )


def counts_on(entry: FollowUp, day: dt.date) -> bool:
    """Tell whether an entry counts on a day (2-model, invariant 7)."""
    return entry.state == FollowUp.State.PUBLISHED and entry.counts_from is not None and entry.counts_from <= day


def summed_up(entries: Iterable[FollowUp], last: str) -> FollowUps:
    """Return the follow-ups among ``entries`` as a sentence sums them up."""
    found = [entry for entry in entries if not entry.is_assessment]
    return FollowUps(
        total=len(found),
        referring=sum(entry.relation == FollowUp.Relation.REFERS_TO_FORUM for entry in found),
        reported=sum(entry.basis == FollowUp.Basis.REPORTED for entry in found),
        last=last,
    )


def _status_before(recommendation: Recommendation, counting: list[FollowUp]) -> Status | None:
    """Return the last other status, if something had been read then."""
    closes_on = recommendation.roundtable.forum.closes_on
    history: list[Step] = steps(closes_on, [entry for entry in counting if entry.is_assessment])
    position = history.index(run_start(history))
    before = history[position - 1] if position else None
    return Status(before.status) if before and before.entry else None
