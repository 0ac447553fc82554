"""A Chair's document at the desk: read, corrected by rows and buttons, looked at, kept as drafts; nothing is lost."""

import dataclasses
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from tests.admin_desk import Desk, said, sent_by
from tests.factories import (
    ActorFactory,
    CollectiveFactory,
    DocumentImportFactory,
    EditorFactory,
    ForumFactory,
    RecommendationFactory,
    ReviewerFactory,
    usual_roundtable,
)
from tests.test_imports_correcting import OUTLINE
from tracker.forms.drafts import state_of
from tracker.imports.correcting import Draft, begun
from tracker.imports.document.outline import Contributor, Figure
from tracker.models import DocumentImport, Forum, Recommendation

pytestmark = pytest.mark.django_db
TEXT = """Conclusions of the 2010 GFMD Chair

Roundtable 1. Work

Main recommendations:

- Governments should lower the fees.
- Irregular migration should remain on the agenda.
"""
DAYS = {"forum-opens_on": "2010-11-10", "forum-closes_on": "2010-11-11"}


def document(**given: Any) -> DocumentImport:
    """Return a document of which ``OUTLINE`` was found."""
    kept = {"found": OUTLINE.to_json(), "corrected": begun(OUTLINE).to_json(), **given}
    made: DocumentImport = DocumentImportFactory(**kept)
    return made


def draft_of(kept: DocumentImport) -> Draft:
    kept.refresh_from_db()
    return Draft.from_json(kept.corrected)


def press(desk: Desk, kept: DocumentImport, button: str, *, opened: Any = None, **typed: Any) -> Any:
    """Type into the rows of the screen as it was opened, and press a button."""
    fields = opened or desk.form("documentimport_correct", kept.pk)
    return desk.client.post(desk.address("documentimport_correct", kept.pk), {**fields, **typed, "do": button})


def wrong(answer: Any) -> dict[str, list[str]]:
    """Return what the rows of the screen say is wrong, by row."""
    return {row.prefix: row.errors for row in answer.context["wrong"]}


class TestBeginning:
    """What is pasted or uploaded is read; only what says something new is kept."""

    def test_what_is_pasted_is_read_and_kept_as_text(self) -> None:
        desk = Desk(EditorFactory())
        answer = desk.fill("documentimport_begin", text=TEXT)
        kept = DocumentImport.objects.get()
        assert answer.url == desk.address("documentimport_correct", kept.pk)
        assert (kept.year, kept.format, kept.language, kept.started_by) == (2010, "pasted", "en", desk.user)
        assert kept.name == "Conclusions of the 2010 GFMD Chair"
        assert [item.text for item in draft_of(kept).within("RT1")] == [
            "Governments should lower the fees.",
            "Irregular migration should remain on the agenda.",
        ]

    def test_a_file_is_read_and_not_kept(self) -> None:
        desk = Desk(EditorFactory())
        file = SimpleUploadedFile("conclusions.md", TEXT.encode())
        typed = {**desk.form("documentimport_begin"), "file": file, "year": "2011"}
        desk.client.post(desk.address("documentimport_begin"), typed)
        kept = DocumentImport.objects.get()
        assert (kept.name, kept.year, kept.format, kept.size) == ("conclusions.md", 2011, "markdown", len(TEXT))

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ({}, "Paste the text of the document"),
            ({"text": TEXT, "file": SimpleUploadedFile("a.txt", b"b")}, "not both"),
            ({"text": TEXT.replace("2010 ", "")}, "enter the year"),
            ({"file": SimpleUploadedFile("a.txt", b"")}, "empty"),
            ({"text": "a\0b"}, "An invisible character (NUL)"),
            ({"text": TEXT, "year": "1999"}, "2007"),
        ],
        ids=["none", "both", "no year", "empty", "NUL", "before the first"],
    )
    def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(self, typed: Any, why: str) -> None:
        desk = Desk(EditorFactory())
        answer = desk.client.post(desk.address("documentimport_begin"), typed)
        errors = [str(error) for found in answer.context["form"].errors.values() for error in found]
        assert [why in error for error in errors] == [True]
        assert DocumentImport.objects.count() == 0

    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tracker.forms.conclusions.LARGEST", 10)
        desk = Desk(EditorFactory())
        file = SimpleUploadedFile("large.txt", TEXT.encode())
        answer = desk.client.post(desk.address("documentimport_begin"), {"file": file})
        assert "at most 10" in str(answer.context["form"].errors["file"])

    def test_more_than_the_screen_can_send_back_is_refused_before_anything_is_typed(self) -> None:
        text = TEXT + "".join(f"- Do {number}.\n" for number in range(199))
        answer = Desk(EditorFactory()).fill("documentimport_begin", text=text)
        assert "This has 201 recommendations and 0 other statements" in str(answer.context["form"].errors["text"])

    def test_the_same_words_again_lead_to_what_was_made_of_them(self) -> None:
        desk = Desk(EditorFactory())
        first = desk.fill("documentimport_begin", text=TEXT)
        again = desk.fill("documentimport_begin", text=TEXT.replace("\n\n", "\n \n\n").replace("- ", "• "))
        assert (again.url, DocumentImport.objects.count()) == (first.url, 1)
        today = date_format(timezone.localdate())
        assert said(desk.client.get(again.url))[0].startswith(f"This document was entered on {today} already")

    def test_what_is_recorded_already_proposes_nothing_new(self) -> None:
        roundtable = usual_roundtable()
        for text in ("Governments should lower the fees.", "Irregular migration should  remain on the agenda."):
            RecommendationFactory(roundtable=roundtable, official_text=text)
        answer = Desk(EditorFactory()).fill("documentimport_begin", text=TEXT)
        assert "all are recorded already" in str(answer.context["form"].errors["text"])
        assert DocumentImport.objects.count() == 0


