"""Where a roundtable stood on a day: everything that its page shows follows from its entries that count then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from tracker.models import FollowUp, Membership, Milestone, Recommendation, Roundtable
from tracker.record.copies import shown_precision
from tracker.sentences import FollowUps, day_words
from tracker.views.matrix import Groups, Matrix, matrix
from tracker.views.reading import Reading, counts_on, reading_on, summed_up
from tracker.views.tally import Tally


class Stand:
    """A roundtable on a day, in three queries: recommendations, published entries, seats in collectives."""

    def __init__(self, roundtable: Roundtable, day: dt.date) -> None:
        self.roundtable, self.day = roundtable, day
        self.recommendations = list(Recommendation.objects.published().filter(roundtable=roundtable).in_order())
        for recommendation in self.recommendations:
            recommendation.roundtable = roundtable
        self.entries: defaultdict[int, list[FollowUp]] = defaultdict(list)
        for entry in FollowUp.objects.published().for_counting(roundtable):
            self.entries[entry.recommendation_id].append(entry)

    def readings_on(self, day: dt.date) -> list[Reading]:
        """Return the reading of each recommendation on any day."""
        return [reading_on(one, self.entries[one.pk], day) for one in self.recommendations]

    @cached_property
    def readings(self) -> list[Reading]:
        """The reading of each recommendation on the day."""
        return self.readings_on(self.day)

    @cached_property
    def counted(self) -> Tally:
        """How many have which status."""
        whole = Tally()
        for reading in self.readings:
            whole.add(reading.status, reading.standing)
        return whole

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        """The follow-ups that count on the day, earliest first."""
        counting = [entry for entries in self.entries.values() for entry in entries if counts_on(entry, self.day)]
        found = [entry for entry in counting if not entry.is_assessment]
        return sorted(found, key=lambda entry: (entry.counts_from, entry.precedence))

    def in_numbers(self) -> FollowUps:
        """Return the follow-ups as a sentence sums them up."""
        last = self.follow_ups[-1] if self.follow_ups else None
        return summed_up(self.follow_ups, day_words(last.counts_from, shown_precision(last)) if last else "")

    def matrix(self) -> Matrix:
        """Return who has follow-ups on what."""
        return matrix(self.recommendations, self.follow_ups, Groups(Membership.objects.shown_as_groups()))

    def changed_since(self, milestone: Milestone | None) -> int:
        """Return how many recommendations have another status than at the milestone."""
        if milestone is None:
            return 0
        pairs = zip(self.readings_on(milestone.date), self.readings, strict=True)
        return sum(then.status != now.status for then, now in pairs)


def compared_with(milestones: Sequence[Milestone], day: dt.date) -> Milestone | None:
    """Return the last milestone before ``day``: one that is no Forum's closing, where there is one."""
    past = [milestone for milestone in milestones if milestone.date < day]
    beside = [milestone for milestone in past if milestone.forum_id is None]
    return next(reversed(beside or past), None)
