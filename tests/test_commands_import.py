"""``manage.py import_…`` and ``undo_import``: dry run, errors beside the rows, all or nothing, taken back."""

import gc
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import EditorFactory, RoundtableFactory
from tracker.models import Recommendation, SheetImport

pytestmark = pytest.mark.django_db
SHEET = "Verweis;Wortlaut;Titel\nGFMD-2010-RT1-01;Do this.;This\nGFMD-2010-RT9-01;=Do;That\n"
MAP = ("--map", "Verweis=reference", "--map", "Wortlaut=official_text", "--map", "Titel=headline_en")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    RoundtableFactory()
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    return path


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_refused_rows_end_it_with_1_and_stand_beside_the_rows(sheet: Path, tmp_path: Path) -> None:
    out, errors = StringIO(), tmp_path / "errors.csv"
    with pytest.raises(CommandError) as caught:
        call_command("import_recommendations", str(sheet), *MAP, "--errors", str(errors), stdout=out)
    assert (caught.value.returncode, Recommendation.objects.count(), SheetImport.objects.count()) == (1, 0, 0)
    assert gc.get_freeze_count() == 0  # what was kept from the collector meanwhile is its own again
    assert "1 of 2 rows are refused, so nothing was imported" in str(caught.value)
    assert out.getvalue().splitlines() == [
        "Source: sheet. Columns: Verweis = reference, Wortlaut = official_text, Titel = headline_en.",
        "Row 2 new: GFMD-2010-RT1-01",
        "Row 3 refused: GFMD-2010-RT9-01 Official words: “=Do” is a formula: write what it yields.",
        "1 new, 0 changed, 0 unchanged, 1 refused.",
        "Nothing was written.",
    ]
    assert errors.read_text(encoding="utf-8-sig").splitlines() == [
        "Verweis,Wortlaut,Titel,errors",
        "GFMD-2010-RT1-01,Do this.,This,",
        "GFMD-2010-RT9-01,'=Do,That,Official words: “=Do” is a formula: write what it yields.",
    ]


def test_dry_run_as_json_writes_nothing(sheet: Path) -> None:
    said = json.loads(run("import_recommendations", sheet, *MAP, "--dry-run", "--only-good", "--format", "json"))
    assert (said["kind"], said["source"], said["import"]) == ("recommendations", "sheet", None)
    assert said["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert [row["outcome"] for row in said["rows"]] == ["new", "refused"]
    assert Recommendation.objects.count() == 0


def test_good_rows_twice_and_back(sheet: Path) -> None:
    editor = EditorFactory(username="ana")
    options = ("--only-good", "--source", "Berlin", "--by", "ana")
    assert "1 new, 0 changed, 0 unchanged, 1 refused." in run("import_recommendations", sheet, *MAP, *options)
    assert Recommendation.objects.get().history.get().history_user == editor
    # The columns of the source are known by now.
    assert "0 new, 0 changed, 1 unchanged, 1 refused." in run("import_recommendations", sheet, *options)
    number = SheetImport.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert run("undo_import", number) == "1 deleted, 0 restored.\n"
    assert Recommendation.objects.count() == 0
    with pytest.raises(CommandError, match="This import was undone already"):
        run("undo_import", number)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "nobody"], "no such account"),
        (["--map", "Verweis"], "write HEADING=KEY"),
        (["--map", "Ort=reference"], "there is no heading “Ort”"),
        ([], "None of the headings is known"),
    ],
)
def test_options_that_cannot_be(sheet: Path, words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run("import_recommendations", sheet, *words)


def test_file_that_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is a directory: name a file"):
        run("import_actors", tmp_path)
