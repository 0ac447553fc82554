"""The actions in any order, against a slow, obvious model of the record (``record_model``).

After each step the database says what the model says, and every check of ours is content.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    AssessmentFactory,
    EvidenceFactory,
    FollowUpFactory,
    ForumFactory,
    ReportFactory,
    ReviewerFactory,
    RoundtableFactory,
    published_recommendation,
)
from tests.record_model import Entry, Recommended, Record
from tracker import actions
from tracker.errors import Refused
from tracker.models import FollowUp, Recommendation, RecordEvent, RecordHead, RestsOn, User
from tracker.progress import from_changes, progress
from tracker.record.copies import differences
from tracker.record.verification import verify

DAYS = [dt.date(2010, 11, 1), dt.date(2010, 11, 9), *(dt.date(year, 5, 1) for year in (2011, 2012, 2013))]
ASKED = [dt.date(2010, 11, 11), dt.date(2011, 5, 1), dt.date(2012, 4, 30), dt.date(2012, 5, 1)]
PEOPLE = ("Ana", "Ben")

entries = st.integers(0, 30)
days = st.sampled_from([*DAYS[1:], *DAYS[1:], DAYS[0]])
mostly = st.sampled_from([True, True, True, False])
seldom = st.sampled_from([False, False, False, True])
wild = st.sampled_from([*[False] * 7, True])
people = st.sampled_from(PEOPLE)
statuses = st.sampled_from(["in_progress", "implemented", "superseded", "superseded", "ongoing"])


class Actions(RuleBasedStateMachine):
    """Two recommendations, two reviewers, an administrator."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.changed = True
        self.model = Record()
        self.people: dict[str, User] = {name: ReviewerFactory() for name in PEOPLE}
        self.administrator = AdministratorFactory()
        self.actor = ActorFactory()
        self.forum = ForumFactory(year=2010)
        table = RoundtableFactory(forum=self.forum)
        for nature in ("request", "finding"):
            made = published_recommendation(roundtable=table, nature=nature)
            self.model.recommendations.append(Recommended(nature, made.pk))
            self.model.events += 1
        self.begin()

    def begin(self) -> None:
        """Put a little on record, so that most steps have something to meet."""
        for index, day, reported in ((0, DAYS[2], False), (1, DAYS[2], False), (0, DAYS[3], True)):
            self.draft_follow_up(index, day, reported=reported, evidence=True)
        self.draft_assessment(0, DAYS[3], "implemented", evidence=False, supports=[1])
        for index, entry in enumerate(self.model.entries):
            self.submit(index, by="Ben", wild=True)
            self.publish(index, by="Ana", wild=True, waived=False)
            assert entry.state == "published"

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # How a step is taken

    def chosen(self, index: int, wild: bool, *states: str) -> Entry:
        """Return an entry in a state that a step is meant for; where there is none, or if wild, any."""
        meant = [entry for entry in self.model.entries if entry.state in states]
        among = self.model.entries if wild or not meant else meant
        return among[index % len(among)]

    def any(self, *states: str) -> bool:
        return any(entry.state in states for entry in self.model.entries)

    def row(self, entry: Entry) -> FollowUp:
        return FollowUp.objects.get(pk=entry.pk)

    def attempt(self, forbidden: set[str], act: Callable[[], Any]) -> bool:
        """Take a step; it is refused exactly if a rule forbids it, with the code of such a rule."""
        refused = None
        try:
            act()
        except Refused as refusal:
            refused = refusal.code
        assert refused in (forbidden or {None})
        self.changed = refused is None
        return self.changed

    # Drafts

    @rule(index=st.integers(0, 1), day=days, reported=seldom, evidence=mostly)
    def draft_follow_up(self, index: int, day: dt.date, reported: bool, evidence: bool) -> None:
        recommendation = self.model.recommendations[index]
        made: FollowUp = (ReportFactory if reported else FollowUpFactory)(
            recommendation=Recommendation.objects.get(pk=recommendation.pk),
            actor=self.actor,
            occurred_from=day,
            evidence=int(evidence),
        )
        basis = "reported" if reported else "documented"
        self.model.entries.append(Entry(recommendation, basis, day, evidence, pk=made.pk))
        self.changed = True

    @rule(
        index=st.integers(0, 1),
        day=days,
        status=statuses,
        evidence=st.booleans(),
        supports=st.lists(entries, min_size=1, max_size=3),
    )
    def draft_assessment(self, index: int, day: dt.date, status: str, evidence: bool, supports: list[int]) -> None:
        recommendation = self.model.recommendations[index]
        there = [one for one in self.model.entries if one.recommendation is recommendation and one.basis != "assessed"]
        there = [one for one in there if one.state == "published"] or there
        chosen = list(dict.fromkeys(there[number % len(there)] for number in supports)) if there else []
        made = AssessmentFactory(
            recommendation=Recommendation.objects.get(pk=recommendation.pk),
            occurred_from=day,
            status=status,
            evidence=int(evidence),
            rests_on=[self.row(one) for one in chosen],
        )
        entry = Entry(recommendation, "assessed", day, evidence, status, chosen, pk=made.pk)
        self.model.entries.append(entry)
        self.changed = True

    @precondition(lambda self: self.any("draft", "submitted", "returned"))
    @rule(index=entries, wild=wild, day=days, evidence=st.booleans())
    def edit(self, index: int, wild: bool, day: dt.date, evidence: bool) -> None:
        entry = self.chosen(index, wild, "draft", "submitted", "returned")
        if entry.on_record:
            return
        FollowUp.objects.filter(pk=entry.pk).update(occurred_from=day, occurred_until=day)
        row = self.row(entry)
        if evidence != entry.evidence:
            row.evidence.all().delete() if entry.evidence else EvidenceFactory(entry=row)
        entry.day, entry.evidence, self.changed = day, evidence, True

    @precondition(lambda self: self.any("draft", "returned"))
    @rule(index=entries, wild=wild, by=people)
    def submit(self, index: int, wild: bool, by: str) -> None:
        entry = self.chosen(index, wild, "draft", "returned")
        act = lambda: actions.submit(self.row(entry), by=self.people[by])  # noqa: E731
        if self.attempt(self.model.may_submit(entry), act):
            entry.state, entry.submitted_by = "submitted", by

    @precondition(lambda self: self.any("submitted"))
    @rule(index=entries, wild=wild, by=people)
    def return_to_author(self, index: int, wild: bool, by: str) -> None:
        entry = self.chosen(index, wild, "submitted")
        act = lambda: actions.return_to_author(self.row(entry), by=self.people[by], reason="Which?")  # noqa: E731
        if self.attempt(self.model.may_return(entry), act):
            entry.state = "returned"

    # The record

    @precondition(lambda self: self.any("draft", "submitted"))
    @rule(index=entries, wild=wild, by=people, waived=st.booleans())
    def publish(self, index: int, wild: bool, by: str, waived: bool) -> None:
        entry = self.chosen(index, wild, "draft", "submitted")
        person = self.administrator if waived else self.people[by]
        forbidden = self.model.may_publish(entry, by, waived=waived)
        waiver = "Alone" if waived else ""
        if self.attempt(forbidden, lambda: actions.publish(self.row(entry), by=person, waiver=waiver)):
            self.model.put_on_record(entry)

    @precondition(lambda self: self.any("published"))
    @rule(index=entries, wild=wild, by=people)
    def start_correction(self, index: int, wild: bool, by: str) -> None:
        entry = self.chosen(index, wild, "published")
        forbidden = set() if entry.state == "published" else {"not_published"}
        made: list[FollowUp] = []
        act = lambda: made.append(actions.start_correction(self.row(entry), by=self.people[by]))  # noqa: E731
        if not self.attempt(forbidden, act) or made[0].pk in {one.pk for one in self.model.entries}:
            return
        supports = [self.model.newest(one) for one in entry.rests_on]
        facts = (entry.recommendation, entry.basis, entry.day, entry.evidence, entry.status, supports, entry, by)
        self.model.entries.append(Entry(*facts, pk=made[0].pk))

    @precondition(lambda self: any(entry.replaces for entry in self.model.entries))
    @rule(index=entries, wild=wild, by=people)
    def correct(self, index: int, wild: bool, by: str) -> None:
        corrections = [entry for entry in self.model.entries if entry.replaces]
        unfinished = [entry for entry in corrections if not entry.on_record]
        among = corrections if wild or not unfinished else unfinished
        entry = among[index % len(among)]
        facts: dict[str, Any] = {"by": self.people[by], "replacement": self.row(entry), "reason": "A slip"}
        old = entry.replaces
        assert old is not None
        forbidden = self.model.may_correct(entry, by)
        if self.attempt(forbidden, lambda: actions.correct(self.row(old), **facts)):
            self.model.correct(entry)

    @precondition(lambda self: self.any("published") and self.model.published > 5)
    @rule(index=entries, wild=wild, by=people, together=st.booleans())
    def retract(self, index: int, wild: bool, by: str, together: bool) -> None:
        entry = self.chosen(index, wild, "published")
        also = [self.row(one) for one in self.model.resting_on(entry)] if together else []
        facts: dict[str, Any] = {"by": self.people[by], "reason": "Wrong", "together_with": also}
        forbidden = self.model.may_retract(entry, together=together)
        if self.attempt(forbidden, lambda: actions.retract(self.row(entry), **facts)):
            self.model.retract(entry)

    @precondition(lambda self: self.any("published") and self.model.published > 6)
    @rule(index=entries, wild=wild, together=st.booleans())
    def withhold(self, index: int, wild: bool, together: bool) -> None:
        entry = self.chosen(index, wild, "published", "retracted")
        also = [self.row(one) for one in self.model.resting_on(entry)] if together else []
        facts: dict[str, Any] = {"by": self.administrator, "reason": "An order", "retract_too": also}
        forbidden = self.model.may_withhold(entry, together=together)
        if self.attempt(forbidden, lambda: actions.withhold(self.row(entry), **facts)):
            self.model.withhold(entry)

    @precondition(lambda self: self.model.published > 8)
    @rule(index=st.integers(0, 1))
    def withdraw(self, index: int) -> None:
        recommendation = self.model.recommendations[index]
        row = Recommendation.objects.get(pk=recommendation.pk)
        forbidden = {"not_public"} if recommendation.withdrawn else set()
        act = lambda: actions.withdraw_recommendation(row, by=self.people["Ana"], reason="Not one")  # noqa: E731
        if self.attempt(forbidden, act):
            recommendation.withdrawn = True
            self.model.events += 1

    # After each step

    @invariant()
    def database_says_what_the_model_says(self) -> None:
        if not self.changed:
            assert RecordHead.objects.get().version == self.version
            return
        self.states()
        self.copies()
        self.counts()
        self.chain()
        self.version, self.changed = RecordHead.objects.get().version, False

    def states(self) -> None:
        found = dict(FollowUp.objects.values_list("pk", "state"))
        assert found == {entry.pk: entry.state for entry in self.model.entries}
        supports = set(RestsOn.objects.values_list("assessment", "entry"))
        assert supports == {(entry.pk, one.pk) for entry in self.model.entries for one in entry.rests_on}

    def copies(self) -> None:
        for recommendation in self.model.recommendations:
            row = Recommendation.objects.get(pk=recommendation.pk)
            verdict = self.model.verdict(recommendation, DAYS[-1])
            status = self.model.status(recommendation, DAYS[-1])
            assert (row.verdict_id, row.status) == (verdict.pk if verdict else None, status)
            assert row.status_since == self.model.since(recommendation, sorted({*DAYS, *ASKED}))
        assert list(differences()) == []

    def counts(self) -> None:
        for day in ASKED:
            expected = self.model.counts(day)
            entries_say = progress(self.forum, as_of=day).counts
            changes_say, _provisional = from_changes(self.forum, as_of=day)
            assert {status.value: number for status, number in entries_say.items() if number} == expected
            assert changes_say == entries_say

    def chain(self) -> None:
        assert verify().problems == []
        sequences = list(RecordEvent.objects.values_list("sequence", flat=True))
        assert sequences == list(range(1, self.model.events + 1))
        references = list(FollowUp.objects.on_record().values_list("reference", flat=True))
        assert len(set(references)) == len(references) == self.model.published


@pytest.mark.django_db
def test_actions_in_any_order() -> None:
    bounds = settings(
        max_examples=10,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Actions, settings=bounds)
