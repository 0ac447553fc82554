"""Marks and bars on paper: one of each status, as wide as its share, with the fills of the pages."""

import re

from tracker.models import Status
from tracker.readings.colours import COLOURS
from tracker.readings.tally import Tally
from tracker.report.shapes import WIDTH, bar, marks


def test_each_status_has_a_mark_of_its_own():
    found = marks()
    assert set(found) == {status.token for status in Status}
    assert len(set(found.values())) == len(Status)
    assert COLOURS["partial"] in found["partial"]


def test_a_bar_has_a_segment_for_each_status_that_occurs():
    counted = Tally()
    counted.add(Status.IMPLEMENTED, "", 1)
    counted.add(Status.PARTIALLY_IMPLEMENTED, "", 3)
    segments = re.findall(r'<rect x="([\d.]+)" y="0.5" width="([\d.]+)" [^>]*url\(#fill-(\w+)\)', bar(counted))
    assert segments == [
        ("0.50", f"{WIDTH / 4 - 1:.2f}", "implemented"),
        (f"{WIDTH / 4 + 0.5:.2f}", f"{WIDTH * 3 / 4 - 1:.2f}", "partial"),
    ]


def test_a_bar_holds_a_fill_for_each_status_and_none_is_turned():
    counted = Tally()
    counted.add(Status.ONGOING, "")
    drawn = bar(counted)
    assert set(re.findall(r'<pattern\s+id="fill-(\w+)"', drawn)) == {status.token for status in Status}
    assert "patternTransform" not in drawn


def test_nothing_has_no_bar():
    assert bar(Tally()) == ""
