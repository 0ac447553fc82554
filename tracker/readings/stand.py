"""Where a roundtable stood on a day: everything that its page shows follows from its entries that count then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.models import FollowUp, Membership, Recommendation, Roundtable
from tracker.readings.matrix import Groups, Matrix, matrix
from tracker.readings.reading import Reading, counts_on, reading_on, summed_up
from tracker.readings.tally import Tally
from tracker.record.copies import shown_precision
from tracker.sentences import FollowUps, day_words


@dataclass(frozen=True)
class Change:
    """A recommendation whose status is another than on an earlier day."""

    then: Reading
    now: Reading


class Stand:
    """A roundtable on a day. What is not given is read, in two queries; who has follow-ups takes a third."""

    def __init__(
        self,
        roundtable: Roundtable,
        day: dt.date,
        *,
        recommendations: Iterable[Recommendation] | None = None,
        entries: Iterable[FollowUp] | None = None,
    ) -> None:
        """Take the published ``recommendations``, and their published ``entries`` in deciding order."""
        self.roundtable, self.day = roundtable, day
        if recommendations is None:
            recommendations = Recommendation.objects.published().filter(roundtable=roundtable).in_order()
        self.recommendations = list(recommendations)
        for recommendation in self.recommendations:
            recommendation.roundtable = roundtable
        self.entries: defaultdict[int, list[FollowUp]] = defaultdict(list)
        for entry in FollowUp.objects.published().for_counting(roundtable) if entries is None else entries:
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

    def changes_since(self, day: dt.date) -> list[Change]:
        """Return the recommendations that have another status than on an earlier day, in order."""
        pairs = zip(self.readings_on(day), self.readings, strict=True)
        return [Change(then, now) for then, now in pairs if then.status != now.status]

    def follow_ups_since(self, day: dt.date) -> int:
        """Return how many follow-ups count that did not yet on an earlier day."""
        return sum(not counts_on(entry, day) for entry in self.follow_ups)


def stands(roundtables: Sequence[Roundtable], day: dt.date, entries: Iterable[FollowUp]) -> list[Stand]:
    """Return where several roundtables stood on a day, in one query beside that of their published ``entries``."""
    held: defaultdict[int, list[Recommendation]] = defaultdict(list)
    table_of: dict[int, int] = {}
    for recommendation in Recommendation.objects.published().filter(roundtable__in=roundtables).in_order():
        held[recommendation.roundtable_id].append(recommendation)
        table_of[recommendation.pk] = recommendation.roundtable_id
    found: defaultdict[int, list[FollowUp]] = defaultdict(list)
    for entry in entries:
        found[table_of.get(entry.recommendation_id, 0)].append(entry)
    return [Stand(table, day, recommendations=held[table.pk], entries=found[table.pk]) for table in roundtables]
