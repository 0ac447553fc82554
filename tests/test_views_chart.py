"""The geometry of the chart over time: pure figures in, per cent out."""

import datetime as dt

import pytest

from tracker.models import Status
from tracker.views.chart import Area, Tick, chart, place

FIRST = dt.date(2010, 1, 1)
DAY = dt.timedelta(days=1)


def level(days, **counts):
    """Return the counts that hold from so many days after the first."""
    return FIRST + days * DAY, {status: counts.get(status.value, 0) for status in Status}


def areas(*levels):
    """Return what is drawn as status, x, y, width, height in numbers."""
    drawn = chart(levels).areas
    return [
        (area.status.value, *(float(side.rstrip("%")) for side in (area.x, area.y, area.width, area.height)))
        for area in drawn
    ]


def test_a_status_stands_on_those_named_before_it():
    assert areas(level(0, implemented=1, in_progress=1, no_information=2), level(10)) == [
        ("implemented", 0, 75, 100, 25),
        ("in_progress", 0, 50, 100, 25),
        ("no_information", 0, 0, 100, 50),
    ]


def test_a_count_holds_until_the_day_on_which_it_changes():
    assert areas(level(0, no_information=2), level(5, implemented=1, no_information=1), level(20)) == [
        ("implemented", 25, 50, 75, 50),
        ("no_information", 0, 0, 25, 100),
        ("no_information", 25, 0, 75, 50),
    ]


def test_an_area_goes_on_while_only_what_lies_above_it_changes():
    drawn = areas(level(0, implemented=1, no_information=1), level(5, implemented=1, in_progress=1), level(10))
    assert drawn[0] == ("implemented", 0, 50, 100, 50)


def test_a_status_that_goes_and_comes_back_is_drawn_twice():
    drawn = areas(level(0, ongoing=1), level(2, superseded=1), level(8, ongoing=1), level(10))
    assert [row for row in drawn if row[0] == "ongoing"] == [("ongoing", 0, 0, 20, 100), ("ongoing", 80, 0, 20, 100)]


def test_what_changes_on_the_last_day_has_no_width():
    assert areas(level(0, no_information=1), level(10, implemented=1), level(10)) == [
        ("no_information", 0, 0, 100, 100)
    ]


def test_areas_fill_the_box_at_any_time():
    drawn = areas(
        level(0, no_information=7),
        level(3, in_progress=2, no_information=5),
        level(7, implemented=1, in_progress=3, ongoing=1, no_information=2),
        level(11),
    )
    assert sum(width * height for _status, _x, _y, width, height in drawn) == pytest.approx(100 * 100, rel=1e-3)


def test_edges_are_steps_along_the_top_of_each_status_that_occurs():
    levels = level(0, no_information=4), level(5, implemented=1, no_information=3), level(10)
    assert chart(levels).edges == ["M0 100H50V75H100", "M0 0H100"]


def test_an_area_is_in_per_cent_without_idle_digits():
    levels = level(0, implemented=1, no_information=2), level(10)
    assert chart(levels).areas[0] == Area(Status.IMPLEMENTED, "0%", "66.67%", "100%", "33.33%")


@pytest.mark.parametrize(
    ("top", "named"),
    [
        (1, ["0", "1"]),
        (4, ["0", "1", "2", "3", "4"]),
        (6, ["0", "2", "4", "6"]),
        (11, ["0", "5", "11"]),
        (13, ["0", "5", "10", "13"]),
        (60, ["0", "20", "40", "60"]),
        (12_500, ["0", "5000", "12,500"]),
    ],
)
def test_the_axis_of_numbers_names_the_whole_and_round_numbers(top, named):
    numbers = chart([level(0, no_information=top), level(10)]).numbers
    assert [tick.label for tick in numbers] == named
    assert (numbers[0].place, numbers[-1].place) == ("100%", "0%")


@pytest.mark.parametrize(
    ("last", "named"),
    [
        (dt.date(2012, 1, 1), ["2011", "2012"]),
        (dt.date(2016, 12, 31), ["2011", "2012", "2013", "2014", "2015", "2016"]),
        (dt.date(2020, 6, 1), ["", "2012", "", "2014", "", "2016", "", "2018", "", "2020"]),
        (dt.date(2026, 6, 1), [*[""] * 4, "2015", *[""] * 4, "2020", *[""] * 4, "2025", ""]),
    ],
)
def test_the_axis_of_time_has_each_year_and_names_the_round_ones(last, named):
    levels = [(FIRST, level(0, ongoing=1)[1]), (last, {})]
    assert [tick.label for tick in chart([levels[0], (last, level(0)[1])]).times] == named


@pytest.mark.parametrize("days", [1, 300, 500])
def test_a_time_without_two_years_to_name_has_its_ends_named(days):
    times = chart([level(0, ongoing=1), level(days)]).times
    assert times[0] == Tick("0%", "1 January 2010", "start")
    assert (times[1].place, times[1].anchor, len(times)) == ("100%", "end", 2)


def test_a_day_has_its_place_between_the_ends():
    assert [place(FIRST + days * DAY, FIRST, FIRST + 8 * DAY) for days in (0, 1, 8)] == ["0%", "12.5%", "100%"]
