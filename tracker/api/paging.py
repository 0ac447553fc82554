"""The part of a list that is asked for, and the addresses of those beside it."""

from dataclasses import dataclass
from typing import Generic

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from tracker.api.parameters import Asked, Parameter, number
from tracker.api.problems import unusable
from tracker.paging import Cursor, NotAPlace, Row, after, before, terms_of
from tracker.paging.cursor import list_name

USUAL, MOST = 50, 200
PER_PAGE = number("per_page", "How many results an answer has at most.", default=USUAL, maximum=MOST)
CURSOR = Parameter(
    "cursor",
    "A place in the list, as next and previous have it. It is signed, and belongs to one list: follow those "
    "links, and make none. Nothing is told twice or left out where the record grows meanwhile.",
    allowed=gettext_lazy("what next or previous says"),
)
PLACE = frozenset({PER_PAGE.name, CURSOR.name, "fields"})
"""The parameters that do not say which list it is."""


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Rows of a list, and the queries of the parts beside them; empty where there is none."""

    rows: list[Row]
    next: str
    previous: str


def asked_part(rows: QuerySet[Row], asked: Asked, where: object) -> Part[Row]:
    """Return the part of a list that is asked for. One row more says whether there is another part.

    ``rows``: sorted by named columns, of which the last tells any two apart. ``where``: what tells lists apart that
    have the same parameters.
    """
    name = list_name(where, set(asked.known) - PLACE, asked.query, terms_of(rows))
    size, cursor = int(asked.one("per_page") or USUAL), _cursor(asked, name)
    if cursor is None:
        found = list(rows[: size + 1])
    elif cursor.back:
        found = list(before(rows, cursor.values)[: size + 1])
    else:
        found = list(after(rows, cursor.values)[: size + 1])
    back, goes_on = cursor is not None and cursor.back, len(found) > size
    shown = found[:size][::-1] if back else found[:size]
    has_next, has_previous = (True, goes_on) if back else (goes_on, cursor is not None)

    def link(row: Row, *, back: bool) -> str:
        place = Cursor(0, tuple(term.value_of(row) for term in terms_of(rows)), back)
        query = asked.kept
        query["cursor"] = place.signed(name)
        return query.urlencode()

    return Part(
        shown,
        next=link(shown[-1], back=False) if shown and has_next else "",
        previous=link(shown[0], back=True) if shown and has_previous else "",
    )


def _cursor(asked: Asked, name: str) -> Cursor | None:
    text = asked.one("cursor")
    try:
        return Cursor.read(text, name) if text else None
    except NotAPlace as refusal:
        raise unusable("cursor", text, str(refusal)) from None
