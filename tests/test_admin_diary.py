"""The diary: what the secretariat did, about whom, when to come back to it. Staff read it, and nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from tests.admin_desk import Desk, errors, said
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    DiaryNoteFactory,
    EditorFactory,
    ForumFactory,
    RecommendationFactory,
    ReviewerFactory,
    UserFactory,
    published_entry,
)
from tracker.models import AuditEvent, DiaryNote
from tracker.progress import today

pytestmark = pytest.mark.django_db
SECRET = "A secret step"
PAGES = ("change", "history")
MADE = {"actor": ActorFactory, "forum": ForumFactory, "recommendation": RecommendationFactory}


def test_a_note_says_who_wrote_it_and_is_of_today() -> None:
    desk = Desk(EditorFactory())
    answer = desk.fill("diarynote_add", text="Wrote to Mexico, reply awaited.", return_on="2999-03-01")
    assert (answer.status_code, answer.url) == (302, desk.address("diarynote_changelist"))
    note = DiaryNote.objects.get()
    assert (note.text, note.on, note.return_on) == (
        "Wrote to Mexico, reply awaited.",
        today(),
        dt.date(2999, 3, 1),
    )
    assert (note.written_by, note.done_by, note.done_at) == (desk.user, None, None)


@pytest.mark.parametrize("name", MADE)
def test_it_is_added_and_found_where_one_stands(name: str) -> None:
    subject, desk = MADE[name](), Desk(EditorFactory())
    DiaryNoteFactory()
    page = desk.open(f"{name}_change", subject.pk)
    shown, add = page.context["more_links"]
    assert (shown["label"], add["label"]) == ("Diary (0)", "Add to the diary")
    assert f'href="{add["address"]}"' in page.content.decode()
    answer = desk.fill("diarynote_add", query=f"?{add['address'].split('?')[1]}", text="Wrote a letter")
    assert answer.url == desk.address(f"{name}_change", subject.pk)
    shown, _add = desk.open(f"{name}_change", subject.pk).context["more_links"]
    assert shown["label"] == "Diary (1)"
    found = desk.client.get(shown["address"])
    assert [note.text for note in found.context["cl"].result_list] == ["Wrote a letter"]


def test_what_the_diary_is_not_about_has_no_links() -> None:
    page = Desk(EditorFactory()).open("diarynote_change", DiaryNoteFactory().pk)
    assert page.context["more_links"] == []


def test_done_and_open_again_say_by_whom() -> None:
    note, first, second = DiaryNoteFactory(return_on=today()), Desk(EditorFactory()), Desk(ReviewerFactory())
    first.fill("diarynote_change", note.pk, done="on")
    note.refresh_from_db()
    assert (note.done_by, note.done_at is None) == (first.user, False)
    second.fill("diarynote_change", note.pk, text="Mended")
    note.refresh_from_db()
    assert (note.text, note.done_by) == ("Mended", first.user)
    typed = second.form("diarynote_change", note.pk)
    del typed["done"]
    second.send("diarynote_change", note.pk, typed=typed)
    note.refresh_from_db()
    assert (note.done_by, note.done_at) == (None, None)


def test_several_are_done_at_once() -> None:
    colleague = EditorFactory()
    notes = [DiaryNoteFactory(), DiaryNoteFactory()]
    done = DiaryNoteFactory(done_by=colleague, done_at=dt.datetime(2011, 1, 1, tzinfo=dt.UTC))
    desk = Desk(EditorFactory())
    chosen = {"action": "mark_done", "_selected_action": [note.pk for note in [*notes, done]]}
    answer = desk.client.post(desk.address("diarynote_changelist"), chosen, follow=True)
    assert said(answer) == ["2 notes are done."]
    assert [note.done_by for note in DiaryNote.objects.order_by("pk")] == [desk.user, desk.user, colleague]


def test_the_list_is_narrowed_to_what_is_open() -> None:
    DiaryNoteFactory(text="Open")
    DiaryNoteFactory(text="Over", done_by=EditorFactory(), done_at=dt.datetime(2011, 1, 1, tzinfo=dt.UTC))
    desk = Desk(EditorFactory())
    for query, found in (("?done=no", ["Open"]), ("?done=yes", ["Over"])):
        rows = desk.open("diarynote_changelist", query=query).context["cl"].result_list
        assert [note.text for note in rows] == found


def test_coming_back_before_it_was_done_is_refused() -> None:
    desk = Desk(EditorFactory())
    answer = desk.fill("diarynote_add", text="Wrote", on="2020-05-02", return_on="2020-05-01")
    assert errors(answer) == ["The day to come back to it cannot be before the day it was done."]
    assert DiaryNote.objects.count() == 0


def test_a_stale_note_is_refused_with_both_versions() -> None:
    note, first, second = DiaryNoteFactory(), Desk(EditorFactory()), Desk(EditorFactory())
    opened = second.form("diarynote_change", note.pk)
    first.fill("diarynote_change", note.pk, text="Theirs")
    answer = second.send("diarynote_change", note.pk, typed={**opened, "text": "Mine"})
    assert [(row.theirs, row.yours) for row in answer.context["differences"]] == [("Theirs", "Mine")]
    note.refresh_from_db()
    assert note.text == "Theirs"


def test_what_it_is_about_is_not_deleted_from_under_it() -> None:
    note = DiaryNoteFactory(actor=ActorFactory(), forum=ForumFactory(), recommendation=RecommendationFactory())
    for subject in (note.actor, note.forum, note.recommendation):
        with pytest.raises(ProtectedError):
            subject.delete()


def test_a_deleted_note_is_told_without_its_words() -> None:
    note, desk = DiaryNoteFactory(text=SECRET), Desk(EditorFactory())
    desk.client.post(desk.address("diarynote_delete", note.pk), {"post": "yes"})
    act = AuditEvent.objects.get(who=desk.user, what="deleted")
    assert (act.subject, act.detail) == ("note in the diary", "2010-11-08")


def public_answers() -> dict[str, str]:
    """Return every public page, machines' included, about a record of which the diary has notes."""
    entry = published_entry()
    recommendation = entry.recommendation
    forum = recommendation.roundtable.forum
    for subject in ({"actor": entry.actor}, {"forum": forum}, {"recommendation": recommendation}):
        DiaryNoteFactory(text=SECRET, **subject)
    reference = recommendation.reference
    places = [
        *(reverse(name) for name in ("overview", "forums", "recommendations", "actors", "updates", "sitemap")),
        *(reverse(name) for name in ("about", "methodology", "accessibility", "robots")),
        *(reverse(name, args=[reference]) for name in ("recommendation", "cite_bibtex", "cite_ris")),
        reverse("sitemap_section", args=["recommendations"]),
        f"{reverse('recommendations')}?q=secret",
        *(subject.get_absolute_url() for subject in (forum, entry.actor, recommendation.roundtable)),
    ]
    return {place: Client().get(place).content.decode() for place in places}


def test_it_is_in_no_public_page() -> None:
    answers = public_answers()
    assert [place for place, page in answers.items() if "secret step" in page.lower()] == []
    assert len(answers) == 18


@pytest.mark.parametrize("role", [EditorFactory, ReviewerFactory, AdministratorFactory])
def test_all_staff_read_it_history_included(role: Any) -> None:
    note, desk = DiaryNoteFactory(text=SECRET), Desk(role())
    pages = [desk.open("diarynote_changelist"), *(desk.open(f"diarynote_{page}", note.pk) for page in PAGES)]
    assert [SECRET in page.content.decode() for page in pages] == [True, True, True]


def test_others_do_not() -> None:
    note, stranger = DiaryNoteFactory(), Desk(UserFactory(is_staff=True))
    answers = [stranger.open("diarynote_changelist"), *(stranger.open(f"diarynote_{page}", note.pk) for page in PAGES)]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Client().get(stranger.address("diarynote_change", note.pk)).status_code == 302
    actor = ActorFactory()
    visitor = Desk(EditorFactory(groups=[]))
    visitor.user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    assert visitor.open("actor_change", actor.pk).context["more_links"] == []
