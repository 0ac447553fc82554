"""Translations out and back: each text with its natural key and a digest of its source; official words never change."""

import io
import json
from pathlib import Path

import openpyxl
import polib
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.admin_desk import Desk
from tests.factories import (
    ConclusionFactory,
    EditorFactory,
    EntryTranslationFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
    ThemeFactory,
    published_entry,
)
from tracker.actions.translating import Translated, translate
from tracker.errors import Refused
from tracker.imports.translations import COLUMNS
from tracker.imports.translations.po import po_rows, written_po
from tracker.imports.translations.units import Unit, digest_of, missing_units
from tracker.imports.translations.workbook import written_workbook
from tracker.models import Recommendation, Theme
from tracker.models.translatable import MODELS, key_of, rows_by_key
from tracker.record.verification import verify

FILE = reverse("admin:translations_file")
UNIT = Unit("theme", "human-rights", "name", "fr", "en", 'Rights, "all" of them\nand more', "abc", "Droits")


class TestFiles:
    def test_a_po_file_gives_back_what_it_was_made_of(self) -> None:
        other = Unit("actor", "iom", "acronym", "fr", "en", UNIT.source, "def", "")
        content = written_po([UNIT, other], "fr")
        assert [tuple(row) for row in po_rows(io.BytesIO(content))] == [
            tuple(getattr(unit, name) for name in COLUMNS) for unit in (UNIT, other)
        ]

    def test_what_a_translator_doubts_comes_back_untranslated(self) -> None:
        content = written_po([UNIT], "fr").replace(b"msgctxt", b"#, fuzzy\nmsgctxt")
        assert [row[-1] for row in po_rows(io.BytesIO(content))] == [""]

    @pytest.mark.parametrize(
        "content",
        [b"a recipe", b"\xff\xfe\x00", b"PK\x03\x04", b'msgid "a\x00"\nmsgstr "b"', b'msgid "a"\nmsgid "b'],
    )
    def test_what_is_no_po_file_is_refused(self, content: bytes) -> None:
        with pytest.raises(Refused, match="cannot be read"):
            list(po_rows(io.BytesIO(content)))

    def test_a_workbook_has_one_line_a_text_and_runs_nothing(self) -> None:
        unit = Unit("theme", "a", "name", "fr", "en", "=1+1", "abc")
        sheet = openpyxl.load_workbook(io.BytesIO(written_workbook([unit]))).active
        assert [[cell.value or "" for cell in row] for row in sheet.rows] == [
            list(COLUMNS),
            ["theme", "a", "name", "fr", "en", "=1+1", "abc", ""],
        ]
        assert sheet["F2"].data_type == "s"


@pytest.mark.django_db
class TestUnits:
    def test_each_missing_text_is_a_unit_with_its_source(self) -> None:
        theme = ThemeFactory(name_en="Gender", name_es="Género", slug="gender")
        assert list(missing_units(language="fr")) == [
            Unit("theme", "gender", "name", "fr", "en", "Gender", digest_of("Gender"))
        ]
        assert list(missing_units(language="es")) == []
        assert rows_by_key(type(theme), ["gender"]) == {"gender": theme}

    def test_official_words_are_translated_from_their_own_language(self) -> None:
        row = RecommendationFactory(official_text="Palabras", official_language="es", headline_fr="T", headline_es="T")
        found = [(unit.field, unit.language, unit.source_language, unit.source) for unit in _of("recommendation")]
        assert found == [("translation", "en", "es", "Palabras"), ("translation", "fr", "es", "Palabras")]
        assert {unit.key for unit in _of("recommendation")} == {row.reference}

    def test_an_entry_lacks_what_its_translation_lacks(self) -> None:
        entry = published_entry(title="A law", body="Adopted.")
        EntryTranslationFactory(entry=entry, language="fr", title="Une loi", body="")
        found = [(unit.key, unit.field, unit.language, unit.source) for unit in _of("followup")]
        expected = [("title", "es", "A law"), ("body", "fr", "Adopted."), ("body", "es", "Adopted.")]
        assert found == [(entry.reference, *rest) for rest in expected]

    def test_every_model_with_texts_is_found_again_by_its_key(self) -> None:
        RoundtableFactory()
        published_entry()
        ConclusionFactory()
        for model in MODELS.values():
            for row in model._default_manager.all():
                assert rows_by_key(model, [key_of(row)]) == {key_of(row): row}

    def test_a_key_that_is_none_finds_nothing(self) -> None:
        for model in MODELS.values():
            assert rows_by_key(model, ["", "²-RT1", "99999999999-1", "-", "x" * 5000]) == {}


