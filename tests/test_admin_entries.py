"""Entries at the desk: logged, refused in words, published, frozen, corrected, returned, retracted, withheld."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.admin_desk import Desk, errors, said, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    AssessmentFactory,
    EditorFactory,
    FollowUpFactory,
    ReportFactory,
    ReviewerFactory,
    UserFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tests.test_forms_evidence import PDF
from tracker import actions
from tracker.models import Evidence, FollowUp, Recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommendation() -> Recommendation:
    return published_recommendation()


def typed_entry(desk: Desk, recommendation: Recommendation, **typed: Any) -> dict[str, Any]:
    """What staff type into the empty form: found in a source, with a citation."""
    return {
        **desk.form("followup_add", query=f"?recommendation={recommendation.pk}"),
        "actor": ActorFactory().pk,
        "when": "May 2011",
        "title": "A law was adopted",
        "body": "Parliament adopted **a law**.",
        "relation": "same_subject",
        "evidence-0-citation": "Official gazette",
        **typed,
    }


def test_an_entry_is_saved_as_a_draft_at_its_precision(recommendation: Recommendation) -> None:
    desk = Desk(EditorFactory())
    answer = desk.send("followup_add", typed=typed_entry(desk, recommendation))
    assert answer.url == desk.address("recommendation_change", recommendation.pk)
    entry = FollowUp.objects.get()
    assert (entry.state, entry.created_by, entry.recommendation) == ("draft", desk.user, recommendation)
    assert (entry.occurred_from, entry.occurred_until) == (dt.date(2011, 5, 1), dt.date(2011, 5, 31))
    assert (entry.precision, entry.basis, entry.received_via) == ("month", "documented", "source")
    assert [row.citation for row in entry.evidence.all()] == ["Official gazette"]
    assert desk.form("followup_change", entry.pk)["when"] == "May 2011"


def test_an_entry_is_published_in_one_step(recommendation: Recommendation) -> None:
    desk = Desk(ReviewerFactory())
    typed = typed_entry(desk, recommendation)
    answer = desk.client.post(desk.address("followup_add"), {**typed, "_publish": "1"}, follow=True)
    entry = FollowUp.objects.get()
    assert (entry.state, entry.reference, entry.published_by) == (
        "published",
        f"{recommendation.reference}-F1",
        desk.user,
    )
    assert said(answer) == [f'Published as <a href="/entries/{entry.reference}/">{entry.reference}</a>.']
    again = desk.client.post(desk.address("followup_add"), {**typed, "_publish": "1"}, follow=True)
    assert said(again) == ["This form was sent twice: it was saved once."]
    assert FollowUp.objects.count() == 1


def test_what_an_action_refuses_is_said_and_undoes_the_saving(recommendation: Recommendation) -> None:
    desk = Desk(ReviewerFactory())
    typed = typed_entry(desk, recommendation, **{"evidence-0-citation": ""})
    answer = desk.send("followup_add", button="_publish", typed=typed)
    assert errors(answer) == [
        "An entry found in a public source names it: add evidence with a citation, a link or a file."
    ]
    assert FollowUp.objects.count() == 0
    kept = sent_by(answer)
    assert {name: kept[name] for name in ("when", "title", "body", "relation")} == {
        name: typed[name] for name in ("when", "title", "body", "relation")
    }
    assert kept["actor"] == str(typed["actor"])
    assert desk.send("followup_add", button="_save", typed=kept).status_code == 302


def test_a_refused_publication_keeps_no_file(recommendation: Recommendation) -> None:
    desk = Desk(ReviewerFactory())
    typed = typed_entry(desk, recommendation, when="1 May 2031")
    sent = {**typed, "_publish": "1", "evidence-0-file": SimpleUploadedFile("law.pdf", PDF)}
    kept = set(Path(settings.MEDIA_ROOT).rglob("*.pdf"))
    answer = desk.client.post(desk.address("followup_add"), sent)
    assert errors(answer) == ["The date lies in the future: an entry cannot begin later than tomorrow."]
    assert said(answer) == ["Choose the file again (law.pdf): it is not kept."]
    assert set(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"actor": ""}, "Say who did it."),
        ({"when": ""}, "Say when this was, as exactly as it is known."),
        ({"title": ""}, "Give it a title of a few words."),
        ({"relation": ""}, "Say whether what was done refers to the Forum."),
        ({"evidence-0-url": "javascript:alert(1)"}, "Enter the whole address, as in https://example.org/page."),
        ({"received_via": "rumour"}, "Select a valid choice. rumour is not one of the available choices."),
        ({"recommendations": []}, "Choose at least one recommendation."),
        ({"recommendations": "99"}, "One of the recommendations is not offered here: choose anew."),
        (
            {"status": "implemented"},
            (
                "Only a body itself claims a status, and only an assessment reads one: "
                "an entry found in a public source has none."
            ),
        ),
        (
            {"when": "May 2009"},
            (
                "This ended before its Forum opened on 8 November 2010. "
                "If that is right, tick the confirmation; else mend the date."
            ),
        ),
    ],
)
def test_a_slip_is_named_beside_its_field(recommendation: Recommendation, typed: dict[str, Any], words: str) -> None:
    desk = Desk(ReviewerFactory())
    answer = desk.send("followup_add", button="_publish", typed=typed_entry(desk, recommendation, **typed))
    assert errors(answer) == [words]
    assert FollowUp.objects.count() == 0


def test_the_box_for_what_ended_before_the_forum_is_shown_when_needed(recommendation: Recommendation) -> None:
    desk = Desk(ReviewerFactory())
    box = 'type="checkbox" name="before_forum_confirmed"'
    assert box not in desk.open("followup_add").content.decode()
    typed = typed_entry(desk, recommendation, when="May 2009")
    answer = desk.send("followup_add", typed=typed)
    assert box in answer.content.decode()
    typed = {**sent_by(answer), "before_forum_confirmed": "on"}
    assert desk.send("followup_add", button="_publish", typed=typed).status_code == 302
    assert FollowUp.objects.get().state == "published"


def test_an_editor_submits_and_may_not_publish(recommendation: Recommendation) -> None:
    desk = Desk(EditorFactory())
    page = desk.open("followup_add").content.decode()
    assert ('name="_submit"' in page, 'name="_publish"' in page) == (True, False)
    typed = typed_entry(desk, recommendation)
    refused = desk.send("followup_add", button="_publish", typed=typed)
    assert errors(refused) == ["Your account may not do this: ask an administrator for the right “publish entries”."]
    assert desk.send("followup_add", button="_submit", typed=sent_by(refused)).status_code == 302
    entry = FollowUp.objects.get()
    assert (entry.state, entry.submitted_by) == ("submitted", desk.user)
    assert "title" not in desk.form("followup_change", entry.pk)
    assert desk.client.post(desk.address("followup_change", entry.pk), {"title": "Other"}).status_code == 403


def test_a_reviewer_returns_with_a_reason_and_the_author_mends(recommendation: Recommendation) -> None:
    author, reviewer = Desk(EditorFactory()), Desk(ReviewerFactory())
    entry = actions.submit(FollowUpFactory(recommendation=recommendation), by=author.user)
    assert errors(reviewer.fill("followup_return", entry.pk, reason=" ")) == ["Give a reason."]
    assert reviewer.fill("followup_return", entry.pk, reason="Which gazette?").status_code == 302
    page = author.open("followup_change", entry.pk).content.decode()
    assert "Which gazette?" in page
    assert 'name="_submit"' in page
    assert 'name="_publish"' not in reviewer.open("followup_change", entry.pk).content.decode()
    assert author.fill("followup_change", entry.pk, button="_submit", title="Better").status_code == 302
    assert reviewer.fill("followup_change", entry.pk, button="_publish").status_code == 302
    assert FollowUp.objects.get().state == "published"


def test_what_a_body_reports_is_seen_by_two_people(recommendation: Recommendation) -> None:
    reviewer, administrator = Desk(ReviewerFactory()), Desk(AdministratorFactory())
    entry = ReportFactory(recommendation=recommendation)
    refused = reviewer.fill("followup_change", entry.pk, button="_publish")
    assert ["published by another person" in message for message in errors(refused)] == [True]
    assert FollowUp.objects.get().state == "draft"
    answer = administrator.fill("followup_change", entry.pk, button="_publish")
    assert answer.url == administrator.address("followup_publish", entry.pk)
    refused = administrator.fill("followup_publish", entry.pk)
    assert ["published by another person" in message for message in errors(refused)] == [True]
    assert administrator.fill("followup_publish", entry.pk, waiver="Nobody else is here.").status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.waiver_reason) == ("published", "Nobody else is here.")


def test_a_published_entry_is_shown_frozen_but_for_its_note() -> None:
    entry, desk = published_entry(), Desk(EditorFactory())
    page = desk.open("followup_change", entry.pk)
    assert "Published entries are frozen" in page.content.decode()
    typed = sent_by(page)
    assert set(typed) & {"title", "body", "actor", "when", "evidence-0-citation"} == set()
    forged = {**typed, "internal_note": "Ask again.", "title": "Forged", "evidence-0-citation": "Forged"}
    assert desk.send("followup_change", entry.pk, typed=forged).status_code == 302
    after = FollowUp.objects.get()
    assert (after.internal_note, after.title, after.version) == ("Ask again.", entry.title, entry.version)
    assert after.evidence.get().citation == entry.evidence.get().citation


def test_a_note_changed_by_two_is_a_conflict() -> None:
    entry, desk = published_entry(), Desk(EditorFactory())
    opened = desk.form("followup_change", entry.pk)
    desk.fill("followup_change", entry.pk, internal_note="Theirs")
    answer = desk.send("followup_change", entry.pk, typed={**opened, "internal_note": "Mine"})
    assert [(row.theirs, row.yours) for row in answer.context["differences"]] == [("Theirs", "Mine")]
    assert FollowUp.objects.get().internal_note == "Theirs"


def test_publishing_twice_publishes_once() -> None:
    draft, desk = FollowUpFactory(), Desk(ReviewerFactory())
    typed = desk.form("followup_change", draft.pk)
    assert desk.send("followup_change", draft.pk, button="_publish", typed=typed).status_code == 302
    again = desk.client.post(desk.address("followup_change", draft.pk), {**typed, "_publish": "1"}, follow=True)
    reference = FollowUp.objects.get().reference
    assert said(again)[-1] == f"This entry is published already as {reference}. Nothing was changed."


def test_an_edit_of_what_was_published_meanwhile_shows_what_was_typed() -> None:
    draft, desk = FollowUpFactory(), Desk(ReviewerFactory())
    typed = {**desk.form("followup_change", draft.pk), "title": "A better title"}
    actions.publish(draft, by=ReviewerFactory())
    answer = desk.send("followup_change", draft.pk, typed=typed)
    assert [(row.label, row.yours) for row in answer.context["differences"]] == [("Title", "A better title")]
    assert "is published already as" in answer.content.decode()
    assert FollowUp.objects.get().title == "A law was adopted"


def test_an_edit_of_what_was_submitted_meanwhile_shows_what_was_typed() -> None:
    draft, desk = FollowUpFactory(), Desk(EditorFactory())
    typed = {**desk.form("followup_change", draft.pk), "title": "A better title"}
    actions.submit(draft, by=EditorFactory())
    answer = desk.send("followup_change", draft.pk, typed=typed)
    assert [(row.label, row.yours) for row in answer.context["differences"]] == [("Title", "A better title")]
    assert answer.context["conflict"].startswith("Somebody else changed this since you opened it.")
    assert (FollowUp.objects.get().title, FollowUp.objects.get().state) == ("A law was adopted", "submitted")


def test_an_entry_is_retracted_with_what_rests_on_it() -> None:
    entry, desk = published_entry(), Desk(ReviewerFactory())
    reading = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
    page = desk.open("followup_retract", entry.pk).content.decode()
    assert "1 published assessment rests on it" in page
    assert errors(desk.fill("followup_retract", entry.pk)) == ["Give a reason."]
    refused = desk.fill("followup_retract", entry.pk, reason="The source was withdrawn.")
    assert ["Published assessments rest on this entry" in message for message in errors(refused)] == [True]
    assert sent_by(refused)["reason"] == "The source was withdrawn."
    typed = {**sent_by(refused), "together": [reading.pk]}
    assert desk.send("followup_retract", entry.pk, typed=typed).status_code == 302
    states = FollowUp.objects.values_list("state", "retraction_reason")
    assert set(states) == {("retracted", "The source was withdrawn.")}
    again = desk.client.get(desk.address("followup_retract", entry.pk), follow=True)
    assert said(again)[-1] == "This entry is retracted: only a published entry can be retracted or corrected."


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    entry, desk = published_entry(), Desk(ReviewerFactory())
    answer = desk.fill("followup_correct", entry.pk)
    draft = FollowUp.objects.get(replaces=entry)
    assert answer.url == desk.address("followup_change", draft.pk)
    answer = desk.fill("followup_change", draft.pk, button="_publish", title="The law was amended")
    assert answer.url == desk.address("followup_publish", draft.pk)
    assert desk.fill("followup_publish", draft.pk, reason="It was no new law.").status_code == 302
    entry.refresh_from_db()
    draft.refresh_from_db()
    assert (entry.state, entry.retraction_reason) == ("retracted", "It was no new law.")
    assert (draft.state, draft.title, draft.counts_from) == ("published", "The law was amended", entry.counts_from)


def test_a_correction_of_an_assessment_is_drafted_in_its_own_form() -> None:
    entry, desk = published_entry(), Desk(ReviewerFactory())
    other = published_entry(recommendation=entry.recommendation)
    reading = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
    desk.fill("followup_correct", reading.pk)
    draft = FollowUp.objects.get(replaces=reading)
    typed = desk.form("followup_change", draft.pk)
    assert (typed["supports"], typed["status"], typed["when"]) == (str(entry.pk), "in_progress", "12 November 2010")
    typed |= {"status": "partially_implemented", "supports": [other.pk]}
    assert desk.send("followup_change", draft.pk, button="_publish", typed=typed).status_code == 302
    assert desk.fill("followup_publish", draft.pk, reason="A second law.").status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.status, list(draft.rests_on.all())) == ("published", "partially_implemented", [other])


def test_only_administrators_withhold_and_hear_what_it_means() -> None:
    entry = published_entry()
    reading = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
    assert Desk(ReviewerFactory()).open("followup_withhold", entry.pk).status_code == 403
    desk = Desk(AdministratorFactory())
    page = desk.open("followup_withhold", entry.pk).content.decode()
    assert (
        "deleted for ever" in page,
        f"{reading.reference} rests on it" in page,
    ) == (True, True)
    chosen = {f"reading-{reading.pk}": "retract"}
    assert desk.fill("followup_withhold", entry.pk, reason="A court order.", **chosen).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.title, entry.withholding_reason) == ("withheld", "", "A court order.")
    logged = LogEntry.objects.filter(object_id=str(entry.pk)).values_list("object_repr", "change_message")
    assert list(logged) == [(entry.reference, f"The content of {entry.reference} was removed.")]
    assert desk.open("followup_change", entry.pk).status_code == 200


@pytest.mark.parametrize("slug", ["publish", "return", "retract", "correct", "withhold"])
def test_pages_are_closed_to_those_who_may_not(slug: str) -> None:
    entry, desk = published_entry(), Desk(EditorFactory())
    assert desk.open(f"followup_{slug}", entry.pk).status_code == 403
    assert desk.client.post(desk.address(f"followup_{slug}", entry.pk), {"reason": "x"}).status_code == 403
    assert FollowUp.objects.get().state == "published"


def test_links_are_shown_to_those_who_may() -> None:
    entry = published_entry()
    shown = {
        desk.user.username.split("-")[0]: [
            link["slug"] for link in desk.open("followup_change", entry.pk).context["page_links"]
        ]
        for desk in (Desk(EditorFactory()), Desk(ReviewerFactory()), Desk(AdministratorFactory()))
    }
    assert shown == {
        "editor": ["also"],
        "reviewer": ["correct", "also", "retract"],
        "administrator": ["correct", "also", "retract", "withhold"],
    }


def test_only_drafts_are_deleted_with_their_files(django_capture_on_commit_callbacks: Any) -> None:
    desk, draft = Desk(EditorFactory()), FollowUpFactory(evidence=0)
    evidence = Evidence.objects.create(entry=draft, file=SimpleUploadedFile("law.pdf", PDF))
    path = Path(evidence.file.path)
    assert path.exists()
    assert desk.open("followup_delete", published_entry().pk).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.client.post(desk.address("followup_delete", draft.pk), {"post": "yes"}).status_code == 302
    assert (FollowUp.objects.filter(pk=draft.pk).exists(), path.exists()) == (False, False)


def test_a_kept_file_is_handed_to_staff_as_an_attachment() -> None:
    desk, draft = Desk(EditorFactory()), FollowUpFactory(evidence=0)
    evidence = Evidence.objects.create(entry=draft, file=SimpleUploadedFile("Loi d’avril.pdf", PDF))
    answer: Any = desk.open("followup_evidence", evidence.pk)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert desk.open("followup_evidence", 10**12).status_code == 404


def test_a_file_that_lies_about_its_type_is_refused(recommendation: Recommendation) -> None:
    desk = Desk(EditorFactory())
    typed = typed_entry(desk, recommendation)
    sent = {**typed, "_save": "1", "evidence-0-file": SimpleUploadedFile("../../law.pdf", b"<html>")}
    answer = desk.client.post(desk.address("followup_add"), sent)
    assert ["“law.pdf” is not what its name says" in message for message in errors(answer)] == [True]


def test_the_preview_shows_the_entry_as_its_page_will() -> None:
    draft, desk = FollowUpFactory(body="**Bold** <script>alert(1)</script>"), Desk(ReviewerFactory())
    page = desk.open("followup_preview", draft.pk).content.decode()
    assert "<strong>Bold</strong> &lt;script&gt;" in page
    assert f'action="{desk.address("followup_publish", draft.pk)}"' in page
    assert desk.client.post(desk.address("followup_publish", draft.pk), {}).status_code == 302
    assert FollowUp.objects.get().state == "published"


def test_a_text_is_shown_as_it_will_be_read_while_it_is_typed() -> None:
    desk = Desk(EditorFactory())
    address = desk.address("followup_markdown")
    assert f'data-preview="{address}"' in desk.open("followup_add").content.decode()
    answer = desk.client.post(address, {"text": "**Bold** <script>u()</script> [x](javascript:u())"})
    assert answer.content.decode().strip() == (
        "<p><strong>Bold</strong> &lt;script&gt;u()&lt;/script&gt; [x](javascript:u())</p>"
    )
    assert desk.client.get(address).status_code == 405
    assert Desk(UserFactory(is_staff=True)).client.post(address, {"text": "x"}).status_code == 403


def test_the_preview_of_an_assessment_shows_its_reading() -> None:
    draft, desk = AssessmentFactory(), Desk(EditorFactory())
    page = desk.open("followup_preview", draft.pk).content.decode()
    assert ("Much remains to be done." in page, "In progress" in page) == (True, True)


def test_the_list_finds_by_reference_title_and_actor() -> None:
    entry = published_entry(title="A law on nurses", actor=ActorFactory(name_en="Philippines"))
    published_entry()
    desk = Desk(EditorFactory())
    for term in (entry.reference, "nurses", "philippines"):
        found = desk.open("followup_changelist", query=f"?q={term}").context["cl"].result_list
        assert list(found) == [entry]