class TestCorrecting:
    """Rows and buttons. Each button keeps all that was typed."""

    def test_every_field_is_kept(self) -> None:
        named, collective = ActorFactory(name_en="Freedonia"), CollectiveFactory()
        kept, desk = document(), Desk(EditorFactory())
        typed = {
            "i1-words": "Mended.\r\nIn two lines.",
            "i1-number": "7",
            "i1-nature": "finding",
            f"i1-addressed-{collective.pk}": "inferred",
            "i5-place": "FUT",
            "RT1-title": "Other work",
            "forum-host_city": "Puerto Vallarta",
            "forum-chairs": "freedonia\n",
            **DAYS,
        }
        answer = press(desk, kept, "save", **typed)
        assert answer.url == desk.address("documentimport_correct", kept.pk)
        draft = draft_of(kept)
        item = draft["i1"]
        assert (item.text, item.number, item.reading.nature.value) == ("Mended.\nIn two lines.", 7, "finding")
        assert [(one.actor, str(one.addressed)) for one in item.reading.addressees] == [(collective.key, "inferred")]
        assert (draft["i5"].place, draft.parts[0].title) == ("FUT", "Other work")
        assert (draft.forum.host_city, draft.chairs, str(draft.forum.opens_on)) == (
            "Puerto Vallarta",
            (named.key,),
            "2010-11-10",
        )

    def test_a_button_does_its_work_and_keeps_what_was_typed_elsewhere(self) -> None:
        kept, desk = document(), Desk(EditorFactory())
        answer = press(desk, kept, "merge:i2", **{"i4-words": "Mended."})
        assert answer.url.endswith("#i1")
        assert [item.text for item in draft_of(kept).within("RT1")] == ["One 1. One 2.", "One 3."]
        assert draft_of(kept)["i4"].text == "Mended."

    def test_words_are_split_where_an_empty_line_was_typed(self) -> None:
        kept, desk = document(), Desk(EditorFactory())
        press(desk, kept, "split:i1", **{"i1-words": "One.\r\n\r\nTwo."})
        assert [(item.number, item.text) for item in draft_of(kept).within("RT1")][:2] == [(1, "One."), (2, "Two.")]

    @pytest.mark.parametrize("button", ["split:i1", "merge:i1", "up:i1"])
    def test_what_makes_no_sense_is_said_beside_the_row_and_what_was_typed_stays(self, button: str) -> None:
        kept, desk = document(), Desk(EditorFactory())
        answer = press(desk, kept, button, **{"i2-words": "Mended."})
        assert list(wrong(answer)) == ["i1"]
        assert sent_by(answer)["i2-words"] == "Mended."

    @pytest.mark.parametrize(
        ("field", "typed", "why"),
        [
            ("i1-words", "", "Enter the official words, or drop it."),
            ("i1-number", "2", "Another recommendation of the roundtable has this number."),
            ("i1-number", "x", "Enter a whole number."),
            ("forum-chairs", "Nowhere", "No actor is called “Nowhere” here"),
            ("forum-closes_on", "2010-11-09", "The closing day cannot be before the opening day."),
        ],
    )
    def test_what_is_wrong_stands_beside_its_row_and_all_that_was_typed_is_there(
        self, field: str, typed: str, why: str
    ) -> None:
        kept, desk = document(), Desk(EditorFactory())
        answer = press(desk, kept, "save", **{**DAYS, "i3-words": "Mended.", field: typed})
        assert why in str(wrong(answer)[field.split("-")[0]])
        again = sent_by(answer)
        assert (again[field], again["i3-words"]) == (typed, "Mended.")
        assert draft_of(kept) == begun(OUTLINE)

    def test_facts_of_which_none_is_ticked_any_more_are_left_out(self) -> None:
        forum = dataclasses.replace(
            OUTLINE.forum, figures=(Figure("states", 3, 80),), contributors=(Contributor("A", 4),)
        )
        outline = dataclasses.replace(OUTLINE, forum=forum)
        kept, desk = document(found=outline.to_json(), corrected=begun(outline).to_json()), Desk(EditorFactory())
        opened = desk.form("documentimport_correct", kept.pk)
        opened = {name: value for name, value in opened.items() if name not in {"facts-figures", "facts-contributors"}}
        press(desk, kept, "save", opened=opened)
        assert (draft_of(kept).forum.figures, draft_of(kept).forum.contributors) == ((), ())

    @pytest.mark.parametrize("field", ["nature", "place"])
    def test_a_choice_that_is_none_is_refused(self, field: str) -> None:
        kept, desk = document(), Desk(EditorFactory())
        answer = press(desk, kept, "save", **{f"i1-{field}": "wish"})
        assert ["wish" in error for error in wrong(answer)["i1"]] == [True]

    def test_a_suggestion_keeps_its_reason_as_long_as_it_stands(self) -> None:
        ActorFactory(key="governments", name_en="Governments")
        kept, desk = document(), Desk(EditorFactory())
        press(desk, kept, "save", **{"i1-nature": "finding", "i2-words": "Mended."})
        changed, other = draft_of(kept)["i1"].reading, draft_of(kept)["i2"].reading
        assert (changed.nature.reason, other.nature.reason) == ("", "should")
        assert (changed.addressees, other.addressees) == (OUTLINE.recommendations[0].reading.addressees,) * 2

    def test_the_screen_asks_as_much_for_many_items_as_for_few(self) -> None:
        CollectiveFactory()
        desk, counts = Desk(EditorFactory()), []
        few, many = document(), document()
        items = draft_of(many).items
        many.corrected = draft_of(many).with_items(items * 30).to_json()
        many.save()
        for kept in (few, few, many):
            with CaptureQueriesContext(connection) as queries:
                desk.open("documentimport_correct", kept.pk)
            counts.append(len(queries))
        assert counts[1:] == [9, 9]

    def test_words_of_a_document_are_shown_as_text(self) -> None:
        lines = [{"number": 1, "text": "<script>alert(1)</script>", "role": "passed_over"}]
        kept = document(found={"lines": lines, "warnings": [{"line": 1, "sentence": "<b>Unsure</b>"}]})
        page = Desk(EditorFactory()).open("documentimport_correct", kept.pk).content.decode()
        assert "<script>alert" not in page
        assert "<b>Unsure" not in page


