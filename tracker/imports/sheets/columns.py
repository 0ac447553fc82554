"""The columns that a sheet may have: what each means, what it is called in three languages, and how its cells are read.

Whatever a cell holds is first read into its usual form: a text in which two cells that mean the same are the same
("Partly implemented" and "partially_implemented"; "4 October 2013" and "2013-10-04"). Rows are compared in that form.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import override

from tracker.models import Language, fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def as_it_is(text: str) -> str:
    """Return a text that is in its usual form however it is written."""
    return text


@dataclass(frozen=True)
class Column:
    """One column. ``read`` raises ``CellError`` for a cell that it does not understand.

    ``required``: a row that makes something new must have it. ``field``: the column of the model that it fills, where
    it is one; ``stored`` returns the value of that for the usual form of a cell.
    """

    key: str
    heading: "StrOrPromise"
    meaning: "StrOrPromise"
    example: str
    required: bool = False
    also: tuple[str, ...] = ()
    field: str = ""
    read: Callable[[str], str] = as_it_is
    stored: Callable[[str], Any] = as_it_is
    several_lines: bool = False
    language: str = ""
    """The language of a text that has a column for each."""

    def heading_in(self, language: str) -> str:
        """Return the heading of the column in a language."""
        with override(language):
            words = str(capfirst(str(self.heading)))
            return f"{words} ({self.language})" if self.language else words

    @property
    def shown(self) -> str:
        """The heading in the language of the page."""
        words = str(capfirst(str(self.heading)))
        return f"{words} ({self.language})" if self.language else words

    def names(self) -> Iterator[str]:
        """Yield, folded, everything by which the column is known."""
        yield plain(self.key)
        for language in Language.values:
            yield plain(self.heading_in(language))
        for other in self.also:
            yield plain(other)


class CellError(Exception):
    """A cell is not understood. ``str()`` is a sentence that says how to write it."""


def plain(heading: str) -> str:
    """Return a heading as it is compared: no case, no accents, nothing but letters and digits."""
    return "".join(letter for letter in fold(heading) if letter.isalnum())
