"""Spreadsheets at the desk: uploaded, mapped, looked at row by row, applied as seen and once, undone."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.admin_desk import Desk, sent_by
from tests.factories import (
    AdministratorFactory,
    EditorFactory,
    RoundtableFactory,
    ThemeFactory,
    published_recommendation,
)
from tracker.admin import sheets_checking
from tracker.imports.sheets.kept import kept_rows, seen_of
from tracker.imports.sheets.kinds import KINDS
from tracker.imports.sheets.mapping import match
from tracker.models import Recommendation, SheetColumns, SheetImport, SheetKind, Theme

pytestmark = pytest.mark.django_db

GOOD = (
    "reference,headline,official words,nature\n"
    "GFMD-2010-RT1-07,To act,Governments should act.,request\n"
    "GFMD-2010-RT1-08,To think,Governments should think.,request\n"
)
ONE_REFUSED = GOOD + "GFMD-2010-RT9-01,Nowhere,Nothing.,request\n"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk() -> Desk:
    RoundtableFactory(forum__year=2010, code="RT1", number=1)
    return Desk(EditorFactory())


def upload(desk: Desk, text: str, *, kind: str = "recommendations", name: str = "sheet.csv", **typed: Any) -> Any:
    form = desk.form("sheetimport_add")
    sent = {**form, "kind": kind, "source": "Ministry", "file": SimpleUploadedFile(name, text.encode()), **typed}
    return desk.client.post(desk.address("sheetimport_add"), sent)


def uploaded(desk: Desk, text: str, **typed: Any) -> SheetImport:
    upload(desk, text, **typed)
    return SheetImport.objects.latest("pk")


def apply(desk: Desk, imported: SheetImport, **typed: str) -> Any:
    sent = {"seen": seen_of(imported), **typed}
    return desk.client.post(desk.address("sheetimport_apply", imported.pk), sent, follow=True)


def words(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


class TestUploading:
    def test_a_sheet_whose_headings_are_known_shows_what_its_rows_would_do(self, desk: Desk) -> None:
        answer = upload(desk, ONE_REFUSED)
        imported = SheetImport.objects.get()
        assert answer.url == desk.address("sheetimport_change", imported.pk)
        assert (imported.new, imported.changed, imported.unchanged, imported.refused) == (2, 0, 0, 1)
        page: Any = desk.client.get(answer.url)
        assert words(page) == ["3 rows were checked. 1 is refused."]
        assert [(row.line, row.outcome.value) for row in page.context["rows"]] == [
            (2, "new"),
            (3, "new"),
            (4, "refused"),
        ]
        assert Recommendation.objects.count() == 0

    def test_rows_are_pasted_instead(self, desk: Desk) -> None:
        imported = uploaded(desk, "", file="", pasted=GOOD.replace(",", "\t"))
        assert (imported.file_name, imported.new) == ("pasted.csv", 2)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"file": ""}, "Choose a file, or paste rows: one of the two."),
            ({"pasted": GOOD}, "Choose a file, or paste rows: one of the two."),
            ({"source": ""}, "This field is required."),
            ({"kind": "users"}, "Select a valid choice. users is not one of the available choices."),
            ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "This is PDF, no spreadsheet"),
        ],
    )
    def test_what_is_no_sheet_is_refused_in_words_and_not_kept(self, desk: Desk, typed: Any, said: str) -> None:
        page = upload(desk, GOOD, **typed).content.decode()
        assert said in page
        assert SheetImport.objects.count() == 0

    def test_rows_that_were_pasted_survive_a_sign_in(self, desk: Desk) -> None:
        typed = {**desk.form("sheetimport_add"), "kind": "recommendations", "source": "Ministry", "pasted": GOOD}
        address, stranger = desk.address("sheetimport_add"), Client()
        EditorFactory(username="me", password="a-long-pass-phrase")
        page = stranger.post(address, typed)
        signed = {"username": "me", "password": "a-long-pass-phrase", "sign_in_again": "1"}
        again = sent_by(stranger.post(address, {**sent_by(page), **signed}))
        assert (again["pasted"], SheetImport.objects.count()) == (GOOD, 0)
        stranger.post(address, again)
        assert SheetImport.objects.get().new == 2

    def test_the_same_form_sent_twice_is_one_upload(self, desk: Desk) -> None:
        form = desk.form("sheetimport_add")
        for _time in range(2):
            sent = {**form, "kind": "recommendations", "source": "M", "file": "", "pasted": GOOD}
            answer = desk.client.post(desk.address("sheetimport_add"), sent)
        assert answer.url == desk.address("sheetimport_change", SheetImport.objects.get().pk)

    def test_a_large_sheet_is_not_checked_in_passing(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets_checking, "LONG", 10)
        page: Any = desk.client.get(upload(desk, GOOD).url)
        assert "The rows are not checked yet." in page.content.decode()
        assert "seen" not in page.context


class TestColumns:
    SHEET = "Ref.;Wording;Title;Kind of thing;Comment\nGFMD-2010-RT1-07;Governments should act.;To act;request;x\n"
    READ = ("reference", "official_text", "headline_en", "nature", "")

    def mapped(self, desk: Desk) -> SheetImport:
        answer = upload(desk, self.SHEET)
        imported = SheetImport.objects.latest("pk")
        assert answer.url == desk.address("sheetimport_columns", imported.pk)
        typed = {f"column-{place}": key for place, key in enumerate(self.READ)}
        desk.client.post(answer.url, typed)
        return SheetImport.objects.get(pk=imported.pk)

    def test_columns_that_are_not_known_are_asked_with_their_first_cells(self, desk: Desk) -> None:
        page: Any = desk.client.get(upload(desk, self.SHEET).url)
        assert [(heading, cells) for _field, heading, cells in page.context["rows"]][1:3] == [
            ("Wording", ["Governments should act."]),
            ("Title", ["To act"]),
        ]

    def test_what_they_hold_is_kept_for_the_source(self, desk: Desk) -> None:
        assert self.mapped(desk).new == 1
        kept = SheetColumns.objects.get(source="Ministry", kind=SheetKind.RECOMMENDATIONS).columns
        assert kept == dict(zip(["Ref.", "Wording", "Title", "Kind of thing", "Comment"], self.READ, strict=True))
        answer = upload(desk, self.SHEET)
        assert answer.url == desk.address("sheetimport_change", SheetImport.objects.latest("pk").pk)

    @pytest.mark.parametrize(
        ("read", "said"),
        [
            (("reference", "reference"), "is read as this already."),
            (("", ""), "Read at least one column as something."),
        ],
    )
    def test_two_columns_are_not_read_as_the_same_nor_none_at_all(
        self, desk: Desk, read: tuple[str, str], said: str
    ) -> None:
        answer = upload(desk, self.SHEET)
        typed = {f"column-{place}": key for place, key in enumerate([*read, "", "", ""])}
        assert said in desk.client.post(answer.url, typed).content.decode()
        assert SheetColumns.objects.count() == 0


class TestRows:
    def test_one_outcome_is_shown_alone_with_the_reasons(self, desk: Desk) -> None:
        imported = uploaded(desk, ONE_REFUSED)
        page: Any = desk.open("sheetimport_change", imported.pk, query="?outcome=refused")
        assert [row.problems for row in page.context["rows"]] == [
            [("Roundtable", "The Forum of 2010 has no roundtable RT9: enter it first.")]
        ]
        assert [(value, number) for value, _label, number in page.context["counts"]] == [
            ("", "3"),
            ("new", "2"),
            ("changed", "0"),
            ("unchanged", "0"),
            ("refused", "1"),
        ]
        assert desk.open("sheetimport_change", imported.pk, query="?outcome=odd").status_code == 400

    def test_pages_ask_the_database_the_same_for_one_row_and_for_many(
        self, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        many = GOOD.splitlines()[0] + "".join(f"\nGFMD-2010-RT1-{n:02d},A,B,request" for n in range(1, 61))
        for text, shown in ((GOOD, 2), (many, 50)):
            imported = uploaded(desk, text)
            desk.open("sheetimport_change", imported.pk)  # its messages are shown once
            with django_assert_num_queries(6):
                page: Any = desk.open("sheetimport_change", imported.pk)
            assert len(page.context["rows"]) == shown

    def test_the_file_to_mend_has_the_errors_in_a_column(self, desk: Desk) -> None:
        imported = uploaded(desk, ONE_REFUSED)
        answer = desk.open("sheetimport_rows", imported.pk)
        assert answer.headers["Content-Disposition"] == 'attachment; filename="sheet-checked.csv"'
        rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert rows[0] == ["reference", "headline", "official words", "nature", "errors"]
        assert [row[4] for row in rows[1:]] == [
            "",
            "",
            "Roundtable: The Forum of 2010 has no roundtable RT9: enter it first.",
        ]

    def test_texts_are_escaped(self, desk: Desk) -> None:
        imported = uploaded(desk, GOOD.replace("To act", "<script>alert(1)</script>"), name="<b>.csv")
        page = desk.open("sheetimport_change", imported.pk).content.decode()
        assert "<script>alert" not in page
        assert "<b>.csv" not in page


class TestApplying:
    def test_what_was_seen_is_written_as_drafts_and_the_file_is_gone(self, desk: Desk) -> None:
        imported = uploaded(desk, GOOD)
        path = SheetImport.objects.get().file.name
        answer = apply(desk, imported)
        assert words(answer) == ["2 rows were checked.", "Applied: 2 new rows, 0 changed rows."]
        assert set(Recommendation.objects.values_list("reference", "state")) == {
            ("GFMD-2010-RT1-07", "draft"),
            ("GFMD-2010-RT1-08", "draft"),
        }
        imported.refresh_from_db()
        assert (imported.applied_by, imported.file.name) == (desk.user, "")
        assert (imported.new, len(kept_rows(imported, None))) == (2, 2)
        assert path

    def test_twice_changes_nothing(self, desk: Desk) -> None:
        apply(desk, uploaded(desk, GOOD))
        again = uploaded(desk, GOOD)
        assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
        page = desk.open("sheetimport_change", again.pk).content.decode()
        assert "The sheet changes nothing" in page
        assert 'name="seen"' not in page

    def test_a_double_click_applies_once(self, desk: Desk) -> None:
        imported = uploaded(desk, GOOD)
        seen = seen_of(imported)
        for said in ("Applied: 2 new rows, 0 changed rows.", "This sheet was imported already. Nothing was changed."):
            assert words(apply(desk, imported, seen=seen))[-1] == said
        assert Recommendation.objects.count() == 2

    def test_a_refused_row_refuses_all_unless_it_is_left_out(self, desk: Desk) -> None:
        imported = uploaded(desk, ONE_REFUSED)
        assert words(apply(desk, imported))[-1].startswith("1 of 3 rows are refused, so nothing was imported")
        assert Recommendation.objects.count() == 0
        apply(desk, imported, only_good="1")
        assert Recommendation.objects.count() == 2

    def test_what_is_no_longer_as_it_was_seen_is_not_written(self, desk: Desk) -> None:
        imported, other = uploaded(desk, GOOD), uploaded(desk, GOOD.replace("To act", "To do"))
        apply(desk, other)
        assert words(apply(desk, imported))[-1].startswith("What the rows would do has changed since you looked")
        imported.refresh_from_db()
        assert (imported.applied_at, bool(imported.file)) == (None, True)
        assert Recommendation.objects.get(number=7).headline_en == "To do"
        desk.client.post(desk.address("sheetimport_check", imported.pk))
        assert words(apply(desk, imported))[-1] == "Applied: 0 new rows, 1 changed row."

    def test_what_is_published_is_not_changed(self, desk: Desk) -> None:
        row = published_recommendation()
        heading = GOOD.splitlines()[0]
        imported = uploaded(desk, f"{heading}\n{row.reference},To act,Other words.,request\n")
        assert (imported.changed, imported.refused) == (0, 1)

    @pytest.mark.parametrize("page", ["columns", "rows"])
    def test_an_applied_sheet_leads_back_to_its_rows(self, desk: Desk, page: str) -> None:
        imported = uploaded(desk, GOOD)
        apply(desk, imported)
        answer: Any = desk.client.get(desk.address(f"sheetimport_{page}", imported.pk), follow=True)
        assert words(answer) == ["This sheet was imported already. Nothing was changed."]


class TestUndoing:
    def test_drafts_of_an_import_are_taken_back(self, desk: Desk) -> None:
        imported = uploaded(desk, GOOD)
        apply(desk, imported)
        page = desk.open("sheetimport_undo", imported.pk)
        assert "What the import made is deleted" in page.content.decode()
        answer: Any = desk.client.post(desk.address("sheetimport_undo", imported.pk), sent_by(page), follow=True)
        assert words(answer) == ["Undone: 2 rows were taken back, 0 have their old texts again."]
        assert Recommendation.objects.count() == 0
        again: Any = desk.client.post(desk.address("sheetimport_undo", imported.pk), follow=True)
        assert words(again) == ["This import was undone already. Nothing was changed."]

    def test_an_upload_that_was_not_applied_is_deleted_with_its_file(self, desk: Desk) -> None:
        imported = uploaded(desk, GOOD)
        desk.client.post(desk.address("sheetimport_delete", imported.pk), {"post": "yes"})
        assert SheetImport.objects.count() == 0
        assert default_storage.listdir("sheets")[1] == []


class TestAround:
    def test_the_list_says_what_came_of_each(self, desk: Desk) -> None:
        apply(desk, uploaded(desk, GOOD))
        uploaded(desk, GOOD)
        page = desk.open("sheetimport_changelist").content.decode()
        assert page.count("Not applied yet") == 1
        assert page.count("Applied: 2 new rows, 0 changed rows.") == 1

    def test_each_column_is_explained_and_each_kind_has_empty_sheets(self, desk: Desk) -> None:
        page = desk.open("sheetimport_explained").content.decode()
        for value, kind in KINDS.items():
            assert f'id="{value}"' in page
            headings = [column.shown for column in kind.columns]
            text = desk.open("sheetimport_template", value, "csv").content.decode("utf-8-sig")
            assert next(csv.reader(io.StringIO(text))) == headings
            book = openpyxl.load_workbook(io.BytesIO(desk.open("sheetimport_template", value, "xlsx").content))
            assert [cell.value for cell in book.worksheets[0][1]] == headings
            assert len(list(book.worksheets[1].rows)) == len(headings) + 1
        assert desk.client.get("/admin/tracker/sheetimport/columns/users.csv").status_code == 404
        assert desk.client.get("/admin/tracker/sheetimport/columns/actors.exe").status_code == 404

    @pytest.mark.parametrize("language", ["en", "fr", "es"])
    def test_the_headings_of_an_empty_sheet_are_read_as_what_they_are(self, language: str) -> None:
        for kind in KINDS.values():
            own = {column.heading_in(language): column.key for column in kind.columns}
            assert match(kind, list(own)).columns == own

    @pytest.mark.parametrize("name", ["recommendation", "actor", "membership", "followup"])
    def test_lists_lead_to_the_upload_of_their_kind(self, desk: Desk, name: str) -> None:
        page = desk.open(f"{name}_changelist").content.decode()
        assert "Import a spreadsheet" in page
        assert reverse("admin:tracker_sheetimport_add") in page


class TestTranslations:
    def test_what_comes_back_from_a_translator_is_looked_at_and_applied(self) -> None:
        theme, desk = ThemeFactory(name_en="Gender", slug="gender"), Desk(AdministratorFactory())
        out = desk.client.get(f"{reverse('admin:translations_file')}?language=fr&format=po").content.decode()
        back = out.replace('msgid "Gender"\nmsgstr ""', 'msgid "Gender"\nmsgstr "Genre"')
        imported = uploaded(desk, back, kind="translations", name="fr.po")
        assert (imported.changed + imported.new, imported.refused) == (1, 0)
        apply(desk, imported)
        assert Theme.objects.get().name_fr == "Genre"
        again = uploaded(desk, back, kind="translations", name="fr.po")
        assert (again.new, again.changed, again.refused) == (0, 0, 0)
        Theme.objects.filter(pk=theme.pk).update(name_en="Gender equality", name_fr="")
        late = uploaded(desk, back, kind="translations", name="fr.po")
        assert (late.new, late.changed, late.refused) == (0, 0, 1)
        desk.client.post(desk.address("sheetimport_undo", imported.pk))
        assert Theme.objects.get().name_fr == ""

    @pytest.mark.parametrize(
        ("translation", "said"),
        [
            ("Gen\\nre", "This text stands in one line: write it without line breaks."),
            ("x" * 121, "Ensure this value has at most 120 characters (it has 121)."),
        ],
    )
    def test_a_translation_for_which_there_is_no_room_is_refused(self, translation: str, said: str) -> None:
        ThemeFactory(name_en="Gender", slug="gender")
        desk = Desk(AdministratorFactory())
        out = desk.client.get(f"{reverse('admin:translations_file')}?language=fr&format=po").content.decode()
        back = out.replace('msgid "Gender"\nmsgstr ""', f'msgid "Gender"\nmsgstr "{translation}"')
        imported = uploaded(desk, back, kind="translations", name="fr.po")
        [row] = kept_rows(imported, None)
        assert [problem.words for problem in row.problems] == [said]
