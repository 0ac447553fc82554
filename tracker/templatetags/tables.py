"""Rows of tables that have hundreds of cells."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from django import template
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.models import Recommendation, Status
from tracker.models.addresses import addresses
from tracker.readings.matrix import Cell, Matrix, Row
from tracker.sentences import day_words, figure
from tracker.templatetags.marks import together

register = template.Library()

ROW = """<tr>
<th scope="row">
{head}
</th>
{cells}
</tr>"""
NONE = '<span class="soft" aria-hidden="true">–</span><span class="hidden">{}</span>'


@register.simple_tag
def matrix_rows(matrix: Matrix, kept: QueryDict) -> SafeString:
    """Show who has follow-ups: of each recommendation how many each group has, and the last one's day."""
    address, query = addresses("recommendation"), f"?{kept.urlencode()}" if kept else ""
    none = format_html(NONE, _("none"))
    return together(_row(row, f"{_address(row.recommendation, address)}{query}", none) for row in matrix.rows)


def _address(recommendation: Recommendation, address: Callable[[str], str]) -> str:
    """Return where a row leads. A draft in a preview has no public page: it says itself where it is changed."""
    is_draft = recommendation.state == Recommendation.State.DRAFT
    return recommendation.get_absolute_url() if is_draft else address(recommendation.reference)


def _row(row: Row, address: str, none: SafeString) -> SafeString:
    head = format_html('<a href="{}">{}</a>', address, row.recommendation.short_reference)
    return format_html(ROW, head=head, cells=together(_cell(cell, none) for cell in row.cells))


def _cell(cell: Cell, none: SafeString) -> SafeString:
    held = format_html('<b>{}</b> <span class="soft">{}</span>', cell.number, cell.last) if cell.number else none
    return format_html('<td data-label="{}">\n{}\n</td>', cell.column, held)


class Level(Protocol):
    """The figures of a day, and what it is the day of."""

    @property
    def day(self) -> dt.date: ...
    @property
    def occasions(self) -> Sequence[str]: ...
    @property
    def counts(self) -> Sequence[tuple[Status, int]]: ...


@register.simple_tag
def level_rows(rows: Iterable[Level]) -> SafeString:
    """Show how many recommendations had which status from each day on."""
    return together(_level(row) for row in rows)


def _level(row: Level) -> SafeString:
    occasions = format_html_join("\n", '<span class="soft">{}</span>', ((title,) for title in row.occasions))
    cells = (
        format_html(
            '<td data-label="{}"{}>\n{}\n</td>', status.label, "" if held else SafeString(' class="zero"'), figure(held)
        )
        for status, held in row.counts
    )
    return format_html(ROW, head=format_html("{}\n{}", day_words(row.day), occasions), cells=together(cells))
