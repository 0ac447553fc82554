"""Recommendations at the desk: drafts, official words, the record beside the form, and assessments."""

from typing import Any

import pytest

from tests.admin_desk import Desk, errors, said, sent_by
from tests.factories import (
    EditorFactory,
    FollowUpFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tracker.models import FollowUp, Nature, Recommendation

pytestmark = pytest.mark.django_db


def test_a_recommendation_is_entered_and_published_in_one_step() -> None:
    roundtable, desk = RoundtableFactory(), Desk(ReviewerFactory())
    answer = desk.fill(
        "recommendation_add",
        button="_publish",
        query=f"?roundtable={roundtable.pk}",
        number="3",
        headline_en="Skills",
        official_text="Skills should be recognised.",
    )
    assert answer.status_code == 302
    recommendation = Recommendation.objects.get()
    assert (recommendation.reference, recommendation.state) == (f"GFMD-2010-{roundtable.code}-03", "published")


def test_a_draft_without_words_is_kept_as_typed() -> None:
    roundtable, desk = RoundtableFactory(), Desk(ReviewerFactory())
    query = f"?roundtable={roundtable.pk}"
    answer = desk.fill("recommendation_add", button="_publish", query=query, number="3", headline_en="Skills")
    assert errors(answer) == ["This field is required."]
    assert sent_by(answer)["headline_en"] == "Skills"
    assert Recommendation.objects.count() == 0


def test_an_editor_may_not_publish_a_recommendation() -> None:
    draft, desk = RecommendationFactory(), Desk(EditorFactory())
    assert 'name="_publish"' not in desk.open("recommendation_change", draft.pk).content.decode()
    refused = desk.fill("recommendation_change", draft.pk, button="_publish")
    assert ["Your account may not do this" in message for message in errors(refused)] == [True]
    for page in ("publish", "correct-words", "withdraw", "assess"):
        assert desk.open(f"recommendation_{page}", draft.pk).status_code == 403


def test_official_words_are_frozen_once_published() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    typed = desk.form("recommendation_change", recommendation.pk)
    frozen = {"official_text", "sic", "number", "roundtable", "official_language", "source_document"}
    assert set(typed) & frozen == set()
    forged = {**typed, "official_text": "Forged", "number": "99", "headline_en": "Ours"}
    assert desk.send("recommendation_change", recommendation.pk, typed=forged).status_code == 302
    after = Recommendation.objects.get()
    assert (after.official_text, after.number, after.headline_en) == (
        recommendation.official_text,
        recommendation.number,
        "Ours",
    )
    assert desk.open("recommendation_delete", recommendation.pk).status_code == 403


def test_official_words_are_corrected_with_a_reason() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    unchanged = desk.fill("recommendation_correct-words", recommendation.pk, reason="A misprint of ours.")
    assert errors(unchanged) == ["These are the official words as they stand. Nothing was changed."]
    assert errors(desk.fill("recommendation_correct-words", recommendation.pk, text="New.")) == ["Give a reason."]
    typed = {**sent_by(unchanged), "text": "The words of the document."}
    assert desk.send("recommendation_correct-words", recommendation.pk, typed=typed).status_code == 302
    assert Recommendation.objects.get().official_text == "The words of the document."


def test_a_recommendation_is_withdrawn_with_a_reason() -> None:
    first, second, desk = published_recommendation(), published_recommendation(), Desk(ReviewerFactory())
    answer = desk.fill("recommendation_withdraw", first.pk, reason="The same twice.", merged_into=second.pk)
    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.state, first.merged_into, first.withdrawal_reason) == ("withdrawn", second, "The same twice.")
    again = desk.client.get(desk.address("recommendation_withdraw", first.pk), follow=True)
    assert said(again)[-1] == f"{first.reference} is not published."


def test_a_nature_that_a_published_assessment_contradicts_is_refused() -> None:
    reading, desk = published_assessment(), Desk(ReviewerFactory())
    answer = desk.fill("recommendation_change", reading.recommendation_id, nature="principle")
    assert errors(answer) == ["A published assessment gives a status that this nature does not have: correct it first."]


def test_the_record_stands_beside_the_form_latest_first_with_what_waits_on_top() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    early = published_entry(recommendation=recommendation)
    reading = published_assessment(recommendation=recommendation, rests_on=[early])
    draft = FollowUpFactory(recommendation=recommendation)
    page = desk.open("recommendation_change", recommendation.pk)
    assert [entry.pk for entry in page.context["record"]] == [draft.pk, reading.pk, early.pk]
    assert page.context["standing_words"] == "In progress, provisional, since 12 November 2010"
    shown = page.content.decode()
    assert f'href="{desk.address("followup_add")}?recommendation={recommendation.pk}"' in shown
    assert f'href="{desk.address("recommendation_assess", recommendation.pk)}"' in shown


def test_nothing_is_logged_or_assessed_on_a_draft() -> None:
    draft, desk = RecommendationFactory(), Desk(ReviewerFactory())
    page = desk.open("recommendation_change", draft.pk)
    assert (page.context["may_log"], page.context["may_assess"]) == (False, False)
    answer = desk.client.get(desk.address("recommendation_assess", draft.pk), follow=True)
    assert said(answer) == [f"{draft.reference} is not published."]