class TestTwoAtOnce:
    """Two tabs, two people, a sign-in that expired: what each typed is kept or shown."""

    def test_what_each_changed_in_other_rows_is_kept(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "save", **{"i1-words": "Theirs."})
        press(second, kept, "save", opened=opened, **{"i2-words": "Mine."})
        assert (draft_of(kept)["i1"].text, draft_of(kept)["i2"].text) == ("Theirs.", "Mine.")

    def test_what_both_changed_is_shown_beside_each_other_and_saved_when_sent_again(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "save", **{"i1-words": "Theirs.", "i2-words": "Theirs too."})
        answer = press(second, kept, "save", opened=opened, **{"i1-words": "Mine."})
        assert list(wrong(answer)) == ["i1"]
        assert "It now reads: “Theirs.”. What" in wrong(answer)["i1"][0]
        again = sent_by(answer)
        assert (again["i1-words"], again["i2-words"]) == ("Mine.", "Theirs too.")
        press(second, kept, "save", opened=again)
        assert (draft_of(kept)["i1"].text, draft_of(kept)["i2"].text) == ("Mine.", "Theirs too.")

    def test_what_was_typed_into_a_row_that_is_gone_is_shown(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "merge:i2")
        answer = press(second, kept, "save", opened=opened, **{"i2-words": "Mine."})
        assert answer.context["sheet"].lost == ["Mine."]
        assert "<q>Mine.</q>" in answer.content.decode()

    def test_a_button_of_a_row_that_is_gone_says_so(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "merge:i2")
        answer = press(second, kept, "drop:i2", opened=opened, **{"i4-words": "Mine."})
        assert said(second.client.get(answer.url)) == ["That is gone: somebody merged or dropped it meanwhile."]
        assert draft_of(kept)["i4"].text == "Mine."

    def test_what_was_typed_into_a_row_that_was_dropped_is_shown(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "drop:i2")
        answer = press(second, kept, "save", opened=opened, **{"i2-words": "Mine."})
        assert answer.context["sheet"].lost == ["Mine."]
        assert "<q>Mine.</q>" in answer.content.decode()
        assert press(second, kept, "save", opened=sent_by(answer)).status_code == 302
        assert draft_of(kept)["i2"].dropped

    def test_a_button_of_a_row_that_was_dropped_says_so_and_changes_nothing(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "drop:i2")
        dropped = draft_of(kept)
        answer = press(second, kept, "merge:i2", opened=opened, **{"i4-words": "Mine."})
        assert wrong(answer) == {"i2": ["It was dropped: take it back first."]}
        assert sent_by(answer)["i4-words"] == "Mine."
        assert draft_of(kept) == dropped

    @pytest.mark.parametrize("button", ["drop_part:i1", "merge:RT1"])
    def test_a_button_of_what_is_no_such_row_changes_nothing(self, button: str) -> None:
        kept, desk = document(), Desk(EditorFactory())
        assert press(desk, kept, button).status_code == 302
        assert draft_of(kept) == begun(OUTLINE)

    def test_what_was_typed_while_somebody_else_saved_the_drafts_is_shown(self) -> None:
        kept, first, second = document(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("documentimport_correct", kept.pk)
        press(first, kept, "preview", **DAYS)
        typed = sent_by(first.open("documentimport_preview", kept.pk))
        first.client.post(first.address("documentimport_drafted", kept.pk), {**typed, "do": "save"})
        answer = press(second, kept, "save", opened=opened, **{"i2-words": "Mine."})
        assert said(second.client.get(answer.url)) == [
            "The drafts were saved meanwhile, without what you typed: “Mine.”. Mend it there."
        ]
        answer = press(second, kept, "save", opened={**opened, "submission": "another"})
        assert said(second.client.get(answer.url)) == []

    def test_a_double_click_does_it_once(self) -> None:
        kept, desk = document(), Desk(EditorFactory())
        opened = desk.form("documentimport_correct", kept.pk)
        answers = [press(desk, kept, "merge:i2", opened=opened) for _time in range(2)]
        assert len({answer.url for answer in answers}) == 1
        assert [item.text for item in draft_of(kept).within("RT1")] == ["One 1. One 2.", "One 3."]

    def test_what_was_typed_survives_a_sign_in(self) -> None:
        kept, desk = document(), Desk(EditorFactory(username="me", password="a-long-pass-phrase"))
        typed = {**desk.form("documentimport_correct", kept.pk), "i1-words": "Mine.", "do": "save"}
        address, stranger = desk.address("documentimport_correct", kept.pk), Client()
        page = stranger.post(address, typed)
        signed = {"username": "me", "password": "a-long-pass-phrase", "sign_in_again": "1"}
        answer = stranger.post(address, {**sent_by(page), **signed})
        assert sent_by(answer)["i1-words"] == "Mine."
        assert draft_of(kept) == begun(OUTLINE)


class TestDrafts:
    """The preview saves nothing; the drafts are saved once; then they are published together."""

    def ready(self, desk: Desk) -> DocumentImport:
        """Return a document of which the preview can be looked at."""
        kept = document()
        answer = press(desk, kept, "preview", **DAYS)
        assert answer.url == desk.address("documentimport_preview", kept.pk)
        return kept

    def saved(self, desk: Desk, kept: DocumentImport) -> Any:
        typed = sent_by(desk.open("documentimport_preview", kept.pk))
        return desk.client.post(desk.address("documentimport_drafted", kept.pk), {**typed, "do": "save"})

    def test_a_new_forum_asks_for_its_days_before_the_preview(self) -> None:
        kept, desk = document(), Desk(EditorFactory())
        answer = press(desk, kept, "preview", **{"i1-words": "Mended."})
        assert wrong(answer) == {"forum": ["The document does not say it: enter the day."] * 2}
        assert draft_of(kept)["i1"].text == "Mended."

    def test_the_preview_is_the_public_page_and_saves_nothing(self) -> None:
        desk = Desk(EditorFactory())
        kept = self.ready(desk)
        page = desk.open("documentimport_preview", kept.pk, query="?part=RT2").content.decode()
        assert "Two 1." in page
        assert re.search(rf"{desk.address('documentimport_correct', kept.pk)}#i4\b", page)
        assert (Forum.objects.count(), Recommendation.objects.count()) == (0, 0)

    def test_drafts_are_saved_once_and_lead_to_where_they_are_published(self) -> None:
        desk = Desk(EditorFactory())
        kept = self.ready(desk)
        answers = [self.saved(desk, kept)]
        assert [answer.url for answer in answers] == [desk.address("documentimport_drafted", kept.pk)]
        kept.refresh_from_db()
        assert (kept.state, kept.drafted_by) == ("drafted", desk.user)
        assert list(Recommendation.objects.in_order().values_list("reference", "official_text", "state")) == [
            ("GFMD-2010-RT1-01", "One 1.", "draft"),
            ("GFMD-2010-RT1-02", "One 2.", "draft"),
            ("GFMD-2010-RT1-03", "One 3.", "draft"),
            ("GFMD-2010-RT2-01", "Two 1.", "draft"),
            ("GFMD-2010-FUT-01", "Go on.", "draft"),
        ]
        for page in ("documentimport_correct", "documentimport_preview"):
            assert desk.open(page, kept.pk).status_code == 302
        assert desk.open("documentimport_drafted", kept.pk).context["may_publish"] is False

    def test_what_was_changed_since_it_was_looked_at_is_not_saved(self) -> None:
        desk = Desk(EditorFactory())
        kept = self.ready(desk)
        seen = sent_by(desk.open("documentimport_preview", kept.pk))
        press(desk, kept, "drop:i1")
        answer = desk.client.post(desk.address("documentimport_drafted", kept.pk), {**seen, "do": "save"})
        assert answer.url == desk.address("documentimport_preview", kept.pk)
        assert Recommendation.objects.count() == 0

    def test_a_reviewer_publishes_all_of_them_together(self) -> None:
        desk = Desk(ReviewerFactory())
        kept = self.ready(desk)
        self.saved(desk, kept)
        typed = sent_by(desk.open("documentimport_drafted", kept.pk))
        desk.client.post(desk.address("documentimport_drafted", kept.pk), {**typed, "do": "publish"})
        assert set(Recommendation.objects.values_list("state", flat=True)) == {"published"}

    def test_an_editor_publishes_nothing(self) -> None:
        desk = Desk(EditorFactory())
        kept = self.ready(desk)
        self.saved(desk, kept)
        typed = {"seen": state_of(Recommendation.objects.in_order()), "do": "publish"}
        answer = desk.client.post(desk.address("documentimport_drafted", kept.pk), typed)
        assert "Nothing was published" in said(desk.client.get(answer.url))[-1]
        assert set(Recommendation.objects.values_list("state", flat=True)) == {"draft"}

    def test_a_recorded_forum_is_added_to_and_not_changed(self) -> None:
        desk, forum = Desk(EditorFactory()), ForumFactory(year=2010, host_city="Here")
        kept = document()
        press(desk, kept, "preview")
        self.saved(desk, kept)
        forum.refresh_from_db()
        assert (forum.host_city, Recommendation.objects.of_forum(forum).count()) == ("Here", 5)


def test_the_pages_of_forums_and_the_index_lead_there() -> None:
    forum, desk = ForumFactory(), Desk(EditorFactory())
    begin = desk.address("documentimport_begin")
    links = desk.open("forum_change", forum.pk).context["page_links"]
    assert f"{begin}?year={forum.year}" in [link["address"] for link in links]
    assert f'href="{begin}"' in desk.client.get("/admin/").content.decode()
