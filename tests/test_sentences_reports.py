"""The sentences of a report: how its subject is called, and its answer for none, one and many."""

import datetime as dt

import pytest

from tracker.models import Roundtable, Standing, Status, Track
from tracker.readings.tally import Tally
from tracker.sentences import FollowUps
from tracker.sentences.reports import heard_words, report_answer, roundtables_words

DAY = dt.date(2013, 10, 4)


def tables(*numbers: int | None) -> list[Roundtable]:
    return [Roundtable(number=number, title_en="The future of the Forum") for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([2], "Roundtable 2"),
        ([1, 2], "Roundtable 1 and Roundtable 2"),
        ([1, 2, 3], "Roundtables 1 to 3"),
        ([1, 2, 4], "Roundtable 1, Roundtable 2 and Roundtable 4"),
        ([None], "The future of the Forum"),
        ([1, 2, None], "Roundtable 1, Roundtable 2 and The future of the Forum"),
    ],
)
def test_roundtables_are_called_by_number_and_three_in_a_row_by_the_first_and_last(numbers, words):
    assert roundtables_words(tables(*numbers)) == words


def counted(**numbers: int) -> Tally:
    whole = Tally()
    for status, number in numbers.items():
        whole.add(Status(status), Standing.PROVISIONAL, number)
    return whole


def answer(found: Tally, *, closing: int = 0, track: Track = Track.ROUNDTABLES, follow_ups: int = 0) -> str:
    heard = FollowUps(follow_ups, last="2011" if follow_ups else "")
    return report_answer("City 2010", DAY, found, closing=closing, track=track, follow_ups=heard)


def test_the_answer_where_nothing_is_on_record():
    assert answer(Tally()) == "City 2010, as of 4 October 2013: no recommendation is on record yet."


def test_the_answer_for_one():
    assert answer(counted(in_progress=1), follow_ups=1) == (
        "City 2010, as of 4 October 2013: the one recommendation is in progress. The reading is provisional. "
        "One follow-up is on record; it does not refer to the Forum; it is from 2011."
    )


def test_the_answer_for_many_with_items_counted_apart():
    assert answer(counted(implemented=2, in_progress=3), closing=5) == (
        "City 2010, as of 4 October 2013: of 5 recommendations, 2 are implemented and 3 are in progress. "
        "Five items about the Forum itself are counted apart. All readings are provisional. "
        "No follow-up is on record."
    )


def test_the_answer_for_the_closing_part_alone():
    assert answer(counted(superseded=2), track=Track.CLOSING).startswith(
        "City 2010, as of 4 October 2013: both items about the Forum itself have been overtaken by events."
    )


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no follow-up on record"), (1, "1 follow-up, 2011"), (4, "4 follow-ups, last 2011")]
)
def test_how_often_one_was_heard_of(number, words):
    assert heard_words(FollowUps(number, last="2011")) == words