@pytest.mark.parametrize(
    ("nature", "statuses"),
    [
        (
            Nature.REQUEST,
            "implemented partially_implemented in_progress superseded not_pursued no_information",
        ),
        (Nature.PRINCIPLE, "ongoing superseded no_information"),
    ],
)
def test_an_assessment_offers_what_the_nature_allows_with_its_meaning(nature: str, statuses: str) -> None:
    recommendation, desk = published_recommendation(nature=nature), Desk(ReviewerFactory())
    page = desk.open("recommendation_assess", recommendation.pk)
    assert [value for value, _label in page.context["form"].fields["status"].choices] == statuses.split()
    assert "Its object or addressee no longer exists" in page.content.decode()


def assess(desk: Desk, recommendation: Recommendation, **typed: Any) -> Any:
    return desk.fill("recommendation_assess", recommendation.pk, **{"body": "It is in place.", **typed})


def test_an_assessment_is_published_once() -> None:
    entry, desk = published_entry(), Desk(ReviewerFactory())
    typed = {
        **desk.form("recommendation_assess", entry.recommendation_id),
        "status": "implemented",
        "body": "It is in place.",
        "supports": [entry.pk],
    }
    assert desk.send("recommendation_assess", entry.recommendation_id, typed=typed).status_code == 302
    reading = FollowUp.objects.get(basis="assessed")
    assert (reading.state, reading.status, reading.standing) == ("published", "implemented", "provisional")
    assert list(reading.rests_on.all()) == [entry]
    assert reading.occurred_from == reading.published_at.date()  # type: ignore[union-attr]
    again = desk.client.post(desk.address("recommendation_assess", entry.recommendation_id), typed, follow=True)
    assert "This form was sent twice: it was published once." in said(again)
    assert FollowUp.objects.filter(basis="assessed").count() == 1


def test_a_confirmed_assessment_cites_who_decided() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    refused = assess(desk, recommendation, status="not_pursued", standing="confirmed")
    assert ["Cite the decision" in message for message in errors(refused)] == [True]
    cited = {**sent_by(refused), "evidence-0-citation": "Decision of the Steering Group, 3 May 2012"}
    assert desk.send("recommendation_assess", recommendation.pk, typed=cited).status_code == 302
    reading = FollowUp.objects.get()
    assert (reading.standing, reading.evidence.get().citation) == (
        "confirmed",
        "Decision of the Steering Group, 3 May 2012",
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose one."),
        ({"status": "in_progress"}, "Say in one sentence what remains: “In progress” is never left without it."),
        ({"status": "in_progress", "body": ""}, "Give the reasoning: an assessment without one cannot be judged"),
        ({"status": "implemented"}, "“Implemented” rests on evidence: tick an entry that has some"),
        ({"status": "no_information", "remaining": "Much."}, "What remains is said of readings in progress"),
        ({"status": "ongoing"}, "Select a valid choice. ongoing is not one of the available choices."),
        ({"status": "no_information", "when": "2 May 2010"}, "The Forum opened on 8 November 2010"),
        ({"status": "no_information", "when": "2 May 2031"}, "The date lies in the future"),
        ({"status": "no_information", "evidence-0-url": "nonsense"}, "Enter the whole address"),
    ],
)
def test_a_refused_assessment_says_why_and_keeps_what_was_typed(typed: dict[str, str], words: str) -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    answer = assess(desk, recommendation, **typed)
    assert [words in message for message in errors(answer)] == [True]
    assert sent_by(answer)["body"] == typed.get("body", "It is in place.")
    assert FollowUp.objects.count() == 0


def test_an_assessment_rests_on_nothing_that_counts_later_and_on_nothing_elsewhere() -> None:
    entry, elsewhere, desk = published_entry(occurred_from="2013-05-01"), published_entry(), Desk(ReviewerFactory())
    entry.refresh_from_db()
    later = assess(desk, entry.recommendation, status="superseded", when="2 May 2012", supports=entry.pk)
    assert errors(later) == [f"{entry.reference} counts from a later date than the assessment that rests on it."]
    foreign = assess(desk, entry.recommendation, status="superseded", supports=elsewhere.pk)
    assert errors(foreign) == [f"Select a valid choice. {elsewhere.pk} is not one of the available choices."]


def test_an_assessment_that_was_typed_survives_an_expired_sign_in() -> None:
    reviewer = ReviewerFactory(username="reviewer", password="a-long-pass-phrase")
    recommendation, desk = published_recommendation(), Desk(reviewer)
    typed = desk.form("recommendation_assess", recommendation.pk) | {"status": "no_information", "body": "Nothing."}
    desk.client.logout()
    page = desk.send("recommendation_assess", recommendation.pk, typed=typed)
    named = {**sent_by(page), "username": "reviewer", "password": "a-long-pass-phrase"}
    page = desk.send("recommendation_assess", recommendation.pk, button="sign_in_again", typed=named)
    assert FollowUp.objects.count() == 0
    desk.send("recommendation_assess", recommendation.pk, typed=sent_by(page))
    assert FollowUp.objects.get().body == "Nothing."
