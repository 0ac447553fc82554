"""Which part of a long list a page shows, and the links that lead on from there."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tracker.sentences.words import figure
from tracker.views.cursor import filter_names
from tracker.views.parameters import BadParameter

PER_PAGE = 50
LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Total:
    """How many rows a list has; ``more``: at least so many, the rest was not counted."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return _("%(number)s+") % {"number": figure(self.number)} if self.more else figure(self.number)


@dataclass(frozen=True)
class Paging:
    """The place of a page among the others. ``number`` of ``last`` pages; each is 0 where it is not known.

    ``previous`` and ``next``: the queries of the pages beside it, or nothing.
    """

    first_row: int
    last_row: int
    total: Total
    number: int = 0
    last: int = 0
    previous: str = ""
    next: str = ""

    @property
    def rows(self) -> slice:
        """The rows of this page, of a list that is at hand as a whole."""
        return slice(self.first_row - 1, self.last_row)

    @property
    def first(self) -> str:
        """The number of the first row, as it is written."""
        return figure(self.first_row)

    @property
    def until(self) -> str:
        """The number of the last row, as it is written."""
        return figure(self.last_row)


def last_of(total: int, per_page: int = PER_PAGE) -> int:
    """Return the number of the last page; one also where there is nothing."""
    return max(1, -(-total // per_page))


def page_of(place: int) -> int:
    """Return the number of the page on which a row stands. ``place``: its place in the list, from 0."""
    return place // PER_PAGE + 1


def paging(request: HttpRequest, total: int, anchor: str = "") -> Paging:
    """Return which part of ``total`` rows is asked for by number; for lists that are read as a whole in any case.

    ``anchor``: where on its page the list begins, if not at the top.
    """
    last = last_of(total)
    number = asked_number(request, last)
    return Paging(
        first_row=(number - 1) * PER_PAGE + 1,
        last_row=min(number * PER_PAGE, total),
        total=Total(total),
        number=number,
        last=last,
        previous=link(request, anchor, page=number - 1) if number > 1 else "",
        next=link(request, anchor, page=number + 1) if number < last else "",
    )


def asked_number(request: HttpRequest, last: int) -> int:
    """Return the number of the page that is asked for; refuse what is no number, and a page past the last one."""
    text = request.GET.get("page") or "1"
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
    if not 1 <= number <= last:
        raise BadParameter("page", text, _("a number from 1 to %(last)d") % {"last": last})
    return number


def link(request: HttpRequest, anchor: str = "", **position: int | str) -> str:
    """Return the query of another page of the list that is asked for, and the place on it."""
    query = QueryDict(mutable=True)
    for name in filter_names(request):
        query.setlist(name, [value for value in request.GET.getlist(name) if value])
    for name, value in position.items():
        query[name] = str(value)
    return f"?{query.urlencode()}{f'#{anchor}' if anchor else ''}"
