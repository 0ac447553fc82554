"""Recommendations on the record: published, corrected word by word, withdrawn, never deleted."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import ProtectedError

from tests.factories import (
    EditorFactory,
    RecommendationFactory,
    ReferenceAliasFactory,
    ReviewerFactory,
    published_assessment,
    published_recommendation,
)
from tests.refusals import assert_refused
from tests.tampering import run
from tracker import actions
from tracker.models import Nature, Recommendation, RecordEvent, Status, StatusChange, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

State = Recommendation.State


@pytest.fixture
def reviewer() -> User:
    return ReviewerFactory()


class TestPublish:
    """A draft goes on the record."""

    def test_draft(self, reviewer: User) -> None:
        recommendation = actions.publish_recommendation(RecommendationFactory(), by=reviewer)
        recommendation.refresh_from_db()
        event = RecordEvent.objects.get(kind="recommendation_published")
        assert (recommendation.state, recommendation.published_by) == (State.PUBLISHED, reviewer)
        assert (recommendation.published_at, recommendation.words_sequence) == (event.at, event.sequence)
        assert (recommendation.status, recommendation.version) == (Status.NO_INFORMATION, 2)
        change = StatusChange.objects.get()
        closes_on = recommendation.roundtable.forum.closes_on
        assert (change.date, change.status, change.delta) == (closes_on, Status.NO_INFORMATION, 1)
        assert verify().problems == []

    def test_without_the_right(self) -> None:
        assert_refused("not_allowed", actions.publish_recommendation, RecommendationFactory(), by=EditorFactory())

    def test_second_time(self, reviewer: User) -> None:
        assert_refused("already_public", actions.publish_recommendation, published_recommendation(), by=reviewer)

    def test_after_its_withdrawal(self, reviewer: User) -> None:
        recommendation = published_recommendation()
        actions.withdraw_recommendation(recommendation, by=reviewer, reason="Not one")
        assert_refused("already_public", actions.publish_recommendation, recommendation, by=reviewer)

    def test_without_words(self, reviewer: User) -> None:
        draft = RecommendationFactory(official_text=" \n")
        assert_refused("words_missing", actions.publish_recommendation, draft, by=reviewer)

    def test_reference_that_another_once_had(self, reviewer: User) -> None:
        draft = RecommendationFactory()
        ReferenceAliasFactory(reference=draft.reference, recommendation=published_recommendation())
        assert_refused("reference_used", actions.publish_recommendation, draft, by=reviewer)


class TestCorrectOfficialText:
    """Old words, new words and the reason go into the chain."""

    def test_words_and_misprint(self, reviewer: User) -> None:
        recommendation = published_recommendation(official_text="The GMDF should meet.", sic="GMDF, for GFMD")
        facts = {"text": "The GFMD should meet.", "sic": "", "reason": "Misread", "by": reviewer}
        recommendation = actions.correct_official_text(recommendation, **facts)
        recommendation.refresh_from_db()
        event = RecordEvent.objects.get(kind="recommendation_corrected")
        told = json.loads(event.payload)
        assert (recommendation.official_text, recommendation.sic) == ("The GFMD should meet.", "")
        assert (recommendation.words_sequence, recommendation.version) == (event.sequence, 3)
        assert (told["old"]["official_text"], told["old"]["sic"]) == ("The GMDF should meet.", "GMDF, for GFMD")
        assert (told["new"]["official_text"], told["new"]["sic"]) == ("The GFMD should meet.", "")
        assert told["reason"] == "Misread"
        assert verify().problems == []

    def test_twice(self, reviewer: User) -> None:
        recommendation = published_recommendation(sic="A slip")
        for text in ("First.", "Second."):
            actions.correct_official_text(recommendation, by=reviewer, text=text, reason="Misread")
        recommendation.refresh_from_db()
        assert (recommendation.official_text, recommendation.sic) == ("Second.", "A slip")
        assert verify().problems == []

    def test_without_the_right(self) -> None:
        facts = {"text": "Other.", "reason": "Misread", "by": EditorFactory()}
        assert_refused("not_allowed", actions.correct_official_text, published_recommendation(), **facts)

    def test_without_a_reason(self, reviewer: User) -> None:
        facts = {"text": "Other.", "reason": " ", "by": reviewer}
        assert_refused("reason_missing", actions.correct_official_text, published_recommendation(), **facts)

    def test_draft(self, reviewer: User) -> None:
        facts = {"text": "Other.", "reason": "Misread", "by": reviewer}
        assert_refused("not_public", actions.correct_official_text, RecommendationFactory(), **facts)

    def test_no_words(self, reviewer: User) -> None:
        facts = {"text": "  ", "reason": "Misread", "by": reviewer}
        assert_refused("words_missing", actions.correct_official_text, published_recommendation(), **facts)

    @pytest.mark.parametrize("text", ["One.\nTwo: migré.", "One.\r\nTwo: migré.", "One.\nTwo: migre\u0301."])
    def test_same_words(self, text: str, reviewer: User) -> None:
        """A browser sends other line ends, a keyboard other accents; the words are the same."""
        recommendation = published_recommendation(official_text="One.\nTwo: migré.")
        facts = {"text": text, "reason": "Misread", "by": reviewer}
        assert_refused("words_unchanged", actions.correct_official_text, recommendation, **facts)


class TestWithdraw:
    """Its page stays and says so; it no longer counts."""

    def test_alone(self, reviewer: User) -> None:
        recommendation = published_assessment().recommendation
        recommendation = actions.withdraw_recommendation(recommendation, by=reviewer, reason=" Not one ")
        recommendation.refresh_from_db()
        event = RecordEvent.objects.get(kind="recommendation_withdrawn")
        assert (recommendation.state, recommendation.withdrawal_reason) == (State.WITHDRAWN, "Not one")
        assert (recommendation.withdrawn_by, recommendation.withdrawn_at) == (reviewer, event.at)
        assert (recommendation.merged_into, StatusChange.objects.count()) == (None, 0)
        assert verify().problems == []

    def test_merged_into_another(self, reviewer: User) -> None:
        recommendation, target = published_recommendation(), published_recommendation()
        facts = {"by": reviewer, "reason": "The same words", "merged_into": target}
        actions.withdraw_recommendation(recommendation, **facts)
        recommendation.refresh_from_db()
        assert recommendation.merged_into == target
        assert Recommendation.objects.public().count() == 2
        assert Recommendation.objects.published().get() == target
        assert verify().problems == []

    def test_without_the_right(self) -> None:
        facts = {"by": EditorFactory(), "reason": "Not one"}
        assert_refused("not_allowed", actions.withdraw_recommendation, published_recommendation(), **facts)

    def test_without_a_reason(self, reviewer: User) -> None:
        facts = {"by": reviewer, "reason": ""}
        assert_refused("reason_missing", actions.withdraw_recommendation, published_recommendation(), **facts)

    def test_draft_or_second_time(self, reviewer: User) -> None:
        facts = {"by": reviewer, "reason": "Not one"}
        assert_refused("not_public", actions.withdraw_recommendation, RecommendationFactory(), **facts)
        recommendation = actions.withdraw_recommendation(published_recommendation(), **facts)
        assert_refused("not_public", actions.withdraw_recommendation, recommendation, **facts)

    def test_merged_into_a_draft(self, reviewer: User) -> None:
        facts = {"by": reviewer, "reason": "Not one", "merged_into": RecommendationFactory()}
        assert_refused("not_public", actions.withdraw_recommendation, published_recommendation(), **facts)

    def test_merged_into_itself(self, reviewer: User) -> None:
        recommendation = published_recommendation()
        facts = {"by": reviewer, "reason": "Not one", "merged_into": recommendation}
        assert_refused("merged_into_itself", actions.withdraw_recommendation, recommendation, **facts)


def test_published_recommendation_is_never_deleted() -> None:
    recommendation = published_recommendation()
    with pytest.raises(ProtectedError):
        recommendation.delete()
    with pytest.raises(DatabaseError, match="delete refused"):
        run("DELETE FROM tracker_recommendation", {})
    assert Recommendation.objects.count() == 1


class TestNature:
    """Changed only while no published assessment contradicts it."""

    def test_unlike_a_published_assessment(self) -> None:
        recommendation = published_assessment().recommendation
        recommendation.nature = Nature.FINDING
        with pytest.raises(ValidationError) as refusal:
            recommendation.clean()
        assert list(refusal.value.message_dict) == ["nature"]

    def test_like_every_published_assessment(self, reviewer: User) -> None:
        assessment = published_assessment()
        assessment.recommendation.nature = Nature.UNDERTAKING
        assessment.recommendation.clean()
        actions.retract(assessment, by=reviewer, reason="Wrong")
        assessment.recommendation.nature = Nature.FINDING
        assessment.recommendation.clean()
