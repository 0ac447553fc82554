"""Long lists in pages of fifty."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tracker.views.parameters import BadParameter, known_parameters

PER_PAGE = 50
LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Paging:
    """Which part of a list is shown. ``query`` is the rest of the address, to which a page number is added.

    ``anchor``: where on its page the list begins, if not at the top.
    """

    number: int
    last: int
    total: int
    query: str
    per_page: int = PER_PAGE
    anchor: str = ""

    @property
    def rows(self) -> slice:
        """The rows of this page."""
        return slice((self.number - 1) * self.per_page, self.number * self.per_page)

    @property
    def first_row(self) -> int:
        """The number of the first row shown, from 1."""
        return (self.number - 1) * self.per_page + 1

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return min(self.number * self.per_page, self.total)

    @property
    def previous(self) -> str:
        """The query of the page before, or nothing."""
        return self.link(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The query of the page after, or nothing."""
        return self.link(self.number + 1) if self.number < self.last else ""

    def link(self, number: int, anchor: str = "") -> str:
        """Return the query of a page, and the place on it."""
        parts = [self.query] if self.query else []
        place = anchor or self.anchor
        return "?" + "&".join([*parts, f"page={number}"]) + (f"#{place}" if place else "")


def page_of(place: int) -> int:
    """Return the number of the page on which a row stands. ``place``: its place in the list, from 0."""
    return place // PER_PAGE + 1


def paging(request: HttpRequest, total: int) -> Paging:
    """Return which part of ``total`` rows is asked for; refuse what is no number, and a page past the end."""
    text = request.GET.get("page") or "1"
    last = max(1, -(-total // PER_PAGE))
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
    if not 1 <= number <= last:
        raise BadParameter("page", text, _("a number from 1 to %(last)d") % {"last": last})
    return Paging(number=number, last=last, total=total, query=_other_parameters(request))


def _other_parameters(request: HttpRequest) -> str:
    query = QueryDict(mutable=True)
    for name in known_parameters(request) - {"page"}:
        query.setlist(name, [value for value in request.GET.getlist(name) if value])
    return query.urlencode()
