"""Finding at the desk: lists and pickers look in words as the public pages do, and in what is not published too."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest

from tracker.search import Query, Search, parse

LONGEST = 500
"""Letters that are looked for: nobody types more."""
MOST = 100
"""What a picker offers of all that is found: five times what it shows at once."""
Found = Callable[[Search, Any], Any]


def as_beginning(typed: str) -> Query:
    """Return what is looked for if the last word is not finished; in quotes or before a blank it is."""
    return parse(f"{typed}*" if typed[-1:].isalnum() else typed)


class FindsByWords:
    """A list and pickers that find by the words of ``tracker.search``.

    ``found_by``: which rows a search keeps. ``search_fields`` are named so that Django offers the box; they are not
    looked in.
    """

    found_by: Found

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find whole words first, else beginnings; a picker, which looks while one types, the other way round."""
        typed = search_term.strip()[:LONGEST]
        looks = [parse(typed), as_beginning(typed)]
        is_picker = request.path.endswith("/autocomplete/")
        if not typed:
            return (self._first(request, queryset) if is_picker else queryset), False
        if not looks[0]:
            return queryset.none(), False
        if is_picker:
            return self._offered(queryset, reversed(looks)), False
        first = self.found_by(Search(looks[0]), queryset)
        if looks[0] == looks[1] or first.exists():
            return first, False
        return self.found_by(Search(looks[1]), queryset), False

    def _first(self, request: HttpRequest, queryset: Any) -> Any:
        """Return what a picker offers before anything is typed: the first of the list."""
        sort: Any = self
        return queryset.filter(pk__in=queryset.order_by(*sort.get_ordering(request)).values("pk")[:MOST])

    def _offered(self, queryset: Any, looks: Iterable[Query]) -> Any:
        """Return what a picker offers: the first that are found, in whatever order. Who looks for another types on."""
        keys: list[int] = []
        for look in looks:
            keys = keys or list(self.found_by(Search(look), queryset.order_by()).values_list("pk", flat=True)[:MOST])
        return queryset.filter(pk__in=keys)
