"""Sheets as they are found: any delimiter, any of the usual encodings, workbooks; and which heading is which column."""

import io

import pytest
import xlsxwriter

from tests.hostile_sheets import workbook
from tracker.errors import Refused
from tracker.imports.sheets.kinds import KINDS
from tracker.imports.sheets.mapping import keep_columns, match
from tracker.imports.sheets.sheet import Sheet
from tracker.models import SheetKind

WORDS = "Référence;Título;Größe\nGFMD-2010-RT1-07;«Él»;ï\n"
RECOMMENDATIONS = KINDS[SheetKind.RECOMMENDATIONS]


def sheet_of(content: bytes) -> Sheet:
    return Sheet(io.BytesIO(content), name="sheet.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encoding_is_found(encoding: str) -> None:
    sheet = sheet_of(WORDS.encode(encoding))
    assert sheet.headings == ("Référence", "Título", "Größe")
    assert list(sheet.rows()) == [(2, ("GFMD-2010-RT1-07", "«Él»", "ï"))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    text = '"a, b; c",d\n"1;2, 3|4",5\n"6;7, 8|9",0\n'.replace('",', f'"{delimiter}')
    assert sheet_of(text.encode()).headings == ("a, b; c", "d")


def test_lines_within_cells_and_empty_rows_between() -> None:
    sheet = sheet_of(b'\n,,\na,b\n"one\ntwo",2\n\n,\n3,4\n')
    assert sheet.headings == ("a", "b")
    assert list(sheet.rows()) == [(4, ("one\ntwo", "2")), (7, ("3", "4"))]


def test_apostrophe_before_a_formula_goes() -> None:
    assert list(sheet_of(b"a,b\n'=1+1,'tis\n").rows()) == [(2, ("=1+1", "'tis"))]


def test_cells_of_a_workbook() -> None:
    out = workbook([["a", "b", "c", "d"], [7.0, 1.5, True, "x"]])
    assert list(sheet_of(out).rows()) == [(2, ("7", "1.5", "yes", "x"))]


def test_days_of_a_workbook() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["date", "time"])
        page.write_number(1, 0, 41551, book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write_number(1, 1, 41551.5, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    assert list(sheet_of(out.getvalue()).rows()) == [(2, ("2013-10-04", "2013-10-04 12:00:00"))]


@pytest.mark.parametrize(
    "headings",
    [
        ("reference", "official_text", "headline_en"),
        ("Reference", "OFFICIAL WORDS", "Headline (en)"),
        ("ref", "Text", "Title"),
    ],
)
@pytest.mark.django_db
def test_headings_are_known(headings: tuple[str, ...]) -> None:
    found = match(RECOMMENDATIONS, headings)
    assert list(found.columns.values()) == ["reference", "official_text", "headline_en"]
    assert (found.missing, found.passed_over) == ([], [])


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db
def test_every_heading_is_known_in_every_language(kind: SheetKind, language: str) -> None:
    columns = KINDS[kind].columns
    found = match(KINDS[kind], [column.heading_in(language) for column in columns])
    assert list(found.columns.values()) == [column.key for column in columns]


@pytest.mark.django_db
def test_what_is_said_by_hand_is_kept_for_the_source() -> None:
    headings = ("Nummer", "Wortlaut", "Bemerkung")
    given = {"Nummer": "reference", "wortlaut": "official_text"}
    found = match(RECOMMENDATIONS, headings, source="Berlin", given=given)
    assert found.columns == {"Nummer": "reference", "Wortlaut": "official_text", "Bemerkung": ""}
    assert [column.key for column in found.missing] == ["headline_en"]
    keep_columns(RECOMMENDATIONS, "Berlin", found.columns)
    assert match(RECOMMENDATIONS, headings, source="Berlin").columns == found.columns
    assert match(RECOMMENDATIONS, headings, source="Wien").columns == dict.fromkeys(headings, "")


@pytest.mark.parametrize("given", [{"nowhere": "reference"}, {"a": "nothing"}, {"a": "reference", "b": "reference"}])
@pytest.mark.django_db
def test_mapping_that_cannot_be(given: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        match(RECOMMENDATIONS, ("a", "b"), given=given)
    assert caught.value.code == "sheet_mapping"
