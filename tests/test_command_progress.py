"""``manage.py progress`` on the real record: the figures, the three formats, and what it refuses."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.real_record import real_record
from tracker.models import Status

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("progress-command")]  # one process makes the record once


@pytest.fixture(scope="module", autouse=True)
def _record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with real_record(django_db_blocker):
        yield


def ask(*options: str) -> str:
    out = io.StringIO()
    call_command("progress", "--forum", "2010", *options, stdout=out)
    return out.getvalue()


def figures(*options: str) -> dict[str, Any]:
    return json.loads(ask("--format", "json", *options))


def present(answer: dict[str, Any]) -> dict[str, int]:
    return {status: count for status, count in answer["counts"].items() if count}


@pytest.mark.parametrize(
    ("options", "total", "counts"),
    [
        (
            ["--track", "roundtables"],
            13,
            {"implemented": 2, "partially_implemented": 8, "in_progress": 1, "ongoing": 2},
        ),
        (["--track", "closing"], 5, {"implemented": 3, "partially_implemented": 1, "superseded": 1}),
        (
            ["--as-of", "2013-10-04"],
            13,
            {"implemented": 2, "partially_implemented": 2, "in_progress": 7, "ongoing": 2},
        ),
        (
            ["--as-of", "hld-2013"],
            13,
            {"implemented": 2, "partially_implemented": 2, "in_progress": 7, "ongoing": 2},
        ),
        (["--as-of", "2010-11-11"], 13, {"no_information": 13}),
        (["--roundtable", "rt2"], 4, {"partially_implemented": 4}),
    ],
)
def test_counts_of_the_real_record(options: list[str], total: int, counts: dict[str, int]) -> None:
    answer = figures(*options)
    assert answer["total"] == total
    assert present(answer) == counts


def test_json_has_the_promised_keys() -> None:
    answer = figures("--as-of", "hld-2013", "--by", "roundtable")
    assert list(answer) == [
        "forum",
        "track",
        "as_of",
        "reconstructed",
        "total",
        "counts",
        "provisional",
        "groups",
    ]
    assert answer["forum"] == 2010
    assert answer["track"] == "roundtables"
    assert answer["as_of"] == "2013-10-04"
    assert answer["reconstructed"] is True
    assert list(answer["counts"]) == Status.values
    assert [(group["key"], group["total"]) for group in answer["groups"]] == [("RT1", 6), ("RT2", 4), ("RT3", 3)]
    assert answer["provisional"] == 13


def test_groups_by_actor_count_a_recommendation_in_each() -> None:
    groups = {group["key"]: group["total"] for group in figures("--by", "actor")["groups"]}
    assert groups == {
        "civil-society": 1,
        "gfmd": 1,
        "gmg": 3,
        "governments": 10,
        "governments-destination": 2,
        "governments-origin": 2,
        "rcps": 2,
    }


def test_groups_by_nature_follow_the_vocabulary() -> None:
    groups = [(group["key"], group["total"]) for group in figures("--by", "nature")["groups"]]
    assert groups == [("request", 11), ("principle", 1), ("finding", 1)]


def test_text_can_be_read_out() -> None:
    assert ask("--as-of", "2013-10-04").startswith("Puerto Vallarta 2010, as of 4 October 2013 (reconstructed in ")
    assert (
        "of 13 recommendations, 2 are implemented, 2 are partly implemented, 7 are in progress and 2 are continuing "
        "principles or findings."
    ) in ask("--as-of", "2013-10-04")


def test_csv_has_a_line_for_the_whole_and_one_for_each_group() -> None:
    rows = list(csv.DictReader(io.StringIO(ask("--format", "csv", "--by", "roundtable"))))
    assert [(row["group"], row["total"], row["partially_implemented"]) for row in rows] == [
        ("", "13", "8"),
        ("RT1", "6", "2"),
        ("RT2", "4", "4"),
        ("RT3", "3", "2"),
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--forum", "1999"], "--forum 1999: no such Forum; on record are 2007, "),
        (["--forum", "²"], "--forum ²: no such Forum"),
        (["--forum", "2010", "--roundtable", "RT9"], "the Forum of 2010 has RT1, RT2, RT3, FUT."),
        (["--forum", "2010", "--roundtable", "FUT", "--track", "roundtables"], "FUT is on the track closing."),
        (["--forum", "2010", "--as-of", "9999-99-99"], "--as-of 9999-99-99: give a date such as 2013-10-04"),
        (["--forum", "2010", "--as-of", "2013-W40-5"], "--as-of 2013-W40-5: give a date such as 2013-10-04"),
        (["--forum", "2010", "--as-of", "9998-01-01"], "A date after today"),
        (["--forum", "2010", "--as-of", "2010-11-10"], "On 10 November 2010 the Forum had not closed"),
    ],
)
def test_a_bad_value_is_named_in_one_line(options: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("progress", *options)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 2
