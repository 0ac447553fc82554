"""Assessing: a reading of the whole recommendation, in one step."""

import datetime as dt
from functools import partial
from typing import Any

import pytest

from tests.factories import (
    AssessmentFactory,
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    published_report,
    system_account,
)
from tests.queries import queries_of
from tests.refusals import assert_refused
from tracker import actions
from tracker.models import Evidence, FollowUp, Nature, Recommendation, Standing, Status, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

DAY = dt.date(2012, 5, 4)


@pytest.fixture
def reviewer() -> User:
    return ReviewerFactory()


@pytest.fixture
def recommendation() -> Recommendation:
    return published_recommendation()


def reading(**facts: Any) -> dict[str, Any]:
    """Return what an assessment says, in progress unless said."""
    status = facts.get("status", Status.IN_PROGRESS)
    usual = {
        "status": status,
        "standing": Standing.PROVISIONAL,
        "reasoning": "Two laws are on record.",
        "occurred_from": DAY,
        "remaining": "The rest." if status in Status.with_remainder() else "",
    }
    return usual | facts


def decision() -> Evidence:
    """Return an unsaved citation."""
    return Evidence(citation="Steering Group, decision of 4 May 2012")


class TestAssess:
    """What is read, and what it needs."""

    def test_in_progress(self, recommendation: Recommendation, reviewer: User) -> None:
        support = published_entry(recommendation=recommendation)
        entry = actions.assess(recommendation, by=reviewer, **reading(rests_on=[support, support]))
        entry.refresh_from_db()
        assert (entry.reference, entry.basis, entry.state) == ("GFMD-2010-RT1-01-A1", "assessed", "published")
        assert (entry.occurred_until, entry.counts_from, entry.created_by) == (DAY, DAY, reviewer)
        assert list(entry.rests_on.all()) == [support]
        recommendation.refresh_from_db()
        assert (recommendation.status, recommendation.verdict, recommendation.status_since) == (
            Status.IN_PROGRESS,
            entry,
            DAY,
        )
        assert verify().problems == []

    def test_numbered_apart_from_follow_ups(self, recommendation: Recommendation) -> None:
        published_entry(recommendation=recommendation)
        published_entry(recommendation=recommendation)
        first, second = (published_assessment(recommendation=recommendation) for _ in range(2))
        assert [first.fragment, second.fragment] == ["A1", "A2"]

    def test_submitted_draft(self, recommendation: Recommendation, reviewer: User) -> None:
        draft = actions.submit(AssessmentFactory(recommendation=recommendation), by=EditorFactory())
        assert actions.publish(draft, by=reviewer).fragment == "A1"

    def test_without_the_right(self, recommendation: Recommendation) -> None:
        assert_refused("not_allowed", actions.assess, recommendation, by=EditorFactory(), **reading())

    def test_on_a_withdrawn_recommendation(self, recommendation: Recommendation, reviewer: User) -> None:
        actions.withdraw_recommendation(recommendation, by=reviewer, reason="Not one")
        assert_refused("recommendation_not_published", actions.assess, recommendation, by=reviewer, **reading())

    def test_without_reasoning(self, recommendation: Recommendation, reviewer: User) -> None:
        assert_refused("reasoning_missing", actions.assess, recommendation, by=reviewer, **reading(reasoning=" "))

    @pytest.mark.parametrize("status", sorted(Status.with_remainder()))
    def test_without_what_remains(self, status: str, recommendation: Recommendation, reviewer: User) -> None:
        facts = reading(status=status, remaining=" ")
        assert_refused("remaining_missing", actions.assess, recommendation, by=reviewer, **facts)

    @pytest.mark.parametrize("nature", Nature)
    @pytest.mark.parametrize("status", Status)
    def test_status_of_each_nature(self, nature: Nature, status: Status, reviewer: User) -> None:
        """The table of 2-model, Roundtable and recommendation."""
        open_ended = {"no_information", "ongoing", "superseded"}
        to_be_done = {
            *("no_information", "in_progress", "partially_implemented", "implemented", "superseded", "not_pursued"),
        }
        allowed = {"principle": open_ended, "finding": open_ended, "request": to_be_done, "undertaking": to_be_done}
        recommendation = published_recommendation(nature=nature)
        facts = reading(status=status, evidence=[decision()])
        if status in allowed[nature]:
            assert actions.assess(recommendation, by=reviewer, **facts).status == status
        else:
            sentence = assert_refused("status_of_nature", actions.assess, recommendation, by=reviewer, **facts)
            assert f"cannot be “{status.label}”" in sentence


