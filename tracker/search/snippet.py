"""Showing what matched: the words of a text that a query found, marked; and the part of a long text around them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tracker.models import Language
from tracker.search.query import Query, Term
from tracker.search.tokens import stem, words_of

LONGEST = 240
"""Characters of a snippet, about."""
BEFORE = 60
"""Characters shown before the first word that matched."""


class Piece(NamedTuple):
    """A piece of a text; ``found``: it is what was looked for."""

    text: str
    found: bool = False


def marked(text: str, query: Query, language: str = Language.ENGLISH) -> list[Piece]:
    """Return a text in pieces, each word that a term may have found on its own."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in _found(text, query, language):
        pieces += [Piece(text[end:start]), Piece(text[start:stop], found=True)]
        end = stop
    return [piece for piece in (*pieces, Piece(text[end:])) if piece.text]


def snippet(text: str, query: Query, language: str = Language.ENGLISH) -> list[Piece]:
    """Return the part of a text around its first matching word, in pieces; nothing where no word matches."""
    first = next(_found(text, query, language), None)
    if first is None:
        return []
    start = _at_a_word(text, first[0] - BEFORE)
    stop = _at_a_word(text, start + LONGEST) if start + LONGEST < len(text) else len(text)
    part = marked(text[start:stop].strip(), query, language)
    opening = [Piece("… ")] if start else []
    return [*opening, *part, *([Piece(" …")] if stop < len(text) else [])]


def _at_a_word(text: str, place: int) -> int:
    """Return the beginning of the word at about this place."""
    if place <= 0:
        return 0
    gap = text.rfind(" ", 0, place)
    return gap + 1 if gap > place - BEFORE else place


def _found(text: str, query: Query, language: str) -> Iterator[tuple[int, int]]:
    """Yield where the words are that a wanted term may have found."""
    wanted = tuple(query.wanted)
    for word in _like(wanted).finditer(text):
        if _is_found(word[0], wanted, language):
            yield word.span()


@lru_cache(maxsize=500)
def _like(wanted: tuple[Term, ...]) -> re.Pattern[str]:
    """Return the pattern of words that may be found: the others of a page, some thousands, are not looked at.

    All forms of a word begin with the same letter. A word with a letter that English lacks has yet to be folded.
    """
    letters = "".join(sorted({re.escape(word[0]) for term in wanted for word in term.words}))
    return re.compile(rf"\b(?:[_{letters}]|\w*[^\W\x00-\x7f])\w*" if letters else r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _is_found(word: str, wanted: tuple[Term, ...], language: str) -> bool:
    parts = words_of(word)
    return any(_finds(term, parts, language) for term in wanted)


def _finds(term: Term, parts: Iterable[str], language: str) -> bool:
    if term.beginning and len(term.words) == 1:
        return any(part.startswith(term.words[0]) for part in parts)
    if term.exact:
        return any(part in term.words for part in parts)
    return any(stem(part, language) == stem(term.words[0], language) for part in parts)
