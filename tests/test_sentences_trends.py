"""What stands beside a chart over time, in words."""

import datetime as dt

import pytest

from tracker.models import Standing, Status, Track
from tracker.readings.tally import Tally
from tracker.sentences import trend_answer, trend_source, trend_title

FIRST, LAST = dt.date(2010, 11, 11), dt.date(2016, 2, 1)


def counts(**given: int) -> Tally:
    whole = Tally()
    for status, number in given.items():
        whole.add(Status(status), Standing.PROVISIONAL, number)
    return whole


def answer(began: Tally, ended: Tally, *, changed: bool = True, track: Track = Track.ROUNDTABLES) -> str:
    return trend_answer(began, ended, first=FIRST, last=LAST, track=track, changed=changed)


@pytest.mark.parametrize(
    ("began", "ended", "said"),
    [
        (
            counts(no_information=1),
            counts(implemented=1),
            (
                "On 11 November 2010, the one recommendation has no reading yet. "
                "On 1 February 2016, the one recommendation is implemented."
            ),
        ),
        (
            counts(no_information=2),
            counts(ongoing=2),
            (
                "On 11 November 2010, both recommendations have no reading yet. "
                "On 1 February 2016, both recommendations are continuing principles or findings."
            ),
        ),
        (
            counts(in_progress=1, no_information=12),
            counts(superseded=1, not_pursued=2, no_information=10),
            (
                "On 11 November 2010, of 13 recommendations, 1 is in progress and 12 have no reading yet. "
                "On 1 February 2016, of 13 recommendations, 1 has been overtaken by events, 2 are no longer pursued "
                "and 10 have no reading yet."
            ),
        ),
    ],
)
def test_both_ends_are_told(began, ended, said):
    assert answer(began, ended) == said


def test_items_about_the_forum_are_not_called_recommendations():
    said = answer(counts(no_information=5), counts(implemented=5), track=Track.CLOSING)
    assert said.startswith("On 11 November 2010, all 5 items about the Forum itself have no reading yet.")


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (counts(no_information=1), "the one recommendation has no reading yet"),
        (counts(no_information=4), "all 4 recommendations have no reading yet"),
        (
            counts(ongoing=1, no_information=1),
            "of 2 recommendations, 1 is a continuing principle or finding and 1 has ",
        ),
    ],
)
def test_nothing_changed_is_said(ended, said):
    assert answer(ended, ended, changed=False).startswith(
        f"No status has changed since the Forum closed on 11 November 2010: {said}"
    )


@pytest.mark.parametrize(
    ("last", "opened_on", "said"),
    [
        (
            LAST,
            dt.date(2015, 1, 1),
            (
                "Source: the assessments on this record, as read on 1 February 2016. "
                "Days before 1 January 2015 are reconstructed: today's knowledge of them."
            ),
        ),
        (
            dt.date(2014, 1, 1),
            dt.date(2015, 1, 1),
            (
                "Source: the assessments on this record that count by 1 January 2014, as read on 1 February 2016. "
                "Days before 1 January 2014 are reconstructed: today's knowledge of them."
            ),
        ),
        (LAST, FIRST, "Source: the assessments on this record, as read on 1 February 2016."),
    ],
)
def test_the_source_says_what_counts_and_until_when_it_is_reconstructed(last, opened_on, said):
    assert trend_source(FIRST, last, read_on=LAST, opened_on=opened_on) == said


def test_the_chart_has_a_name_with_its_days():
    assert trend_title("Roundtable 2", FIRST, LAST) == (
        "Roundtable 2: how many had which status, from 11 November 2010 to 1 February 2016"
    )
