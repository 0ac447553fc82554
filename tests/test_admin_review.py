"""Review: submitted entries side by side with their evidence, published or given back together or not at all."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin_desk import Desk, said, sent_by
from tests.factories import (
    ActorFactory,
    AssessmentFactory,
    EditorFactory,
    FollowUpFactory,
    ReportFactory,
    ReviewerFactory,
    SuperuserFactory,
    published_entry,
)
from tracker import actions
from tracker.models import FollowUp, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

REVIEW, LIST = "followup_review", "followup_changelist"


@pytest.fixture
def editor() -> User:
    return EditorFactory()


@pytest.fixture
def desk() -> Desk:
    return Desk(ReviewerFactory())


def submitted(by: User, **facts: Any) -> FollowUp:
    return actions.submit(FollowUpFactory(**facts), by=by)


def ticking(*entries: FollowUp) -> dict[str, list[int]]:
    return {"tick": [entry.pk for entry in entries]}


def states(*entries: FollowUp) -> list[str]:
    return [FollowUp.objects.get(pk=entry.pk).state for entry in entries]


def refusals(answer: Any) -> dict[int, str]:
    """Return what stands beside each card that was refused."""
    return {card.entry.pk: card.refusal.code for card in answer.context["refused"]}


def choose(desk: Desk, action: str, *entries: FollowUp) -> Any:
    """Choose entries in the list and press the button of an action; return the page it leads to."""
    chosen = {"action": action, "_selected_action": [entry.pk for entry in entries]}
    return desk.client.post(desk.address(LIST), chosen, follow=True)


class TestShown:
    """What one sees before deciding."""

    def test_what_others_submitted_first_first_and_nothing_of_ones_own(self, desk: Desk, editor: User) -> None:
        first, second = submitted(editor), submitted(editor)
        submitted(desk.user)
        FollowUpFactory()
        page = desk.open(REVIEW)
        assert [(card.entry, card.ticked) for card in page.context["cards"]] == [(first, False), (second, False)]
        assert "2 entries that others submitted" in page.content.decode()

    def test_an_entry_stands_beside_its_evidence(self, desk: Desk, editor: User) -> None:
        entry = submitted(
            editor,
            title="A law <b>was</b> adopted",
            body="It *enters* into force.",
            internal_note="Ask Ana.",
            evidence=2,
        )
        page = desk.open(REVIEW).content.decode()
        evidence = [f'href="{row.url}"' for row in entry.evidence.all()]
        for words in (
            "A law &lt;b&gt;was&lt;/b&gt; adopted",
            "It <em>enters</em> into force.",
            entry.recommendation.official_text,
            f"Submitted by {editor}",
            "Internal note: Ask Ana.",
            *evidence,
        ):
            assert words in page

    def test_what_came_back_says_why_it_was_returned(self, desk: Desk, editor: User) -> None:
        entry = actions.return_to_author(submitted(editor), by=desk.user, reason="Which page?")
        actions.submit(entry, by=editor)
        assert f"Returned before by {desk.user}: Which page?" in desk.open(REVIEW).content.decode()

    def test_an_assessment_stands_beside_what_it_rests_on(self, desk: Desk, editor: User) -> None:
        support = published_entry()
        draft = AssessmentFactory(
            recommendation=support.recommendation, rests_on=[support], occurred_from=support.counts_from
        )
        actions.submit(draft, by=editor)
        assert f"{support.actor}: {support.title}" in desk.open(REVIEW).content.decode()

    def test_nothing_to_review_says_so(self, desk: Desk) -> None:
        assert "Nothing waits for your review." in desk.open(REVIEW).content.decode()

    def test_as_many_queries_for_twenty_entries_as_for_one(self, desk: Desk, editor: User) -> None:
        found = []
        for number in (1, 19):
            for _entry in range(number):
                submitted(editor, partners=[ActorFactory()], evidence=2)
            ContentType.objects.clear_cache()
            with CaptureQueriesContext(connection) as queries:
                assert len(desk.open(REVIEW).context["cards"]) in {1, 20}
            found.append(len(queries))
        assert found == [9, 9]

    def test_twenty_at_a_time(self, desk: Desk, editor: User) -> None:
        for _entry in range(21):
            submitted(editor)
        page = desk.open(REVIEW)
        assert (len(page.context["cards"]), page.context["number"]) == (20, 21)
        assert "20 are shown; the others follow when these are done." in page.content.decode()


class TestPublish:
    """The ticked, together."""

    def test_the_ticked_are_published_and_the_others_wait(self, desk: Desk, editor: User) -> None:
        entries = [submitted(editor) for _number in range(3)]
        answer = desk.fill(REVIEW, button="_publish", **ticking(*entries[:2]))
        assert answer.url == desk.address(REVIEW)
        assert states(*entries) == ["published", "published", "submitted"]
        assert verify().problems == []
        page = desk.client.get(answer.url)
        assert [card.entry for card in page.context["cards"]] == entries[2:]
        assert said(page)[0].startswith("Published as <a ")

    def test_one_that_is_refused_keeps_all_back_and_says_why(self, desk: Desk, editor: User) -> None:
        fine, without = submitted(editor), submitted(editor, evidence=0)
        answer = desk.fill(REVIEW, button="_publish", **ticking(fine, without))
        assert refusals(answer) == {without.pk: "source_missing"}
        assert f'<a href="#e{without.pk}">' in answer.content.decode()
        assert [card.ticked for card in answer.context["cards"]] == [True, True]
        assert "Give a reason." not in answer.content.decode()
        assert states(fine, without) == ["submitted", "submitted"]

    def test_nothing_ticked(self, desk: Desk, editor: User) -> None:
        entry = submitted(editor)
        answer = desk.fill(REVIEW, button="_publish")
        assert said(answer) == ["Nothing was done: tick at least one entry."]
        assert states(entry) == ["submitted"]

    def test_no_button_pressed_changes_nothing(self, desk: Desk, editor: User) -> None:
        entry = submitted(editor)
        answer = desk.fill(REVIEW, button="other", **ticking(entry))
        assert (answer.status_code, states(entry)) == (200, ["submitted"])

    def test_what_was_changed_since_it_was_read_is_not_published(self, desk: Desk, editor: User) -> None:
        entry = submitted(editor)
        typed = {**desk.form(REVIEW), **ticking(entry)}
        FollowUp.objects.filter(pk=entry.pk).update(title="Another title", version=entry.version + 1)
        answer = desk.send(REVIEW, button="_publish", typed=typed)
        assert (refusals(answer), states(entry)) == ({entry.pk: "stale"}, ["submitted"])
        assert "Another title" in answer.content.decode()
        desk.send(REVIEW, button="_publish", typed=sent_by(answer))
        assert states(entry) == ["published"]

    def test_pressed_twice_it_is_done_once(self, desk: Desk, editor: User) -> None:
        entry = submitted(editor)
        typed = {**desk.form(REVIEW), **ticking(entry)}
        answers = [desk.send(REVIEW, button="_publish", typed=typed) for _number in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert said(desk.client.get(answers[1].url))[-1] == "This form was sent twice: it was done once."

    def test_a_key_that_is_none_or_was_not_shown_changes_nothing(self, desk: Desk, editor: User) -> None:
        shown, other = submitted(editor), FollowUpFactory()
        typed = desk.form(REVIEW) | {"tick": [other.pk, "x", "9" * 30]}
        desk.send(REVIEW, button="_publish", typed=typed)
        assert states(shown, other) == ["submitted", "draft"]


class TestReturn:
    """With one reason."""

    def test_the_ticked_go_back_with_the_reason(self, desk: Desk, editor: User) -> None:
        entries = [submitted(editor) for _number in range(3)]
        answer = desk.fill(REVIEW, button="_return", reason="Which page?", **ticking(*entries[:2]))
        assert states(*entries) == ["returned", "returned", "submitted"]
        assert FollowUp.objects.get(pk=entries[0].pk).return_reason == "Which page?"
        assert said(desk.client.get(answer.url)) == ["Returned 2 entries with your reason."]

    def test_without_a_reason(self, desk: Desk, editor: User) -> None:
        entry = submitted(editor)
        answer = desk.fill(REVIEW, button="_return", **ticking(entry))
        assert answer.context["form"].errors == {"reason": ["Give a reason."]}
        assert [card.ticked for card in answer.context["cards"]] == [True]
        assert states(entry) == ["submitted"]


class TestFromTheList:
    """Several chosen in the list of entries."""

    def test_chosen_entries_are_looked_at_first_and_published_together(self, desk: Desk, editor: User) -> None:
        draft, report = FollowUpFactory(), actions.submit(ReportFactory(), by=editor)
        FollowUpFactory()
        page = choose(desk, "publish_chosen", draft, report)
        assert states(draft, report) == ["draft", "submitted"]
        assert {card.entry: card.ticked for card in page.context["cards"]} == {draft: True, report: True}
        assert [name for name, _words in page.context["buttons"]] == ["_publish"]
        answer = desk.client.post(
            page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {**sent_by(page), "_publish": "1"}
        )
        assert answer.url == desk.address(LIST)
        assert states(draft, report) == ["published", "published"]

    def test_one_of_ones_own_is_marked_with_the_reason(self, desk: Desk) -> None:
        own, fine = actions.submit(ReportFactory(), by=desk.user), FollowUpFactory()
        page = choose(desk, "publish_chosen", own, fine)
        found = {card.entry: (card.ticked, card.obstacle and card.obstacle.code) for card in page.context["cards"]}
        assert found == {own: (False, "four_eyes"), fine: (True, None)}
        assert "What a body reports of itself is published by another person" in page.content.decode()
        assert desk.address("followup_publish", own.pk) not in page.content.decode()

    def test_where_it_can_be_waived_the_way_is_shown(self) -> None:
        desk = Desk(SuperuserFactory())
        own = actions.submit(ReportFactory(), by=desk.user)
        page = choose(desk, "publish_chosen", own)
        assert desk.address("followup_publish", own.pk) in page.content.decode()

    def test_a_correction_is_published_on_its_own_page(self, desk: Desk) -> None:
        draft = actions.start_correction(published_entry(), by=desk.user)
        page = choose(desk, "publish_chosen", draft)
        assert [card.obstacle.code for card in page.context["cards"]] == ["is_correction"]
        assert desk.address("followup_publish", draft.pk) in page.content.decode()

    def test_several_are_returned_with_a_reason_but_drafts_are_not(self, desk: Desk, editor: User) -> None:
        entry, draft = submitted(editor), FollowUpFactory()
        page = choose(desk, "return_chosen", entry, draft)
        found = {card.entry: card.obstacle and card.obstacle.code for card in page.context["cards"]}
        assert found == {entry: None, draft: "not_submitted"}
        sent = {**sent_by(page), "reason": "Which page?", "_return": "1"}
        desk.client.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent)
        assert states(entry, draft) == ["returned", "draft"]

    def test_more_than_can_be_looked_at_are_refused(self, desk: Desk) -> None:
        recommendation = published_entry().recommendation
        for _number in range(51):
            FollowUpFactory(recommendation=recommendation)
        chosen = {"action": "publish_chosen", "_selected_action": ["1"], "select_across": "1"}
        page = desk.client.post(desk.address(LIST), chosen, follow=True)
        assert said(page) == ["Choose at most 50: each is looked at."]

    def test_an_editor_has_no_such_actions_and_nobody_deletes_several(self, desk: Desk, editor: User) -> None:
        FollowUpFactory()
        assert Desk(editor).open(LIST).context["cl"].model_admin.get_actions(Desk(editor).open(LIST).wsgi_request) == {}
        offered = desk.open(LIST).context["action_form"].fields["action"].choices
        assert [name for name, _words in offered] == ["", "publish_chosen", "return_chosen"]


class TestDoors:
    """Who gets in."""

    def test_an_editor_is_refused(self, editor: User) -> None:
        entry, desk = submitted(editor), Desk(editor)
        sent = {**ticking(entry), f"seen-{entry.pk}": "2.submitted", "_publish": "1"}
        assert (desk.open(REVIEW).status_code, desk.client.post(desk.address(REVIEW), sent).status_code) == (403, 403)
        assert states(entry) == ["submitted"]

    def test_an_expired_sign_in_keeps_ticks_and_reason(self, editor: User) -> None:
        reviewer, entry = ReviewerFactory(username="reviewer", password="a-long-pass-phrase"), submitted(editor)
        desk = Desk(reviewer)
        typed = {**desk.form(REVIEW), **ticking(entry), "reason": "Which page?"}
        desk.client = Client()
        page = desk.send(REVIEW, button="_return", typed=typed)
        right = {**sent_by(page), "username": "reviewer", "password": "a-long-pass-phrase"}
        page = desk.send(REVIEW, button="sign_in_again", typed=right)
        assert states(entry) == ["submitted"]
        kept = sent_by(page)
        assert (kept["tick"], kept["reason"]) == (str(entry.pk), "Which page?")

    def test_the_index_leads_to_it(self, desk: Desk, editor: User) -> None:
        submitted(editor)
        assert desk.address(REVIEW) in desk.client.get(reverse("admin:index")).content.decode()
