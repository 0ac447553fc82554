"""Finding at the desk: lists and pickers look in words as the public pages do, and in what is not published too."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from tracker.search import Query, Search, parse

LONGEST = 500
"""Letters that are looked for: nobody types more."""
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
        if request.path.endswith("/autocomplete/"):
            looks.reverse()
        if not looks[0]:
            return (queryset.none() if typed else queryset), False
        first = self.found_by(Search(looks[0]), queryset)
        if looks[0] == looks[1] or first.exists():
            return first, False
        return self.found_by(Search(looks[1]), queryset), False
