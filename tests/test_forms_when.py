"""Dates as people write them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tracker.forms import When, WhenField, parse_when
from tracker.models import DatePrecision

D = dt.date


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("1 May 2011", D(2011, 5, 1), D(2011, 5, 1), "day"),
        ("1st may 2011", D(2011, 5, 1), D(2011, 5, 1), "day"),
        ("May 1, 2011", D(2011, 5, 1), D(2011, 5, 1), "day"),
        ("2011-05-01", D(2011, 5, 1), D(2011, 5, 1), "day"),
        ("May 2011", D(2011, 5, 1), D(2011, 5, 31), "month"),
        ("2011-05", D(2011, 5, 1), D(2011, 5, 31), "month"),
        ("Sept 2012", D(2012, 9, 1), D(2012, 9, 30), "month"),
        ("  2011 ", D(2011, 1, 1), D(2011, 12, 31), "year"),
        ("8 February 2011 – 15 March 2011", D(2011, 2, 8), D(2011, 3, 15), "day"),
        ("8 Feb - 15 March 2011", D(2011, 2, 8), D(2011, 3, 15), "day"),
        ("8-15 March 2011", D(2011, 3, 8), D(2011, 3, 15), "day"),
        ("8 to 15 March 2011", D(2011, 3, 8), D(2011, 3, 15), "day"),
        ("May to July 2011", D(2011, 5, 1), D(2011, 7, 31), "month"),
        ("2011 – 2013", D(2011, 1, 1), D(2013, 12, 31), "year"),
        ("2011-05-01 – 2011-06-02", D(2011, 5, 1), D(2011, 6, 2), "day"),
        ("29 February 2012", D(2012, 2, 29), D(2012, 2, 29), "day"),
        ("1er mai 2011", D(2011, 5, 1), D(2011, 5, 1), "day"),
        ("le 2 Août 2011", D(2011, 8, 2), D(2011, 8, 2), "day"),
        ("du 8 février au 15 mars 2011", D(2011, 2, 8), D(2011, 3, 15), "day"),
        ("décembre 2011", D(2011, 12, 1), D(2011, 12, 31), "month"),
        ("1 de mayo de 2011", D(2011, 5, 1), D(2011, 5, 1), "day"),
        ("del 8 al 15 de marzo de 2011", D(2011, 3, 8), D(2011, 3, 15), "day"),
        ("de mayo a julio de 2011", D(2011, 5, 1), D(2011, 7, 31), "month"),
    ],
)
def test_a_date_is_read_at_its_precision(text: str, first: D, last: D, precision: str) -> None:
    found = parse_when(text)
    assert found == When(first, last, DatePrecision(precision))
    for language in ("en", "fr", "es"):
        with translation.override(language):
            assert parse_when(str(found)) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("01/02/2011", "can be read in two ways"),
        ("1.2.2011", "can be read in two ways"),
        ("01-02-2011", "can be read in two ways"),
        ("2011/05/01", "can be read in two ways"),
        ("01/02/2011 – 05/02/2011", "can be read in two ways"),
        ("30 February 2011", "is no day of the calendar"),
        ("2011-13", "is no day of the calendar"),
        ("0 May 2011", "is no day of the calendar"),
        ("1 Maj 2011", "names no month"),
        ("1 jui 2011", "names no month"),
        ("1 Ju 2011", "names no month"),
        ("yesterday", "names no month"),
        ("5", "names no year"),
        ("May", "names no year"),
        ("1800", "Mend the year"),
        ("2011 – May 2012", "Write both ends"),
        ("15 March 2011 – 8 February 2011", "ends before it begins"),
        ("2010 – 2011 – 2012", "more than two ends"),
        ("٢٠١١", "is not a date"),
        ("1 May 20111", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_when(text)
    assert words in refused.value.messages[0]


def test_a_date_written_otherwise_has_not_changed() -> None:
    field = WhenField()
    assert field.has_changed("1 May 2011", "2011-05-01") is False
    assert field.has_changed("1 May 2011", "2 May 2011") is True
    assert field.has_changed("1 May 2011", "nonsense") is True
    assert field.has_changed(None, "2011") is True


def test_an_empty_field_is_none_where_it_may_be_empty() -> None:
    assert WhenField(required=False).clean("") is None
    with pytest.raises(ValidationError, match="Say when this was"):
        WhenField().clean("")


def test_a_date_is_written_in_the_language_of_the_page() -> None:
    found = parse_when("8 February 2011 – 15 March 2011")
    with translation.override("fr"):
        assert str(found) == "8 février 2011 – 15 mars 2011"
    with translation.override("es"):
        assert str(found) == "8 febrero 2011 – 15 marzo 2011"
