"""One act on several recommendations at the desk: one form, a draft on each, all together or none."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin_desk import Desk, errors, said, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tests.test_forms_evidence import PDF
from tracker import actions
from tracker.models import FollowUp, Recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Recommendation]:
    return [published_recommendation() for _number in range(3)]


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def typed_act(desk: Desk, recommendations: list[Recommendation], **typed: Any) -> dict[str, Any]:
    """What staff type: an act on several recommendations, with a link, a file and a partner."""
    query = "?" + "&".join(f"recommendation={recommendation.pk}" for recommendation in recommendations)
    return {
        **desk.form("followup_add", query=query),
        "actor": ActorFactory().pk,
        "when": "May 2011",
        "title": "A law was adopted",
        "evidence-TOTAL_FORMS": "2",
        "evidence-0-url": "https://gazette.example.org/law",
        "evidence-0-quality": "official",
        "evidence-1-quality": "official",
        "evidence-1-file": SimpleUploadedFile("law.pdf", PDF),
        "partner_rows-TOTAL_FORMS": "1",
        "partner_rows-0-actor": ActorFactory().pk,
        **typed,
    }


def of_the_act() -> list[FollowUp]:
    return list(FollowUp.objects.exclude(basis="assessed").order_by("recommendation__reference"))


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_an_act_is_saved_as_a_draft_on_each(three: list[Recommendation]) -> None:
    desk = Desk(EditorFactory())
    answer = desk.send("followup_add", typed=typed_act(desk, three))
    entries = of_the_act()
    assert [entry.recommendation for entry in entries] == three
    assert {entry.act for entry in entries} == {entries[0].act} - {""}
    assert [(entry.state, entry.created_by) for entry in entries] == [("draft", desk.user)] * 3
    assert [[row.url or row.file_name for row in entry.evidence.all()] for entry in entries] == [
        ["https://gazette.example.org/law", "law.pdf"]
    ] * 3
    assert {entry.partners.get() for entry in entries} == {entries[0].partners.get()}
    assert len(files()) == 1
    listed = desk.client.get(answer.url)
    assert list(listed.context["cl"].result_list) == entries[::-1]
    assert said(listed) == [f"Saved on {', '.join(one.reference for one in three)}."]


@pytest.mark.parametrize(("button", "state"), [("_submit", "submitted"), ("_publish", "published")])
def test_an_act_is_submitted_or_published_on_all(three: list[Recommendation], button: str, state: str) -> None:
    desk = Desk(ReviewerFactory())
    assert desk.send("followup_add", button=button, typed=typed_act(desk, three)).status_code == 302
    assert [entry.state for entry in of_the_act()] == [state] * 3


def test_publishing_says_where_and_the_public_pages_name_each_other(three: list[Recommendation]) -> None:
    desk = Desk(ReviewerFactory())
    answer = desk.client.post(desk.address("followup_add"), {**typed_act(desk, three), "_publish": "1"}, follow=True)
    references = [f"{one.reference}-F1" for one in three]
    links = ", ".join(f'<a href="/entries/{reference}/">{reference}</a>' for reference in references)
    assert said(answer) == [f"Published as {links}."]
    page = desk.client.get(three[0].get_absolute_url()).content.decode()
    assert "The same act is also logged on" in page
    assert (three[1].reference in page, three[2].reference in page) == (True, True)


def test_the_next_act_keeps_actor_and_source(three: list[Recommendation]) -> None:
    desk = Desk(ReviewerFactory())
    typed = typed_act(desk, three)
    answer = desk.client.post(desk.address("followup_add"), {**typed, "_publish_another": "1"})
    kept = desk.client.get(answer.url)
    assert (sent_by(kept)["actor"], sent_by(kept)["evidence-0-url"]) == (str(typed["actor"]), typed["evidence-0-url"])
    assert [entry.state for entry in of_the_act()] == ["published"] * 3


def test_where_one_is_refused_none_is_logged_and_it_is_named(three: list[Recommendation]) -> None:
    desk = Desk(ReviewerFactory())
    actions.withdraw_recommendation(three[1], by=desk.user, reason="Merged")
    answer = desk.send("followup_add", button="_publish", typed=typed_act(desk, three))
    assert [three[1].reference in message for message in errors(answer)] == [True]
    assert (of_the_act(), files()) == ([], [])
    assert sent_by(answer)["recommendations"] == [str(one.pk) for one in three]


def test_what_resembles_is_shown_for_each(three: list[Recommendation]) -> None:
    desk = Desk(EditorFactory())
    typed = typed_act(desk, three)
    earlier = FollowUpFactory(recommendation=three[2], actor_id=typed["actor"], evidence=0)
    earlier.evidence.create(url=typed["evidence-0-url"])
    shown = desk.send("followup_add", typed=typed)
    assert ["may be logged already" in message for message in errors(shown)] == [True]
    assert desk.address("followup_change", earlier.pk) in shown.content.decode()
    assert FollowUp.objects.count() == 1
    assert desk.send("followup_add", typed={**sent_by(shown), "evidence-1-url": "https://x.example"}).status_code == 302
    assert FollowUp.objects.count() == 4


def test_a_recommendation_that_is_not_offered_is_refused(three: list[Recommendation]) -> None:
    desk, here = Desk(EditorFactory()), published_recommendation(roundtable=three[0].roundtable)
    far = published_entry().recommendation
    actions.withdraw_recommendation(far, by=ReviewerFactory(), reason="Merged")
    typed = {**typed_act(desk, [here]), "recommendations": [here.pk, far.pk]}
    answer = desk.client.post(f"{desk.address('followup_add')}?roundtable={here.roundtable_id}", typed)
    assert errors(answer) == ["One of the recommendations is not offered here: choose anew."]


def test_what_was_reported_needs_a_second_person_for_each(three: list[Recommendation]) -> None:
    editor, reviewer = Desk(EditorFactory()), Desk(ReviewerFactory())
    typed = typed_act(editor, three, received_via="letter")
    assert editor.send("followup_add", button="_submit", typed=typed).status_code == 302
    entries = of_the_act()
    assert [(entry.basis, entry.state) for entry in entries] == [("reported", "submitted")] * 3
    answer = reviewer.fill("followup_change", entries[0].pk, button="_publish")
    assert answer.url == reviewer.address("followup_publish", entries[0].pk)
    asked = reviewer.form("followup_publish", entries[0].pk)
    assert asked["together"] == [str(entry.pk) for entry in entries[1:]]
    assert reviewer.send("followup_publish", entries[0].pk, typed=asked).status_code == 302
    assert [entry.state for entry in of_the_act()] == ["published"] * 3


def test_an_administrator_waives_for_one_at_a_time(three: list[Recommendation]) -> None:
    desk = Desk(AdministratorFactory())
    answer = desk.send("followup_add", button="_publish", typed=typed_act(desk, three, received_via="email"))
    first = of_the_act()[0]
    assert answer.url == desk.address("followup_publish", first.pk)
    asked = desk.form("followup_publish", first.pk)
    assert ("waiver" in asked, "together" in asked) == (True, False)
    assert desk.send("followup_publish", first.pk, typed={**asked, "waiver": "Alone here."}).status_code == 302
    assert [entry.state for entry in of_the_act()] == ["published", "draft", "draft"]


def test_a_draft_says_that_it_shares_its_act(three: list[Recommendation]) -> None:
    desk = Desk(EditorFactory())
    desk.send("followup_add", typed=typed_act(desk, three))
    first, second, third = of_the_act()
    page = desk.open("followup_change", first.pk).content.decode()
    assert "What you change here is changed in this entry alone" in page
    for other in (second, third):
        assert f'href="{desk.address("followup_change", other.pk)}"' in page
    desk.fill("followup_change", first.pk, title="Another title")
    assert [entry.title for entry in of_the_act()] == ["Another title", "A law was adopted", "A law was adopted"]


def test_a_file_that_one_entry_gives_up_stays_with_the_others(
    three: list[Recommendation], django_capture_on_commit_callbacks: Any
) -> None:
    desk = Desk(EditorFactory())
    desk.send("followup_add", typed=typed_act(desk, three[:2]))
    first, second = of_the_act()
    for entry, left in ((first, 1), (second, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            typed = {**desk.form("followup_change", entry.pk), "evidence-1-DELETE": "on"}
            assert desk.send("followup_change", entry.pk, typed=typed).status_code == 302
        assert len(files()) == left


def test_the_preview_takes_the_whole_act_along(three: list[Recommendation]) -> None:
    desk = Desk(ReviewerFactory())
    answer = desk.send("followup_add", button="_preview", typed=typed_act(desk, three))
    first, *others = of_the_act()
    assert answer.url == desk.address("followup_preview", first.pk)
    page = desk.client.get(answer.url)
    assert "With it go the drafts of the same act:" in page.content.decode()
    taken = {"together": [other.pk for other in others]}
    assert (
        page.content.decode().count('name="together"') == 4
    )  # two in the form that submits, two in the one that publishes
    assert desk.client.post(desk.address("followup_publish", first.pk), taken).status_code == 302
    assert [entry.state for entry in of_the_act()] == ["published"] * 3


def test_only_entries_of_the_act_go_together(three: list[Recommendation]) -> None:
    desk, stranger = Desk(ReviewerFactory()), FollowUpFactory()
    desk.send("followup_add", typed=typed_act(desk, three))
    first = of_the_act()[0]
    answer = desk.client.post(desk.address("followup_publish", first.pk), {"together": [stranger.pk]})
    assert [f"{stranger.pk} is not one of the available choices" in message for message in errors(answer)] == [True]
    assert {entry.state for entry in FollowUp.objects.all()} == {"draft"}


def test_a_published_entry_is_logged_on_others_too(three: list[Recommendation]) -> None:
    desk, entry = Desk(EditorFactory()), published_entry(act="act-1")
    answer = desk.fill("followup_also", entry.pk, recommendations=[one.pk for one in three])
    drafts = list(FollowUp.objects.filter(state="draft").order_by("pk"))
    assert [(draft.recommendation, draft.act, draft.title) for draft in drafts] == [
        (one, "act-1", entry.title) for one in three
    ]
    assert answer.url == desk.address("followup_change", drafts[0].pk)
    again = desk.fill("followup_also", entry.pk, recommendations=[three[0].pk])
    assert errors(again) == [f"This act is logged on {three[0].reference} already: leave it out."]


def test_one_without_a_key_says_that_it_will_not_be_linked() -> None:
    desk, words = Desk(EditorFactory()), "This entry was published without a key"
    assert words in desk.open("followup_also", published_entry().pk).content.decode()
    assert words not in desk.open("followup_also", published_entry(act="act-1").pk).content.decode()


def test_an_assessment_is_not_logged_on_others() -> None:
    desk = Desk(ReviewerFactory())
    answer = desk.client.get(desk.address("followup_also", published_assessment().pk), follow=True)
    assert said(answer) == ["Only a follow-up that stands is logged on other recommendations too."]


# The reading

READ = {"reading": "partially_implemented", "reading_reasoning": "One law of two.", "reading_remaining": "The other."}


def test_the_reading_is_published_with_the_follow_up(three: list[Recommendation]) -> None:
    desk = Desk(ReviewerFactory())
    typed = typed_act(desk, three[:1], **READ)
    answer = desk.client.post(desk.address("followup_add"), {**typed, "_publish": "1"}, follow=True)
    entry, reading = of_the_act()[0], FollowUp.objects.get(basis="assessed")
    assert (list(reading.rests_on.all()), reading.status, reading.body) == (
        [entry],
        READ["reading"],
        READ["reading_reasoning"],
    )
    assert (reading.standing, reading.remaining) == ("provisional", READ["reading_remaining"])
    assert [str(one.reference) in said(answer)[0] for one in (entry, reading)] == [True, True]
    three[0].refresh_from_db()
    assert three[0].verdict == reading


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reading_reasoning": ""}, "Give the reasoning: an assessment without one cannot be judged by its readers."),
        (
            {"reading_remaining": ""},
            "Say in one sentence what remains: “Partly implemented” is never left without it.",
        ),
        (
            {"reading": "implemented"},
            "What remains is said of readings in progress or partly implemented: leave it empty here.",
        ),
        ({"reading": ""}, "Choose the reading, or leave its fields empty."),
        (
            {"reading": "ongoing", "reading_remaining": ""},
            (
                "A recommendation of the nature “Request” cannot be “Continuing”: choose one of Implemented, "
                "Partly implemented, In progress, Overtaken by events, No information."
            ),
        ),
        ({"reading": "not_pursued"}, "Select a valid choice. not_pursued is not one of the available choices."),
    ],
)
def test_a_slip_in_the_reading_is_named(three: list[Recommendation], typed: dict[str, str], words: str) -> None:
    desk = Desk(ReviewerFactory())
    sent = typed_act(desk, three[:1], **(READ | typed))
    assert words in errors(desk.send("followup_add", button="_publish", typed=sent))
    assert FollowUp.objects.count() == 0


def test_a_reading_is_of_one_recommendation_and_published_at_once(three: list[Recommendation]) -> None:
    desk = Desk(ReviewerFactory())
    several = desk.send("followup_add", button="_publish", typed=typed_act(desk, three, **READ))
    assert errors(several) == ["Choose one recommendation, or assess each afterwards."]
    for button in ("_save", "_submit", "_preview"):
        kept = desk.send("followup_add", button=button, typed=typed_act(desk, three[:1], **READ))
        assert errors(kept) == [
            "The reading is published in the same step as its follow-up: press “Publish”, or leave the reading empty."
        ]
    assert FollowUp.objects.count() == 0


def test_a_reading_of_what_a_body_reports_waits_for_the_second_person(three: list[Recommendation]) -> None:
    desk = Desk(AdministratorFactory())
    typed = typed_act(desk, three[:1], received_via="letter", **READ)
    answer = desk.send("followup_add", button="_publish", typed=typed)
    assert ["published by another person" in message for message in errors(answer)] == [True]
    assert FollowUp.objects.count() == 0


def test_an_editor_makes_no_reading(three: list[Recommendation]) -> None:
    desk = Desk(EditorFactory())
    assert "reading" not in desk.form("followup_add")
    assert desk.send("followup_add", typed=typed_act(desk, three[:1], **READ)).status_code == 302
    assert FollowUp.objects.filter(basis="assessed").count() == 0


def test_an_act_on_thirty_is_shown_with_as_many_queries_as_on_two() -> None:
    desk, found = Desk(EditorFactory()), []
    for number in (1, 29):
        draft = FollowUpFactory()
        others = [published_recommendation() for _number in range(number)]
        actions.log_on_others(draft, recommendations=others, by=desk.user)
        desk.open("followup_change", draft.pk)
        with CaptureQueriesContext(connection) as queries:
            assert desk.open("followup_change", draft.pk).status_code == 200
        found.append(len(queries))
    assert found == [8, 8]