class TestEvidence:
    """What is read as implemented rests on evidence; decisions are cited."""

    def test_implemented_on_nothing(self, recommendation: Recommendation, reviewer: User) -> None:
        facts = reading(status=Status.IMPLEMENTED)
        assert_refused("evidence_missing", actions.assess, recommendation, by=reviewer, **facts)

    def test_implemented_on_an_entry_without_evidence(self, recommendation: Recommendation, reviewer: User) -> None:
        report = published_report(recommendation=recommendation)
        facts = reading(status=Status.IMPLEMENTED, rests_on=[report])
        assert_refused("evidence_missing", actions.assess, recommendation, by=reviewer, **facts)

    def test_implemented_on_an_entry_with_evidence(self, recommendation: Recommendation, reviewer: User) -> None:
        entries = [published_report(recommendation=recommendation), published_entry(recommendation=recommendation)]
        facts = reading(status=Status.IMPLEMENTED, rests_on=entries)
        assert actions.assess(recommendation, by=reviewer, **facts).status == Status.IMPLEMENTED

    def test_implemented_on_evidence_of_its_own(self, recommendation: Recommendation, reviewer: User) -> None:
        facts = reading(status=Status.IMPLEMENTED, evidence=[decision()])
        assert actions.assess(recommendation, by=reviewer, **facts).evidence.get().citation == decision().citation

    def test_implemented_on_evidence_that_says_nothing(self, recommendation: Recommendation, reviewer: User) -> None:
        facts = reading(status=Status.IMPLEMENTED, evidence=[Evidence()])
        assert_refused("evidence_missing", actions.assess, recommendation, by=reviewer, **facts)

    @pytest.mark.parametrize(
        "facts", [{"status": Status.NOT_PURSUED}, {"standing": Standing.CONFIRMED}], ids=["not pursued", "confirmed"]
    )
    def test_decision_is_cited(self, facts: dict[str, Any], recommendation: Recommendation, reviewer: User) -> None:
        support = published_entry(recommendation=recommendation)
        facts = reading(rests_on=[support], **facts)
        assert_refused("decision_missing", actions.assess, recommendation, by=reviewer, **facts)
        entry = actions.assess(recommendation, by=reviewer, **facts, evidence=[decision()])
        assert (entry.status, entry.standing) == (facts["status"], facts["standing"])


class TestRestsOn:
    """On published follow-ups of the same recommendation, none of which counts later."""

    def test_entry_of_another_recommendation(self, recommendation: Recommendation, reviewer: User) -> None:
        other = published_entry()
        facts = reading(rests_on=[other])
        assert str(other.reference) in assert_refused(
            "rests_on_other", actions.assess, recommendation, by=reviewer, **facts
        )

    def test_draft(self, recommendation: Recommendation, reviewer: User) -> None:
        facts = reading(rests_on=[FollowUpFactory(recommendation=recommendation)])
        sentence = assert_refused("rests_on_unpublished", actions.assess, recommendation, by=reviewer, **facts)
        assert "A law was adopted" in sentence

    def test_retracted_entry(self, recommendation: Recommendation, reviewer: User) -> None:
        entry = published_entry(recommendation=recommendation)
        actions.retract(entry, by=reviewer, reason="Wrong")
        facts = reading(rests_on=[entry])
        assert_refused("rests_on_unpublished", actions.assess, recommendation, by=reviewer, **facts)

    def test_assessment(self, recommendation: Recommendation, reviewer: User) -> None:
        facts = reading(rests_on=[published_assessment(recommendation=recommendation)])
        assert_refused("rests_on_unpublished", actions.assess, recommendation, by=reviewer, **facts)

    def test_entry_that_counts_later(self, recommendation: Recommendation, reviewer: User) -> None:
        later = published_entry(recommendation=recommendation, occurred_from=DAY + dt.timedelta(days=1))
        facts = reading(rests_on=[later])
        assert_refused("rests_on_later", actions.assess, recommendation, by=reviewer, **facts)

    def test_entry_of_the_same_day(self, recommendation: Recommendation, reviewer: User) -> None:
        same = published_entry(recommendation=recommendation, occurred_from=DAY)
        assert actions.assess(recommendation, by=reviewer, **reading(rests_on=[same])).counts_from == DAY


def test_number_of_queries_does_not_grow() -> None:
    for number in (2, 20):
        recommendation = published_recommendation()
        supports = [published_entry(recommendation=recommendation) for _ in range(number)]
        draft = AssessmentFactory(recommendation=recommendation, rests_on=supports)
        assert queries_of(partial(actions.publish, draft, by=system_account())) == 36
    assert FollowUp.objects.published().assessments().count() == 2
