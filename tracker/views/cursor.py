"""The cursor of a page: which list its address asks for, and the place in it."""

from collections.abc import Sequence

from django.http import HttpRequest

from tracker.paging import Cursor, NotAPlace, Term, cursor
from tracker.views.parameters import POSITION, BadParameter, known_parameters


def list_name(request: HttpRequest, terms: Sequence[Term]) -> str:
    """Return a short name of the list that is asked for: its page in any language, its filters and its order."""
    match = request.resolver_match
    page = (match.view_name, sorted(match.kwargs.items())) if match else (request.path, [])
    return cursor.list_name(page, filter_names(request), request.GET, terms)


def filter_names(request: HttpRequest) -> list[str]:
    """Return the parameters of a page that say which list it shows, sorted."""
    return sorted(known_parameters(request).difference(POSITION))


def asked_cursor(request: HttpRequest, terms: Sequence[Term]) -> Cursor | None:
    """Return the cursor of an address; None where it has none. One that does not lead on here is refused in words."""
    text = request.GET.get("cursor")
    if not text:
        return None
    try:
        return Cursor.read(text, list_name(request, terms))
    except NotAPlace as refusal:
        raise BadParameter("cursor", text, str(refusal)) from None
