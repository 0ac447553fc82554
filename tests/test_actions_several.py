"""Assessing, publishing and returning several at once: all or none, and each refusal is named."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import (
    EditorFactory,
    FollowUpFactory,
    ReportFactory,
    ReviewerFactory,
    published_entry,
    published_recommendation,
)
from tests.refusals import assert_refused
from tests.tampering import dump
from tracker import actions
from tracker.actions import Reading
from tracker.errors import SeveralRefused
from tracker.models import FollowUp, Recommendation, Status, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    return ReviewerFactory()


@pytest.fixture
def recommendations() -> list[Recommendation]:
    return [published_recommendation() for _number in range(3)]


def reading(**facts: Any) -> Reading:
    usual = Reading(
        status=Status.IN_PROGRESS,
        standing="provisional",
        reasoning="Two laws are on record.",
        occurred_from=dt.date(2012, 5, 4),
        remaining="The rest.",
    )
    return usual | facts  # type: ignore[return-value]


def refusals(action: Any, subjects: Any, **facts: Any) -> dict[int, str]:
    """Return the code of each refusal by the key of what it is about; nothing has changed."""
    before = dump()
    with pytest.raises(SeveralRefused) as refused:
        action(subjects, **facts)
    assert dump() == before
    return {key: refusal.code for key, refusal in refused.value.each.items()}


class TestAssessSeveral:
    """One transaction, in the order given."""

    def test_all_are_published(self, recommendations: list[Recommendation], reviewer: User) -> None:
        support = published_entry(recommendation=recommendations[0])
        readings = {one: reading() for one in recommendations} | {
            recommendations[0]: reading(status=Status.IMPLEMENTED, remaining="", rests_on=[support])
        }
        entries = actions.assess_several(readings, by=reviewer)
        assert [(entry.reference, entry.published_by) for entry in entries] == [
            (f"{one.reference}-A1", reviewer) for one in recommendations
        ]
        found = [Recommendation.objects.get(pk=one.pk).status for one in recommendations]
        assert found == ["implemented", "in_progress", "in_progress"]
        assert verify().problems == []

    def test_none_is_where_some_are_refused_and_each_of_them_is_named(
        self, recommendations: list[Recommendation], reviewer: User
    ) -> None:
        first, second, third = recommendations
        readings = {first: reading(), second: reading(remaining=""), third: reading(reasoning="")}
        found = refusals(actions.assess_several, readings, by=reviewer)
        assert found == {second.pk: "remaining_missing", third.pk: "reasoning_missing"}
        sentence = assert_refused("several_refused", actions.assess_several, readings, by=reviewer)
        assert sentence.startswith(f"Nothing was changed. {second.reference}: Say in one sentence")
        assert f"{third.reference}: Give the reasoning" in sentence

    def test_without_the_right(self, recommendations: list[Recommendation]) -> None:
        readings = {one: reading() for one in recommendations}
        assert_refused("not_allowed", actions.assess_several, readings, by=EditorFactory())


class TestPublishSeveral:
    """As one by one, but together."""

    def test_all_are_published(self, reviewer: User) -> None:
        drafts = [FollowUpFactory(), actions.submit(ReportFactory(), by=EditorFactory())]
        entries = actions.publish_several([*drafts, drafts[0]], by=reviewer)
        assert [(entry.pk, entry.state) for entry in entries] == [(draft.pk, "published") for draft in drafts]
        assert verify().problems == []

    def test_four_eyes_hold_for_each(self, reviewer: User) -> None:
        fine, own = FollowUpFactory(), actions.submit(ReportFactory(title="A report"), by=reviewer)
        assert refusals(actions.publish_several, [fine, own], by=reviewer) == {own.pk: "four_eyes"}
        sentence = assert_refused("several_refused", actions.publish_several, [fine, own], by=reviewer)
        assert f"{own.recommendation.reference} A report: What a body reports" in sentence

    def test_a_correction_needs_its_reason(self, reviewer: User) -> None:
        draft = actions.start_correction(published_entry(), by=reviewer)
        assert refusals(actions.publish_several, [draft], by=reviewer) == {draft.pk: "is_correction"}

    def test_without_the_right(self) -> None:
        assert_refused("not_allowed", actions.publish_several, [FollowUpFactory()], by=EditorFactory())


class TestReturnSeveral:
    """One reason for all."""

    def test_all_are_returned(self, reviewer: User) -> None:
        entries = [actions.submit(FollowUpFactory(), by=EditorFactory()) for _number in range(2)]
        actions.return_several(entries, by=reviewer, reason=" Which page? ")
        found = FollowUp.objects.values_list("state", "return_reason", "returned_by")
        assert list(found) == [("returned", "Which page?", reviewer.pk)] * 2

    def test_a_draft_among_them(self, reviewer: User) -> None:
        submitted, draft = actions.submit(FollowUpFactory(), by=EditorFactory()), FollowUpFactory()
        facts = {"by": reviewer, "reason": "Which page?"}
        assert refusals(actions.return_several, [submitted, draft], **facts) == {draft.pk: "not_submitted"}

    def test_without_a_reason(self, reviewer: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=EditorFactory())
        assert_refused("reason_missing", actions.return_several, [entry], by=reviewer, reason=" ")

    def test_without_the_right(self) -> None:
        entry = actions.submit(FollowUpFactory(), by=EditorFactory())
        assert_refused("not_allowed", actions.return_several, [entry], by=EditorFactory(), reason="So.")
