"""The assessment sheet: a roundtable on one screen, published together or not at all, and nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin_desk import Desk, said, sent_by
from tests.factories import (
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    RoundtableFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tests.test_admin_two_at_once import at_once
from tracker import actions
from tracker.models import FollowUp, Recommendation, Roundtable
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

SHEET = "recommendation_sheet"


@pytest.fixture
def desk() -> Desk:
    return Desk(ReviewerFactory())


@pytest.fixture
def roundtable() -> Roundtable:
    return RoundtableFactory()


@pytest.fixture
def three(roundtable: Roundtable) -> list[Recommendation]:
    return [published_recommendation(roundtable=roundtable) for _number in range(3)]


def typed(recommendation: Recommendation, **values: Any) -> dict[str, Any]:
    """Return what is typed into the row of a recommendation, by the names of its fields."""
    usual = {"status": "no_information", "body": "Nothing is known."}
    return {f"r{recommendation.pk}-{name}": value for name, value in {**usual, **values}.items()}


def complaints(answer: Any) -> dict[str, list[str]]:
    """Return the errors of each row, by reference."""
    rows = answer.context["sheet"].filled_in
    return {row.recommendation.reference: [error for _place, error in row.complaints] for row in rows}


def readings() -> list[tuple[str, str]]:
    found = FollowUp.objects.assessments().order_by("sequence")
    return [(str(entry.reference), entry.status) for entry in found]


class TestShown:
    """What a row says before anything is typed."""

    def test_a_row_for_each_published_recommendation_in_order(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        actions.withdraw_recommendation(three[1], by=desk.user, reason="Not one")
        published_recommendation(roundtable=RoundtableFactory())
        rows = desk.open(SHEET, roundtable.pk).context["sheet"].rows
        assert [row.recommendation for row in rows] == [three[0], three[2]]

    def test_what_is_new_stands_with_who_what_when_and_evidence_and_the_row_is_open(self, desk: Desk) -> None:
        old = published_entry(title="Known already")
        recommendation = old.recommendation
        published_assessment(recommendation=recommendation, rests_on=[old], occurred_from=dt.date(2012, 1, 1))
        backdated = published_entry(
            recommendation=recommendation, title="Found since", occurred_from=dt.date(2011, 5, 1)
        )
        page = desk.open(SHEET, recommendation.roundtable_id)
        (row,) = page.context["sheet"].rows
        assert (row.news, row.follow_ups, row.is_open) == ([backdated], [backdated, old], True)
        facts = page.content.decode().split("On record since this assessment")[1].split("</ul>")[0]
        for words in ("F2", "1 May 2011", f"{backdated.actor}: Found since", "Found in a public source"):
            assert words in facts
        assert f'href="{backdated.evidence.get().url}"' in facts

    def test_a_row_without_news_is_folded_but_can_be_filled_in(self, desk: Desk) -> None:
        entry = published_entry()
        published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        page = desk.open(SHEET, entry.recommendation.roundtable_id)
        (row,) = page.context["sheet"].rows
        assert (row.news, row.is_open) == ([], False)
        assert "Nothing is new since the last assessments" in page.content.decode()
        assert f"r{entry.recommendation_id}-status" in page.content.decode()

    def test_only_the_statuses_of_its_nature_each_with_its_meaning(self, desk: Desk) -> None:
        principle = published_recommendation(nature="principle")
        page = desk.open(SHEET, principle.roundtable_id)
        (row,) = page.context["sheet"].rows
        values = [value for value, _label in row.form.fields["status"].choices]
        assert values == ["", "ongoing", "superseded", "no_information"]
        assert "actions are on record, there is no end point" in page.content.decode()

    def test_follow_ups_to_rest_on_are_the_published_ones_newest_first(self, desk: Desk) -> None:
        first = published_entry(occurred_from=dt.date(2012, 1, 1))
        second = published_entry(recommendation=first.recommendation, occurred_from=dt.date(2013, 1, 1))
        FollowUpFactory(recommendation=first.recommendation)
        (row,) = desk.open(SHEET, first.recommendation.roundtable_id).context["sheet"].rows
        assert [value for value, _label in row.form.fields["supports"].choices] == [second.pk, first.pk]

    def test_a_roundtable_without_published_recommendations_says_so(self, desk: Desk, roundtable: Roundtable) -> None:
        assert (
            "No recommendation of this roundtable is published yet." in desk.open(SHEET, roundtable.pk).content.decode()
        )

    def test_as_many_queries_for_twenty_recommendations_as_for_one(self, desk: Desk, roundtable: Roundtable) -> None:
        found = []
        for number in (1, 19):
            for _row in range(number):
                entry = published_entry(recommendation=published_recommendation(roundtable=roundtable), evidence=2)
                published_assessment(recommendation=entry.recommendation, rests_on=[entry])
            ContentType.objects.clear_cache()
            with CaptureQueriesContext(connection) as queries:
                assert len(desk.open(SHEET, roundtable.pk).context["sheet"].rows) in {1, 20}
            found.append(len(queries))
        assert found == [8, 8]


class TestSaveAll:
    """Together or not at all."""

    def test_what_is_filled_in_is_published_and_the_rest_left_alone(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        support = published_entry(recommendation=three[2])
        row = typed(three[2], status="implemented", body="A law is in force.", supports=[support.pk], when="May 2012")
        answer = desk.fill(SHEET, roundtable.pk, **typed(three[0]), **row)
        assert answer.url == f"{desk.address(SHEET, roundtable.pk)}#container"
        assert readings() == [
            (f"{three[0].reference}-A1", "no_information"),
            (f"{three[2].reference}-A1", "implemented"),
        ]
        entry = three[2].entries.assessments().get()
        assert (entry.occurred_until, entry.precision, list(entry.rests_on.all()), entry.published_by) == (
            dt.date(2012, 5, 31),
            "month",
            [support],
            desk.user,
        )
        assert said(desk.client.get(answer.url))[0].startswith("Published 2 assessments: <a ")
        assert verify().problems == []

    def test_confirmed_cites_who_decided(self, desk: Desk, three: list[Recommendation]) -> None:
        row = typed(three[0], standing="confirmed")
        refused = desk.fill(SHEET, three[0].roundtable_id, **row)
        assert complaints(refused) == {
            three[0].reference: [
                "Cite the decision: add evidence that names who decided, when. “Confirmed” cannot stand without it."
            ]
        }
        again = {**sent_by(refused), f"r{three[0].pk}-decision-citation": "Steering Group, 4 May 2012"}
        desk.send(SHEET, three[0].roundtable_id, typed=again)
        entry = FollowUp.objects.assessments().get()
        assert (entry.standing, entry.evidence.get().citation) == ("confirmed", "Steering Group, 4 May 2012")

    def test_one_error_keeps_all_from_being_published_and_all_that_was_typed(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        wrong = typed(three[1], status="in_progress", body="Steps: <b>two</b>.")
        answer = desk.fill(SHEET, roundtable.pk, **typed(three[0]), **wrong)
        assert (answer.status_code, readings()) == (200, [])
        sentence = "Say in one sentence what remains: “In progress” is never left without it."
        assert complaints(answer) == {three[0].reference: [], three[1].reference: [sentence]}
        page = answer.content.decode()
        assert f'<a href="#id_r{three[1].pk}-remaining">{three[1].short_reference}: {sentence}</a>' in page
        kept = sent_by(answer)
        assert {**kept, **typed(three[0]), **wrong} == kept
        desk.send(SHEET, roundtable.pk, typed={**kept, f"r{three[1].pk}-remaining": "The rest."})
        assert [status for _reference, status in readings()] == ["no_information", "in_progress"]

    def test_every_refusal_of_the_rules_stands_in_its_row(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        on_nothing, in_future = typed(three[0], status="implemented"), typed(three[1], when="2099")
        answer = desk.fill(SHEET, roundtable.pk, **on_nothing, **in_future, **typed(three[2]))
        assert readings() == []
        assert [errors[0][:30] if errors else "" for errors in complaints(answer).values()] == [
            "“Implemented” rests on evidenc",
            "The date lies in the future: a",
            "",
        ]

    @pytest.mark.parametrize(
        "name", ["body", "remaining", "when", "decision-citation", "supports", "standing"], ids=lambda name: name
    )
    def test_a_row_with_something_but_no_status_is_an_error(self, name: str, desk: Desk) -> None:
        entry = published_entry()
        values = {"supports": entry.pk, "when": "May 2012", "standing": "confirmed"}
        row = {f"r{entry.recommendation_id}-{name}": values.get(name, "Words")}
        answer = desk.fill(SHEET, entry.recommendation.roundtable_id, **row)
        (errors,) = complaints(answer).values()
        assert "Choose a status, or empty the rest of this row." in errors
        assert readings() == []

    def test_an_empty_sheet_says_so(self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]) -> None:
        answer = desk.fill(SHEET, roundtable.pk)
        assert "no row is filled in" in answer.content.decode()
        assert readings() == []

    def test_a_sheet_of_yesterday_is_not_taken_for_one_that_was_filled_in(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        sheet = desk.form(SHEET, roundtable.pk)
        yesterday = f"{timezone.now() - dt.timedelta(days=1):%d %B %Y}".lstrip("0")
        dates = {name: yesterday for name in sheet if name.endswith("-when")}
        desk.send(SHEET, roundtable.pk, typed={**sheet, **dates, **typed(three[0])})
        assert FollowUp.objects.get().occurred_from == timezone.now().date() - dt.timedelta(days=1)

    def test_text_with_nul_is_refused_in_its_row(self, desk: Desk, three: list[Recommendation]) -> None:
        answer = desk.fill(SHEET, three[0].roundtable_id, **typed(three[0], body="a\0b"))
        assert "An invisible character (NUL)" in complaints(answer)[three[0].reference][0]

    def test_markup_in_a_row_is_inert(self, desk: Desk, three: list[Recommendation]) -> None:
        row = typed(three[0], status="", body='</textarea><script>alert("x")</script>')
        assert "<script>alert" not in desk.fill(SHEET, three[0].roundtable_id, **row).content.decode()


class TestTwoAtOnce:
    """Somebody else, the same person twice, and what does not belong here."""

    def test_an_assessment_made_meanwhile_is_shown_and_must_be_seen(
        self, desk: Desk, three: list[Recommendation]
    ) -> None:
        roundtable = three[0].roundtable_id
        sheet = desk.form(SHEET, roundtable) | typed(three[0], body="What I typed.")
        theirs = published_assessment(
            recommendation=three[0], body="What they found.", by=ReviewerFactory(username="ana")
        )
        answer = desk.send(SHEET, roundtable, typed=sheet)
        page = answer.content.decode()
        assert complaints(answer)[three[0].reference][0].startswith("Somebody else changed this")
        for words in ("Somebody assessed it meanwhile", "What they found.", "published by ana", "What I typed."):
            assert words in page
        assert readings() == [(str(theirs.reference), "in_progress")]
        desk.send(SHEET, roundtable, typed=sent_by(answer))
        assert [status for _reference, status in readings()] == ["in_progress", "no_information"]

    def test_one_made_meanwhile_on_a_row_that_is_left_alone_does_not_matter(
        self, desk: Desk, three: list[Recommendation]
    ) -> None:
        sheet = desk.form(SHEET, three[0].roundtable_id) | typed(three[1])
        published_assessment(recommendation=three[0])
        assert desk.send(SHEET, three[0].roundtable_id, typed=sheet).status_code == 302

    def test_one_that_was_withdrawn_meanwhile_keeps_what_was_typed(
        self, desk: Desk, three: list[Recommendation]
    ) -> None:
        sheet = desk.form(SHEET, three[0].roundtable_id) | typed(three[0], body="What I typed.")
        actions.withdraw_recommendation(three[0], by=desk.user, reason="Not one")
        answer = desk.send(SHEET, three[0].roundtable_id, typed=sheet)
        assert complaints(answer)[three[0].reference][0].startswith(f"Publish {three[0].reference} first")
        assert "What I typed." in answer.content.decode()

    def test_one_that_was_published_meanwhile_is_not_an_error(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        sheet = desk.form(SHEET, roundtable.pk) | typed(three[0])
        published_recommendation(roundtable=roundtable)
        assert desk.send(SHEET, roundtable.pk, typed=sheet).status_code == 302

    def test_a_sheet_sent_twice_is_published_once(self, desk: Desk, three: list[Recommendation]) -> None:
        sheet = desk.form(SHEET, three[0].roundtable_id) | typed(three[0])
        answers = [desk.send(SHEET, three[0].roundtable_id, typed=sheet) for _number in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert said(desk.client.get(answers[1].url))[-1] == "This sheet was sent twice: it was published once."
        assert len(readings()) == 1

    def test_a_key_of_another_roundtable_changes_nothing(
        self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]
    ) -> None:
        elsewhere = published_entry(recommendation=published_recommendation(roundtable=RoundtableFactory()))
        stranger = typed(elsewhere.recommendation) | {f"r{elsewhere.recommendation_id}-seen": ""}
        answer = desk.fill(SHEET, roundtable.pk, **stranger)
        assert (answer.status_code, readings()) == (200, [])
        answer = desk.fill(SHEET, roundtable.pk, **typed(three[0], supports=elsewhere.pk))
        assert "is not one of the available choices" in complaints(answer)[three[0].reference][0]
        assert readings() == []


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """Threads, each with a connection of its own."""

    def test_a_double_click_publishes_once(self) -> None:
        recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
        sheet = desk.form(SHEET, recommendation.roundtable_id) | typed(recommendation)
        answers = at_once(*[lambda: desk.send(SHEET, recommendation.roundtable_id, typed=sheet).status_code] * 3)
        assert (answers, len(readings())) == ([302, 302, 302], 1)

    def test_of_two_reviewers_one_publishes_and_the_other_is_shown_it(self) -> None:
        recommendation = published_recommendation()
        roundtable, desks = recommendation.roundtable_id, [Desk(ReviewerFactory()) for _number in range(2)]
        sheets = [desk.form(SHEET, roundtable) | typed(recommendation) for desk in desks]
        answers = at_once(
            *(
                lambda desk=desk, sheet=sheet: desk.send(SHEET, roundtable, typed=sheet)
                for desk, sheet in zip(desks, sheets, strict=True)
            )
        )
        shown, done = sorted(answers, key=lambda answer: answer.status_code)
        assert (shown.status_code, done.status_code, len(readings())) == (200, 302, 1)
        assert "Somebody assessed it meanwhile" in shown.content.decode()


class TestDoors:
    """Who gets in, from where, and what becomes of what was typed when the sign-in has expired."""

    def test_an_editor_is_refused_and_not_led_there(self, three: list[Recommendation]) -> None:
        desk, roundtable = Desk(EditorFactory()), three[0].roundtable_id
        address = desk.address(SHEET, roundtable)
        assert (desk.open(SHEET, roundtable).status_code, desk.client.post(address).status_code) == (403, 403)
        for name, key in (("roundtable_change", roundtable), ("recommendation_change", three[0].pk)):
            assert address not in desk.open(name, key).content.decode()
        assert address not in desk.open("recommendation_changelist").content.decode()

    def test_the_ways_to_it(self, desk: Desk, roundtable: Roundtable, three: list[Recommendation]) -> None:
        published_entry(recommendation=three[0])
        address = desk.address(SHEET, roundtable.pk)
        pages = {
            "index": desk.client.get(reverse("admin:index")),
            "list": desk.open("recommendation_changelist"),
            "recommendation": desk.open("recommendation_change", three[0].pk),
            "roundtable": desk.open("roundtable_change", roundtable.pk),
            "forum": desk.open("forum_change", roundtable.forum_id),
        }
        assert [name for name, page in pages.items() if address not in page.content.decode()] == []

    def test_a_roundtable_that_is_none(self, desk: Desk) -> None:
        assert desk.open(SHEET, 4711).status_code == 404

    def test_an_expired_sign_in_loses_nothing(self, three: list[Recommendation]) -> None:
        reviewer = ReviewerFactory(username="reviewer", password="a-long-pass-phrase")
        desk, roundtable = Desk(reviewer), three[0].roundtable_id
        sheet = desk.form(SHEET, roundtable) | typed(three[0], body='Words with "quotes"\nand a line.')
        desk.client = Client()
        page = desk.send(SHEET, roundtable, typed=sheet)
        assert "Sign in and go on" in page.content.decode()
        wrong = {**sent_by(page), "username": "reviewer", "password": "wrong"}
        page = desk.send(SHEET, roundtable, button="sign_in_again", typed=wrong)
        assert "Please enter the correct username and password" in page.content.decode()
        assert "wrong" not in page.content.decode()
        right = {**sent_by(page), "username": "reviewer", "password": "a-long-pass-phrase"}
        page = desk.send(SHEET, roundtable, button="sign_in_again", typed=right)
        assert said(page) == ["You are signed in again. Nothing is published yet: look, then save all."]
        assert readings() == []
        desk.send(SHEET, roundtable, typed=sent_by(page))
        assert FollowUp.objects.get().body == 'Words with "quotes"\nand a line.'

    def test_a_token_that_was_renewed_in_another_tab_loses_nothing(self, three: list[Recommendation]) -> None:
        reviewer, roundtable = (
            ReviewerFactory(username="reviewer", password="a-long-pass-phrase"),
            three[0].roundtable_id,
        )
        desk = Desk(reviewer)
        desk.client = Client(enforce_csrf_checks=True)
        desk.client.force_login(reviewer)
        sheet = desk.form(SHEET, roundtable) | typed(three[0], body="What I typed.")
        stale = {**sheet, "csrfmiddlewaretoken": "a" * 64}
        page = desk.send(SHEET, roundtable, typed=stale)
        assert ("Sign in and go on" in page.content.decode(), readings()) == (True, [])
        named = {"username": "reviewer", "password": "a-long-pass-phrase"}
        from_elsewhere = {**sent_by(page), **named, "csrfmiddlewaretoken": "a" * 64}
        page = desk.send(SHEET, roundtable, button="sign_in_again", typed=from_elsewhere)
        assert "Sign in and go on" in page.content.decode()
        page = desk.send(SHEET, roundtable, button="sign_in_again", typed={**sent_by(page), **named})
        assert "What I typed." in page.content.decode()
        assert desk.send(SHEET, roundtable, typed=sent_by(page)).status_code == 302
        assert len(readings()) == 1

    def test_an_expired_sign_in_of_an_editor_does_not_get_in(self, three: list[Recommendation]) -> None:
        EditorFactory(username="editor", password="a-long-pass-phrase")
        sent = {"username": "editor", "password": "a-long-pass-phrase", "sign_in_again": "1", **typed(three[0])}
        address = reverse("admin:tracker_recommendation_sheet", args=[three[0].roundtable_id])
        assert Client().post(address, sent).status_code == 403
        assert readings() == []
