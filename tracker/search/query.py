"""From what was typed to terms. All terms must be found; anything that is no term is a word like any other.

``"right of the child"`` is a phrase, ``-camps`` must not be found, ``port*`` is the beginning of a word.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from tracker.search.tokens import words_of

MOST_TERMS = 16
"""What is typed beyond so many terms is left out: nobody looks for more, and each costs time."""
LONGEST_WORD = 200
"""Letters of a word. PostgreSQL refuses a query with a word of more than 2 kB."""
TYPED = re.compile(r'(?P<without>-?)"(?P<phrase>[^"]*)"|(?P<word>\S+)')
REFERENCE = re.compile(r"GFMD-\d{4}(?:-[A-Z0-9]{0,8}(?:-\d{0,3}(?:-[FA]\d{0,4})?)?)?", re.IGNORECASE)
ONE = re.compile(
    r"(?:(?:GFMD-)?(?P<year>\d{4})-)?(?P<code>[A-Z]\w{0,7})-0*(?P<number>[1-9]\d{0,2})", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True)
class Term:
    """One thing to find: a word, or several in this order. ``exact``: as written, not another form of it."""

    words: tuple[str, ...]
    exact: bool = False
    beginning: bool = False
    without: bool = False


class Reference(NamedTuple):
    """What names one recommendation, as people write it: its year may be left out, and zeros."""

    year: int | None
    code: str
    number: int


@dataclass(frozen=True)
class Query:
    """What was asked for. ``reference``: the beginning of one, in capitals; then there are no terms."""

    terms: tuple[Term, ...] = ()
    reference: str = ""
    shortened: bool = False

    @property
    def wanted(self) -> list[Term]:
        """The terms that must be found."""
        return [term for term in self.terms if not term.without]

    @property
    def unwanted(self) -> list[Term]:
        """The terms that must not."""
        return [term for term in self.terms if term.without]

    def __bool__(self) -> bool:
        return bool(self.terms or self.reference)


def parse(typed: str) -> Query:
    """Return the query that was typed; an empty one where it holds no letter and no digit."""
    if REFERENCE.fullmatch(typed.strip()):
        return Query(reference=typed.strip().upper())
    terms = [term for term in map(_term, TYPED.finditer(typed)) if term.words]
    return Query(tuple(terms[:MOST_TERMS]), shortened=len(terms) > MOST_TERMS)


def reference(typed: str) -> Reference | None:
    """Return the whole reference that was typed ("GFMD-2010-RT2-04", "2010-rt2-4", "RT2-04"), None if it is none."""
    found = ONE.fullmatch(typed.strip())
    if found is None:
        return None
    year = found["year"]
    return Reference(int(year) if year else None, found["code"].upper(), int(found["number"]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word[:LONGEST_WORD] for word in words_of(text))


def _term(found: re.Match[str]) -> Term:
    if found["phrase"] is not None:
        return Term(_words(found["phrase"]), exact=True, without=bool(found["without"]))
    typed = found["word"]
    words = _words(typed)
    return Term(
        words,
        exact=len(words) > 1,  # "non-discrimination" is two words in this order
        beginning=typed.endswith("*"),
        without=typed.startswith("-"),
    )


def still_typing(query: Query) -> Query:
    """Return the query as it is while its last word may be unfinished: a beginning is enough."""
    if not query.terms or query.terms[-1].exact or query.terms[-1].without:
        return query
    return replace(query, terms=(*query.terms[:-1], replace(query.terms[-1], beginning=True)))
