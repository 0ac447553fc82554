"""Cursors: a place in a list, in an address. They are signed, so that nobody asks for what no page led to."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.views.keyset import Term, Value
from tracker.views.parameters import POSITION, BadParameter, known_parameters

FORM = 1
"""The form of a cursor. One of another form comes from another release."""


@dataclass(frozen=True)
class Cursor:
    """Between two rows of a list: after ``place`` rows, and beside the one whose values these are.

    ``back``: the page ends here, and shows what comes before.
    """

    place: int
    values: tuple[Value, ...]
    back: bool = False

    def signed(self, of_list: str) -> str:
        """Return it as it stands in an address."""
        return _signer().sign_object([FORM, of_list, self.place, int(self.back), *self.values])


def list_name(request: HttpRequest, terms: Sequence[Term]) -> str:
    """Return a short name of the list that is asked for: its page in any language, its filters and its order."""
    match = request.resolver_match
    page = (match.view_name, sorted(match.kwargs.items())) if match else (request.path, [])
    filters = [(name, sorted(filter(None, request.GET.getlist(name)))) for name in filter_names(request)]
    said = repr((page, [one for one in filters if one[1]], list(terms)))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def filter_names(request: HttpRequest) -> list[str]:
    """Return the parameters of a page that say which list it shows, sorted."""
    return sorted(known_parameters(request).difference(POSITION))


def asked_cursor(request: HttpRequest, terms: Sequence[Term]) -> Cursor | None:
    """Return the cursor of an address; None where it has none. One that does not lead on here is refused in words."""
    text = request.GET.get("cursor")
    if not text:
        return None
    try:
        form, *said = _signer().unsign_object(text)
    except (BadSignature, ValueError):
        raise BadParameter("cursor", text, _altered()) from None
    if form != FORM:
        raise BadParameter("cursor", text, _("a place in this list; this one comes from another release of the site"))
    of_list, place, back, *values = said
    if of_list != list_name(request, terms):
        raise BadParameter("cursor", text, _("a place in this list; this one belongs to a list with other filters"))
    return Cursor(place, tuple(values), bool(back))


def _altered() -> str:
    return _("what a link to the next or previous page says; this one was altered, or a part of it is missing")


def _signer() -> Signer:
    return Signer(salt="tracker.cursor")
