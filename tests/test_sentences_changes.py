"""What changed between two days, in words."""

import datetime as dt

import pytest

from tracker.models import Milestone, Track
from tracker.sentences import changes_answer, occasion_words

FIRST, LAST = dt.date(2013, 10, 4), dt.date(2016, 2, 1)
BETWEEN = "between 4 October 2013 and 1 February 2016"


@pytest.mark.parametrize(
    ("changed", "total", "said"),
    [
        (0, 1, f"B{BETWEEN[1:]} no status changed: the one recommendation is unchanged."),
        (0, 2, f"B{BETWEEN[1:]} no status changed: both recommendations are unchanged."),
        (0, 4, f"B{BETWEEN[1:]} no status changed: all 4 recommendations are unchanged."),
        (1, 2, f"Of 2 recommendations, 1 changed status {BETWEEN}; 1 is unchanged."),
        (2, 60, f"Of 60 recommendations, 2 changed status {BETWEEN}; 58 are unchanged."),
        (1, 1, f"The one recommendation changed status {BETWEEN}."),
        (2, 2, f"Both recommendations changed status {BETWEEN}."),
        (4, 4, f"All 4 recommendations changed status {BETWEEN}."),
    ],
)
def test_how_many_changed_and_how_many_did_not(changed, total, said):
    answer = changes_answer(changed=changed, total=total, follow_ups=0, first=FIRST, last=LAST)
    assert answer == f"{said} No follow-up dates from that time."


@pytest.mark.parametrize(
    ("follow_ups", "said"),
    [
        (0, "No follow-up dates from that time."),
        (1, "One follow-up dates from that time."),
        (2, "Two follow-ups date from that time."),
        (63, "63 follow-ups date from that time."),
    ],
)
def test_what_dates_from_that_time(follow_ups, said):
    answer = changes_answer(changed=1, total=1, follow_ups=follow_ups, first=FIRST, last=LAST)
    assert answer.endswith(said)


def test_items_about_the_forum_are_not_called_recommendations():
    answer = changes_answer(changed=1, total=5, follow_ups=1, first=FIRST, last=LAST, track=Track.CLOSING)
    assert answer.startswith(f"Of 5 items about the Forum itself, 1 changed status {BETWEEN}; 4 are unchanged.")


def test_the_closing_of_a_forum_has_a_name_and_other_occasions_an_article():
    assert occasion_words(Milestone(title_en="2013 High-level Dialogue")) == "the 2013 High-level Dialogue"
    assert occasion_words(Milestone(title_en="GFMD 2014, Stockholm", forum_id=7)) == "GFMD 2014, Stockholm"
