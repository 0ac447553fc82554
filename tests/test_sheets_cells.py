"""What is written in a cell, in its usual form; and what is refused, with how to write it."""

import datetime as dt

import pytest

from tracker.imports.sheets import cells
from tracker.imports.sheets.actors import seats_of
from tracker.imports.sheets.columns import CellError
from tracker.imports.sheets.recommendations import reference, roundtable_code
from tracker.models import Nature, Status


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2013-10-04", "2013-10-04"),
        ("4 October 2013", "2013-10-04"),
        ("04.10.2013", "2013-10-04"),
        ("2013-10-04 00:00:00", "2013-10-04"),
        ("2013/10/04", "2013-10-04"),
        ("25/12/2013", "2013-12-25"),
        ("12/25/2013", "2013-12-25"),
        ("04/04/2013", "2013-04-04"),
        ("4 octobre 2013", "2013-10-04"),
        ("4 de octubre de 2013", "2013-10-04"),
        ("1er mai 2011", "2011-05-01"),
        ("2013-10", "2013-10"),
        ("octobre 2013", "2013-10"),
        ("2013", "2013"),
        ("8 – 15 March 2011", "2011-03-08/2011-03-15"),
        ("2013-10/2013-12", "2013-10/2013-12"),
    ],
)
def test_date(written: str, meant: str) -> None:
    assert cells.date(written) == meant
    assert cells.iso(cells.when(meant)) == meant


@pytest.mark.parametrize("written", ["03/04/2013", "41551", "31.02.2013", "soon", "04.10.13"])
def test_date_refused(written: str) -> None:
    with pytest.raises(CellError, match=r"Such as 1 May 2011|no day of the calendar|year"):
        cells.date(written)


def test_ambiguous_date_says_how_to_write_it() -> None:
    with pytest.raises(CellError, match="can be read in two ways: write the month as a word"):
        cells.date("03/04/2013")


def test_month_ends_on_its_last_day() -> None:
    said = cells.when("2012-02")
    assert (said.first, said.last, said.precision) == (dt.date(2012, 2, 1), dt.date(2012, 2, 29), "month")


@pytest.mark.parametrize("written", ["implemented", "Implemented", "Mise en œuvre", "aplicada", "IMPLEMENTED"])
def test_status_by_value_and_by_label_in_three_languages(written: str) -> None:
    assert cells.choice(Status)(written) == "implemented"


def test_choice_refused_names_the_values() -> None:
    with pytest.raises(CellError, match="write one of Request, Principle, Finding, Undertaking"):
        cells.choice(Nature)("wish")


@pytest.mark.parametrize(("written", "meant"), [("Oui", "yes"), ("x", "yes"), ("Sí", "yes"), ("no", "no"), ("0", "no")])
def test_yes_or_no(written: str, meant: str) -> None:
    assert cells.yes_or_no(written) == meant


@pytest.mark.parametrize("text", ["-1", "1.5", "a", "²"])
def test_whole_number_refused(text: str) -> None:
    with pytest.raises(CellError):
        cells.whole_number(text)


def test_reference_and_roundtable_in_their_usual_form() -> None:
    assert reference("gfmd-2010-rt1-7") == "GFMD-2010-RT1-07"
    assert [roundtable_code(text) for text in ("rt 1", "1", "FUT")] == ["RT1", "RT1", "FUT"]
    with pytest.raises(CellError):
        reference("GFMD-2010-RT1-00")


def test_seats_with_and_without_years() -> None:
    assert list(seats_of("gmg (2010–2018); un-women; governments 2007-; forum-2010")) == [
        ("gmg", "2010", "2018"),
        ("un-women", "", ""),
        ("governments", "2007", ""),
        ("forum-2010", "", ""),
    ]
