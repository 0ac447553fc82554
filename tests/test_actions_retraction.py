"""Taking back in public: alone, or together with what rests on it."""

import pytest

from tests.factories import (
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tests.refusals import assert_refused
from tracker import actions
from tracker.models import FollowUp, RecordEvent, Status, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

State = FollowUp.State


@pytest.fixture
def reviewer() -> User:
    return ReviewerFactory()


def test_entry(reviewer: User) -> None:
    entry = published_entry()
    actions.retract(entry, by=reviewer, reason=" Another body did it ")
    entry.refresh_from_db()
    event = RecordEvent.objects.get(kind="entry_retracted")
    assert (entry.state, entry.retracted_by, entry.retracted_at) == (State.RETRACTED, reviewer, event.at)
    assert entry.retraction_reason == "Another body did it"
    assert event.payload == f'{{"reason":"Another body did it","reference":"{entry.reference}","schema":1}}'
    entry.recommendation.refresh_from_db()
    assert (entry.recommendation.followup_count, entry.recommendation.last_followup_on) == (0, None)
    assert verify().problems == []


def test_assessment_gives_way_to_the_one_before(reviewer: User) -> None:
    recommendation = published_recommendation()
    first = published_assessment(recommendation=recommendation)
    second = published_assessment(recommendation=recommendation, status=Status.IMPLEMENTED, evidence=1)
    recommendation.refresh_from_db()
    assert recommendation.verdict == second
    actions.retract(second, by=reviewer, reason="Too early")
    recommendation.refresh_from_db()
    assert (recommendation.verdict, recommendation.status) == (first, Status.IN_PROGRESS)
    actions.retract(first, by=reviewer, reason="Too early")
    recommendation.refresh_from_db()
    assert (recommendation.verdict, recommendation.status) == (None, Status.NO_INFORMATION)


def test_without_the_right() -> None:
    assert_refused("not_allowed", actions.retract, published_entry(), by=EditorFactory(), reason="Wrong")


def test_without_a_reason(reviewer: User) -> None:
    assert_refused("reason_missing", actions.retract, published_entry(), by=reviewer, reason="")


def test_draft(reviewer: User) -> None:
    sentence = assert_refused("not_published", actions.retract, FollowUpFactory(), by=reviewer, reason="Wrong")
    assert sentence == "This entry is draft: only a published entry can be retracted or corrected."


def test_second_time(reviewer: User) -> None:
    entry = published_entry()
    actions.retract(entry, by=reviewer, reason="Wrong")
    assert_refused("not_published", actions.retract, entry, by=reviewer, reason="Wrong")


class TestTogether:
    """An entry goes while assessments rest on it only if they go in the same step."""

    @pytest.fixture
    def entry(self) -> FollowUp:
        return published_entry()

    @pytest.fixture
    def assessments(self, entry: FollowUp) -> list[FollowUp]:
        return [published_assessment(recommendation=entry.recommendation, rests_on=[entry]) for _ in range(2)]

    def test_alone(self, entry: FollowUp, assessments: list[FollowUp], reviewer: User) -> None:
        sentence = assert_refused("supports_others", actions.retract, entry, by=reviewer, reason="Wrong")
        assert "GFMD-2010-RT1-01-A1, GFMD-2010-RT1-01-A2" in sentence

    def test_with_one_of_two(self, entry: FollowUp, assessments: list[FollowUp], reviewer: User) -> None:
        facts = {"by": reviewer, "reason": "Wrong", "together_with": assessments[:1]}
        assert "01-A1" not in assert_refused("supports_others", actions.retract, entry, **facts)

    def test_with_all_of_them_each_named_twice(
        self, entry: FollowUp, assessments: list[FollowUp], reviewer: User
    ) -> None:
        actions.retract(entry, by=reviewer, reason="Wrong", together_with=[entry, *assessments, *assessments])
        assert set(FollowUp.objects.values_list("state", "retraction_reason")) == {(State.RETRACTED, "Wrong")}
        assert RecordEvent.objects.filter(kind="entry_retracted").count() == 3
        assert verify().problems == []

    def test_with_one_that_is_retracted_already(
        self, entry: FollowUp, assessments: list[FollowUp], reviewer: User
    ) -> None:
        actions.retract(assessments[0], by=reviewer, reason="Wrong")
        facts = {"by": reviewer, "reason": "Wrong", "together_with": assessments}
        assert_refused("not_published", actions.retract, entry, **facts)

    def test_after_them(self, entry: FollowUp, assessments: list[FollowUp], reviewer: User) -> None:
        for assessment in assessments:
            actions.retract(assessment, by=reviewer, reason="Wrong")
        assert actions.retract(entry, by=reviewer, reason="Wrong").state == State.RETRACTED

    def test_with_another_recommendation_whose_copies_follow(self, entry: FollowUp, reviewer: User) -> None:
        other = published_assessment()
        actions.retract(entry, by=reviewer, reason="Wrong", together_with=[other])
        other.recommendation.refresh_from_db()
        assert other.recommendation.verdict is None
        assert verify().problems == []
