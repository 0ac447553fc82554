"""Lines of roundtables and rows of tables are written at once, and escape what the record says."""

import datetime as dt
from dataclasses import dataclass

from django.http import QueryDict

from tracker.models import Forum, Recommendation, Roundtable, Status
from tracker.readings.matrix import Cell, Matrix, Row
from tracker.readings.tally import Tally, tally
from tracker.templatetags.forums import part_lines
from tracker.templatetags.tables import level_rows, matrix_rows

TABLE = Roundtable(forum=Forum(year=2010), code="RT2", number=2, title_en="Mobility & <rights>")


@dataclass
class Counted:
    """A part of a Forum with its count."""

    roundtable: Roundtable
    counted: Tally


@dataclass
class Figures:
    """The figures of a day."""

    day: dt.date
    occasions: list[str]
    counts: list[tuple[Status, int]]


def test_a_line_of_a_roundtable_leads_to_it_and_carries_the_day_on() -> None:
    part = Counted(TABLE, tally([("implemented", "confirmed", 1)]))
    html = part_lines([part], QueryDict("as_of=hld-2013"))
    assert '<li>\n<h3>\n<a href="/forums/2010/roundtables/rt2/?as_of=hld-2013">' in html
    assert '<span class="soft">Roundtable 2</span> Mobility &amp; &lt;rights&gt;</a>' in html
    assert '<div class="progress small">' in html


def test_a_closing_part_is_told_apart() -> None:
    html = part_lines([Counted(TABLE, Tally())], QueryDict(), apart=True)
    assert html.startswith('<li class="apart">')
    assert '<span class="soft">Counted apart</span>' in html


def test_a_row_of_who_has_follow_ups_says_where_there_are_none() -> None:
    row = Row(Recommendation(reference="GFMD-2010-RT2-03"), [Cell("A & B"), Cell("C", 2, "May 2011")])
    html = matrix_rows(Matrix(["A & B", "C"], [row]), QueryDict())
    assert '<a href="/recommendations/GFMD-2010-RT2-03/">RT2-03</a>' in html
    assert '<td data-label="A &amp; B">\n<span class="soft" aria-hidden="true">–</span>' in html
    assert '<td data-label="C">\n<b>2</b> <span class="soft">May 2011</span>\n</td>' in html


def test_a_row_of_figures_names_its_occasions_and_marks_what_nothing_has() -> None:
    figures = [(Status.IMPLEMENTED, 0), (Status.ONGOING, 12_000)]
    html = level_rows([Figures(dt.date(2013, 10, 4), ["2013 Dialogue & more"], figures)])
    assert '4 October 2013\n<span class="soft">2013 Dialogue &amp; more</span>' in html
    assert '<td data-label="Implemented" class="zero">\n0\n</td>' in html
    assert '<td data-label="Continuing">\n12,000\n</td>' in html
