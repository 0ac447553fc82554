"""Long lists in pages: numbered as long as that is cheap, then from each page to the next and the previous one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.paging import Cursor, Row, after, before, terms_of
from tracker.views.cursor import asked_cursor, list_name
from tracker.views.paging import PER_PAGE, Paging, Total, asked_number, last_of, link
from tracker.views.parameters import BadParameter

MOST_NUMBERED = 20
"""Pages that have a number. To find a later one, the database would read all that comes before it."""
NUMBERED = frozenset(map(str, range(1, MOST_NUMBERED + 1)))
MOST_COUNTED = 10_000
"""Rows of a list that are counted; of more it is said that there are more."""


def asked_until(request: HttpRequest) -> int:
    """Return the row up to which a list must be known for the numbered page that is asked for; 0 behind a cursor.

    It is the first of the next page. A page that is not there is refused by ``asked_page``.
    """
    if "cursor" in request.GET:
        return 0
    number = request.GET.get("page", "")
    return PER_PAGE * (int(number) if number in NUMBERED else 1) + 1


Lines: TypeAlias = Callable[[Any], "QuerySet[Row]"]


def as_they_are(part: Any) -> Any:
    """Return a part of a list with no more than it was given with."""
    return part


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A page of a list: its rows, and what is said of its place among the others."""

    rows: list[Row]
    paging: Paging


def asked_page(
    request: HttpRequest,
    rows: QuerySet[Row],
    total: Total | None = None,
    *,
    per_page: int = PER_PAGE,
    lines: "Lines[Row]" = as_they_are,
) -> ListPage[Row]:
    """Return the page of a list that is asked for by ``page`` or ``cursor``, in one query, or two that count too.

    ``rows``: sorted by columns whose last tells any two rows apart; one that may be null says where its nulls stand
    (``F(…).asc(nulls_last=True)``); what a column leads through is selected with the rows. ``total``: how many rows
    there are, where that is known. ``lines``: returns a part of them, in its order, with what a page shows of each, so
    that no more is sorted than what it is sorted by.

    A page that is not there, and a cursor that does not lead on here, are refused.
    """
    asked = _List(request, rows, total or counted(rows), per_page, lines)
    cursor = asked_cursor(request, asked.terms)
    return asked.numbered() if cursor is None else asked.beside(cursor)


def counted(rows: QuerySet[Row]) -> Total:
    """Return how many rows there are, counted to 10,000 and no further."""
    return total_of(rows.order_by().values("pk")[: MOST_COUNTED + 1].count())


def total_of(number: int) -> Total:
    """Return how many rows there are, of a number that was counted to one more than 10,000."""
    return Total(min(number, MOST_COUNTED), more=number > MOST_COUNTED)


class _List(Generic[Row]):
    """The list that is asked for. One row more than a page has says whether there is a next one."""

    def __init__(
        self, request: HttpRequest, rows: QuerySet[Row], total: Total, per_page: int, lines: "Lines[Row]"
    ) -> None:
        self.request, self.rows, self.total, self.per_page, self.lines = request, rows, total, per_page, lines
        self.terms = terms_of(rows)

    def numbered(self) -> ListPage[Row]:
        """Return the page that is asked for by its number."""
        last = last_of(self.total.number, self.per_page)
        number = asked_number(self.request, min(last, MOST_NUMBERED))
        place = (number - 1) * self.per_page
        found = list(self.lines(self.rows[place : place + self.per_page + 1]))
        shown = found[: self.per_page]
        return ListPage(
            shown,
            Paging(
                first_row=place + 1,
                last_row=place + len(shown),
                total=self.total,
                number=number,
                last=0 if self.total.more else last,
                previous=link(self.request, page=number - 1) if number > 1 else "",
                next=self._after_number(number, shown) if len(found) > len(shown) else "",
            ),
        )

    def _after_number(self, number: int, shown: list[Row]) -> str:
        if number < MOST_NUMBERED:
            return link(self.request, page=number + 1)
        return self._cursor(number * self.per_page, shown[-1])

    def beside(self, cursor: Cursor) -> ListPage[Row]:
        """Return the rows before or after a place."""
        beside = before if cursor.back else after
        found = list(self.lines(beside(self.rows, cursor.values)[: self.per_page + 1]))
        shown, goes_on = found[: self.per_page], len(found) > self.per_page
        if not shown:
            allowed = _("a place in this list; nothing is left beside this one")
            raise BadParameter("cursor", self.request.GET["cursor"], allowed)
        if cursor.back:
            place = max(1, cursor.place - len(shown)) if goes_on else 0
            return self._between(shown[::-1], place, is_first=not goes_on)
        return self._between(shown, cursor.place, is_last=not goes_on)

    def _between(self, shown: list[Row], place: int, *, is_first: bool = False, is_last: bool = False) -> ListPage[Row]:
        end = place + len(shown)
        paging = Paging(
            first_row=place + 1,
            last_row=end,
            total=self.total,
            previous="" if is_first else self._cursor(place, shown[0], back=True),
            next="" if is_last else self._cursor(end, shown[-1]),
        )
        return ListPage(shown, paging)

    def _cursor(self, place: int, row: Row, *, back: bool = False) -> str:
        cursor = Cursor(place, tuple(term.value_of(row) for term in self.terms), back)
        return link(self.request, cursor=cursor.signed(list_name(self.request, self.terms)))
