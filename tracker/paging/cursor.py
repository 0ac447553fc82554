"""Cursors: a place in a list, in an address. They are signed, so that nobody asks for what no page led to."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.translation import gettext as _

from tracker.paging.keyset import Term, Value

FORM = 1
"""The form of a cursor. One of another form comes from another release."""


class NotAPlace(Exception):
    """What was given as a cursor is no place in the list that is asked for. The message says what would be."""


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

    @classmethod
    def read(cls, text: str, of_list: str) -> "Cursor":
        """Return what stands in an address. Raises ``NotAPlace`` where it does not lead on in this list."""
        try:
            form, *said = _signer().unsign_object(text)
        except (BadSignature, ValueError):
            raise NotAPlace(_altered()) from None
        if form != FORM:
            raise NotAPlace(_("a place in this list; this one comes from another release of the site"))
        named, place, back, *values = said
        if named != of_list:
            raise NotAPlace(_("a place in this list; this one belongs to a list with other filters"))
        return cls(place, tuple(values), bool(back))


def list_name(where: object, filters: Iterable[str], asked: QueryDict, terms: Sequence[Term]) -> str:
    """Return a short name of a list: ``where`` it stands, what is ``asked`` of its ``filters``, and its order."""
    given = [(name, sorted(filter(None, asked.getlist(name)))) for name in sorted(filters)]
    said = repr((where, [one for one in given if one[1]], list(terms)))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _altered() -> str:
    return _("what a link to the next or previous page says; this one was altered, or a part of it is missing")


def _signer() -> Signer:
    return Signer(salt="tracker.cursor")
