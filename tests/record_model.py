"""The record once more, slow and obvious: lists in memory, every rule written out from 2-model, nothing of ours used.

Each ``may_…`` returns the codes of the rules that forbid a step, so that the order of the checks does not matter.
"""

import datetime as dt
from dataclasses import dataclass, field

OPENS, CLOSES = dt.date(2010, 11, 8), dt.date(2010, 11, 11)
OF_NATURE = {
    "request": {"no_information", "in_progress", "implemented", "superseded"},
    "finding": {"no_information", "ongoing", "superseded"},
}


@dataclass(eq=False)
class Entry:
    """One entry, as far as rules and counts go."""

    recommendation: "Recommended"
    basis: str
    day: dt.date
    evidence: bool
    status: str = ""
    rests_on: list["Entry"] = field(default_factory=list)
    replaces: "Entry | None" = None
    started_by: str = ""
    state: str = "draft"
    submitted_by: str = ""
    place: int = 0
    pk: int = 0

    @property
    def on_record(self) -> bool:
        return self.state in {"published", "retracted", "withheld"}


@dataclass(eq=False)
class Recommended:
    """One recommendation: it counts until it is withdrawn."""

    nature: str
    pk: int
    withdrawn: bool = False


class Record:
    """All entries and recommendations, and how many events have happened."""

    def __init__(self) -> None:
        self.recommendations: list[Recommended] = []
        self.entries: list[Entry] = []
        self.events = 1
        self.published = 0

    # What follows

    def newest(self, entry: Entry) -> Entry:
        """Return the last version of an entry on record."""
        for other in self.entries:
            if other.replaces is entry and other.on_record:
                return self.newest(other)
        return entry

    def resting_on(self, entry: Entry) -> list[Entry]:
        """Return the published assessments that rest on an entry or on what it corrects."""
        return [
            other
            for other in self.entries
            if other.state == "published" and any(self.newest(support) is entry for support in other.rests_on)
        ]

    def verdict(self, recommendation: Recommended, day: dt.date) -> Entry | None:
        """Return the assessment that decides on a day."""
        found = [
            entry
            for entry in self.entries
            if entry.recommendation is recommendation
            and (entry.basis, entry.state) == ("assessed", "published")
            and entry.day <= day
        ]
        return max(found, key=lambda entry: (entry.day, entry.place), default=None)

    def status(self, recommendation: Recommended, day: dt.date) -> str:
        verdict = self.verdict(recommendation, day)
        return verdict.status if verdict else "no_information"

    def counts(self, day: dt.date) -> dict[str, int]:
        """Return how many recommendations have each status on a day, without zeros."""
        counts: dict[str, int] = {}
        for recommendation in self.recommendations:
            if not recommendation.withdrawn:
                status = self.status(recommendation, day)
                counts[status] = counts.get(status, 0) + 1
        return counts

    def since(self, recommendation: Recommended, days: list[dt.date]) -> dt.date | None:
        """Return from which of all days on the status has been what it is; none if nothing was ever on record."""
        status, since = "no_information", None
        for day in days:
            if day >= CLOSES and self.status(recommendation, day) != status:
                status, since = self.status(recommendation, day), day
        return since

    # What may be done

    def may_submit(self, entry: Entry) -> set[str]:
        return set() if entry.state in {"draft", "returned"} else {"not_draft"}

    def may_return(self, entry: Entry) -> set[str]:
        return set() if entry.state == "submitted" else {"not_submitted"}

    def may_go_on_record(self, entry: Entry, by: str, *, waived: bool) -> set[str]:
        codes = set()
        if entry.on_record:
            codes.add("already_published")
        if entry.state == "returned":
            codes.add("is_returned")
        if entry.basis == "reported" and not waived and entry.submitted_by in {"", by}:
            codes.add("four_eyes")
        if entry.day < OPENS:
            codes.add("before_forum")
        if entry.recommendation.withdrawn:
            codes.add("recommendation_not_published")
        if entry.basis == "documented" and not entry.evidence:
            codes.add("source_missing")
        if entry.basis == "assessed":
            codes |= self._may_be_read(entry)
        return codes

    def _may_be_read(self, entry: Entry) -> set[str]:
        codes = set()
        if entry.status not in OF_NATURE[entry.recommendation.nature]:
            codes.add("status_of_nature")
        if any(support.state != "published" for support in entry.rests_on):
            codes.add("rests_on_unpublished")
        if any(support.day > entry.day for support in entry.rests_on):
            codes.add("rests_on_later")
        if entry.status == "implemented" and not any(one.evidence for one in [entry, *entry.rests_on]):
            codes.add("evidence_missing")
        return codes

    def may_publish(self, entry: Entry, by: str, *, waived: bool) -> set[str]:
        codes = self.may_go_on_record(entry, by, waived=waived)
        return codes | ({"is_correction"} if entry.replaces and not entry.on_record else set())

    def may_correct(self, entry: Entry, by: str) -> set[str]:
        """``entry`` is the new version."""
        old = entry.replaces
        assert old is not None
        codes = self.may_go_on_record(entry, by, waived=False)
        if old.state != "published":
            codes.add("not_published")
        for assessment in self.resting_on(old):
            supports = [entry if self.newest(one) is old else self.newest(one) for one in assessment.rests_on]
            if entry.day > assessment.day:
                codes.add("rests_on_later")
            if assessment.status == "implemented" and not any(one.evidence for one in [assessment, *supports]):
                codes.add("evidence_missing")
        return codes

    def may_retract(self, entry: Entry, *, together: bool) -> set[str]:
        if entry.state != "published":
            return {"not_published"}
        return {"supports_others"} if self.resting_on(entry) and not together else set()

    def may_withhold(self, entry: Entry, *, together: bool) -> set[str]:
        if entry.state not in {"published", "retracted"}:
            return {"not_on_record"}
        counts = entry.state == "published"
        return {"supports_others"} if counts and self.resting_on(entry) and not together else set()

    # What is done

    def put_on_record(self, entry: Entry) -> None:
        self.events += 1
        self.published += 1
        entry.state = "published"
        entry.place = entry.replaces.place if entry.replaces else self.events

    def correct(self, entry: Entry) -> None:
        self.put_on_record(entry)
        if entry.replaces:
            self.take_back(entry.replaces)

    def take_back(self, entry: Entry) -> None:
        self.events += 1
        entry.state = "retracted"

    def retract(self, entry: Entry) -> None:
        for one in [*self.resting_on(entry), entry]:
            self.take_back(one)

    def withhold(self, entry: Entry) -> None:
        for one in self.resting_on(entry):
            self.take_back(one)
        self.events += 1
        entry.state, entry.evidence = "withheld", False
        gone = [one for one in self.entries if one.replaces is entry and not one.on_record]
        self.entries = [one for one in self.entries if one not in gone]
        for one in self.entries:
            one.rests_on = [support for support in one.rests_on if support not in gone]