def _of(model: str) -> list[Unit]:
    return list(missing_units(model=model))


@pytest.mark.django_db
class TestTranslate:
    def test_a_row_gets_one_version_and_its_history_says_by_whom(self) -> None:
        row, editor = RecommendationFactory(), EditorFactory()
        texts = [Translated(row, "headline", "fr", "Titre"), Translated(row, "translation", "fr", "Mots")]
        translate(texts, by=editor)
        kept = Recommendation.objects.get()
        assert (kept.headline_fr, kept.translation_fr, kept.version) == ("Titre", "Mots", row.version)
        assert kept.history.latest().history_user == editor
        assert (kept.history.count(), verify().problems) == (2, [])

    def test_official_words_are_never_among_them_and_nothing_is_written(self) -> None:
        row, entry, conclusion = RecommendationFactory(), published_entry(), ConclusionFactory()
        for text in (
            Translated(row, "translation", "en", "Other words"),
            Translated(entry, "title", "en", "Another title"),
            Translated(conclusion, "text", "en", "Other words"),
        ):
            with pytest.raises(Refused) as refused:
                translate([Translated(row, "headline", "fr", "Titre"), text], by=ReviewerFactory())
            assert refused.value.code == "no_translation"
        assert Recommendation.objects.get(pk=row.pk).headline_fr == ""

    def test_who_may_not_change_a_row_does_not_translate_it(self) -> None:
        theme = ThemeFactory()
        with pytest.raises(Refused) as refused:
            translate([Translated(theme, "name", "fr", "Genre")], by=EditorFactory())
        assert (refused.value.code, Theme.objects.get().name_fr) == ("not_allowed", "")


@pytest.mark.django_db
class TestDoors:
    def test_the_desk_hands_out_both_files(self) -> None:
        ThemeFactory(name_en="Gender", slug="gender")
        desk = Desk(EditorFactory())
        po = desk.client.get(f"{FILE}?language=fr&model=theme&format=po")
        assert po.headers["Content-Disposition"] == 'attachment; filename="untranslated-theme-fr.po"'
        assert [row[1:3] for row in po_rows(io.BytesIO(po.content))] == [["gender", "name"]]
        book = openpyxl.load_workbook(io.BytesIO(desk.client.get(f"{FILE}?language=es&format=xlsx").content))
        assert [cell.value for cell in book.active["D"]] == ["language", "es"]

    @pytest.mark.parametrize(
        "query", ["", "?language=de&format=po", "?language=fr&format=exe", "?language=fr&model=user"]
    )
    def test_a_file_that_is_none_is_refused(self, query: str) -> None:
        assert Desk(EditorFactory()).client.get(FILE + query).status_code == 400

    def test_the_command_writes_what_the_desk_hands_out(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ThemeFactory(name_en="Gender", slug="gender")
        out = tmp_path / "fr.po"
        call_command("export_translations", str(out), "--language", "fr")
        assert capsys.readouterr().out == f"{out}: 1 texts to translate.\n"
        assert [row[1] for row in po_rows(io.BytesIO(out.read_bytes()))] == ["gender"]

    @pytest.mark.parametrize("name", ["fr.po", "fr.xlsx"])
    def test_what_was_exported_comes_back_translated_and_the_second_time_changes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        ThemeFactory(name_en="Gender", slug="gender")
        row = RecommendationFactory(official_text="Act.\n\nAnd think.", headline_fr="T", headline_es="T")
        path = tmp_path / name
        call_command("export_translations", str(path), "--language", "fr")
        _translate_all(path, "Mots d’un autre")
        call_command("import_translations", str(path), "--dry-run")
        assert Theme.objects.get().name_fr == ""
        capsys.readouterr()
        for changed, unchanged in ((3, 0), (0, 3)):
            call_command("import_translations", str(path), "--format", "json")
            counts = json.loads(capsys.readouterr().out)["counts"]
            assert counts == {"new": 0, "changed": changed, "unchanged": unchanged, "refused": 0}
        assert Recommendation.objects.get(pk=row.pk).translation_fr == "Mots d’un autre"

    @pytest.mark.parametrize("name", ["all.po", "all.exe", "missing/all.xlsx"])
    def test_the_command_refuses_what_it_cannot_write(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(CommandError, match="Nothing was written"):
            call_command("export_translations", str(tmp_path / name))


def _translate_all(path: Path, words: str) -> None:
    """Write the same translation beside each source of a file."""
    if path.suffix == ".po":
        file = polib.pofile(str(path))
        for entry in file:
            entry.msgstr = words
        file.save()
        return
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        row[COLUMNS.index("text")].value = words
    book.save(path)
