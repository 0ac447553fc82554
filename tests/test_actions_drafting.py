"""Several drafts at once: entered, corrected, published; all of them or none."""

from typing import Any

import pytest

from tests.factories import (
    ConclusionFactory,
    EditorFactory,
    RecommendationFactory,
    ReferenceAliasFactory,
    ReviewerFactory,
    RoundtableFactory,
    UserFactory,
    published_recommendation,
)
from tests.refusals import assert_refused
from tracker.actions.drafting import Draft, draft_recommendations, publish_recommendations, revise_drafts
from tracker.models import AuditEvent, Recommendation, RecordEvent

pytestmark = pytest.mark.django_db


def draft(number: int, **other: Any) -> Draft:
    return Draft(
        **{"number": number, "words": f"Do {number}.", "headline": f"Do {number}", "nature": "request", **other}
    )


def kept() -> dict[str, str]:
    """Return the headlines by reference."""
    return dict(Recommendation.objects.order_by("reference").values_list("reference", "headline_en"))


class TestDrafting:
    """What was typed is kept under the references that follow."""

    def test_several(self) -> None:
        made = draft_recommendations(
            RoundtableFactory(),
            by=EditorFactory(),
            drafts=[draft(1), draft(2, nature="finding")],
            language="fr",
            source_document="Conclusions",
        )
        assert kept() == {"GFMD-2010-RT1-01": "Do 1", "GFMD-2010-RT1-02": "Do 2"}
        second = Recommendation.objects.get(pk=made[1].pk)
        assert (second.state, second.nature, second.official_text) == ("draft", "finding", "Do 2.")
        assert (second.official_language, second.source_document) == ("fr", "Conclusions")
        assert second.history.count() == 1

    def test_not_allowed(self) -> None:
        assert_refused("not_allowed", draft_recommendations, RoundtableFactory(), by=UserFactory(), drafts=[draft(1)])


class TestRevising:
    """Drafts are changed in place."""

    def test_swapped_numbers(self) -> None:
        first, second = RecommendationFactory(headline_en="A"), RecommendationFactory(headline_en="B")
        roundtable = first.roundtable
        drafts = {first.pk: draft(2, headline="A"), second.pk: draft(1, headline="B")}
        revise_drafts(roundtable, by=EditorFactory(), drafts=drafts)
        assert kept() == {"GFMD-2010-RT1-01": "B", "GFMD-2010-RT1-02": "A"}

    def test_only_what_differs_is_a_new_version(self) -> None:
        same, other = RecommendationFactory(), RecommendationFactory()
        as_it_is = Draft(same.number, same.official_text, "Thing 1 of RT1", "request")
        drafts = {same.pk: as_it_is, other.pk: draft(2, words="Other words.")}
        changed = revise_drafts(same.roundtable, by=EditorFactory(), drafts=drafts)
        assert [row.pk for row in changed] == [other.pk]
        assert list(Recommendation.objects.order_by("number").values_list("version", flat=True)) == [1, 2]

    def test_a_deleted_one_frees_its_number(self) -> None:
        first, second, editor = RecommendationFactory(), RecommendationFactory(), EditorFactory()
        revise_drafts(first.roundtable, by=editor, drafts={second.pk: draft(1)}, deleted=[first.pk])
        assert kept() == {"GFMD-2010-RT1-01": "Do 1"}
        noted = AuditEvent.objects.values_list("who", "what", "subject")
        assert list(noted) == [(editor.pk, "deleted", "GFMD-2010-RT1-01")]

    def test_what_is_published_or_of_another_roundtable_stays(self) -> None:
        public = published_recommendation(headline_en="Public")
        elsewhere = RecommendationFactory(roundtable=RoundtableFactory(), headline_en="Elsewhere")
        drafts = {public.pk: draft(7), elsewhere.pk: draft(8)}
        both = [public.pk, elsewhere.pk]
        assert revise_drafts(public.roundtable, by=EditorFactory(), drafts=drafts, deleted=both) == []
        assert list(kept().values()) == ["Public", "Elsewhere"]

    def test_one_that_is_referred_to_is_not_deleted(self) -> None:
        referred = ConclusionFactory(tracked_as=RecommendationFactory()).tracked_as
        sentence = assert_refused(
            "draft_in_use", revise_drafts, referred.roundtable, by=EditorFactory(), drafts={}, deleted=[referred.pk]
        )
        assert sentence.startswith("GFMD-2010-RT1-01 cannot be deleted")

    def test_not_allowed(self) -> None:
        one = RecommendationFactory()
        assert_refused("not_allowed", revise_drafts, one.roundtable, by=UserFactory(), drafts={one.pk: draft(3)})


class TestPublishing:
    """All at once."""

    def test_in_order(self) -> None:
        drafts = [RecommendationFactory(), RecommendationFactory()]
        reviewer = ReviewerFactory()
        assert [one.state for one in publish_recommendations(drafts, by=reviewer)] == ["published"] * 2
        subjects = RecordEvent.objects.filter(kind="recommendation_published").order_by("sequence")
        assert list(subjects.values_list("subject", flat=True)) == ["GFMD-2010-RT1-01", "GFMD-2010-RT1-02"]

    def test_one_refused_is_named_and_none_is_published(self) -> None:
        drafts = [RecommendationFactory(), RecommendationFactory(official_text=" ")]
        sentence = assert_refused("words_missing", publish_recommendations, drafts, by=ReviewerFactory())
        assert sentence == "GFMD-2010-RT1-02: Enter the official words before publishing."

    def test_an_old_reference_of_another(self) -> None:
        drafts = [RecommendationFactory(), RecommendationFactory()]
        ReferenceAliasFactory(reference=drafts[1].reference)
        assert_refused("reference_used", publish_recommendations, drafts, by=ReviewerFactory())

    def test_not_allowed(self) -> None:
        assert_refused("not_allowed", publish_recommendations, [RecommendationFactory()], by=EditorFactory())
