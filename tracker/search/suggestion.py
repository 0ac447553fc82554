"""What a misspelt word may have meant: the nearest word that stands somewhere in the record."""

from collections.abc import Callable

from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from tracker.models import SearchWord
from tracker.search.query import Query, Term

MOST_CANDIDATES = 20_000


def did_you_mean(query: Query, finds: Callable[[str], bool]) -> str:
    """Return the query with its unknown words mended, as it would be typed; empty where nothing better finds anything.

    ``finds`` says whether what would be typed finds something.
    """
    mended = [_mended(term) for term in query.terms]
    typed = " ".join(map(_typed, mended))
    return typed if mended != list(query.terms) and finds(typed) else ""


def _mended(term: Term) -> Term:
    words = tuple(nearest(word) or word for word in term.words)
    return Term(words, exact=term.exact, beginning=term.beginning and words == term.words, without=term.without)


def _typed(term: Term) -> str:
    words = " ".join(term.words)
    shown = f'"{words}"' if term.exact else words
    return f"{'-' if term.without else ''}{shown}{'*' if term.beginning else ''}"


def nearest(word: str) -> str:
    """Return the known word that is nearest to an unknown one, or nothing. One slip in four letters, at most two."""
    slips = min(2, len(word) // 4)
    if not slips or SearchWord.objects.filter(word=word).exists():
        return ""
    about = SearchWord.objects.filter(word__startswith=word[0]).annotate(length=Length("word"))
    about = about.filter(length__gte=len(word) - slips, length__lte=len(word) + slips)
    known = about.order_by("word").values_list("word", flat=True)[:MOST_CANDIDATES]
    found = process.extractOne(word, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=slips)
    return str(found[0]) if found else ""
