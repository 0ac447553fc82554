"""What a search found: each recommendation with its matches marked, and what to say where nothing was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.filters import RecommendationFilter
from tracker.models import Language, Recommendation
from tracker.search import Piece, Query, Search, did_you_mean, marked, parse, snippet
from tracker.search.query import MOST_TERMS

MOST_RANKED = 1000
"""Of more than so many, the newest Forum's come first: no order by likeness helps among thousands, and each costs."""


@dataclass(frozen=True)
class Found:
    """A recommendation's headline in pieces, and the part of its words in which something was found, if any."""

    headline: list[Piece]
    words: list[Piece]
    language: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing of this matched: it was found by its record, its actors or its themes."""
        return not any(piece.found for piece in (*self.headline, *self.words))


def found_in(recommendation: Recommendation, query: Query) -> Found | None:
    """Return what a query found of a recommendation; None where it looks for no words."""
    if not query.wanted:
        return None
    parts = ((snippet(text, query, language), language) for text, language in _texts(recommendation))
    words, language = next((part for part in parts if part[0]), ([], ""))
    return Found(marked(str(recommendation.headline), query), words, language)


def _texts(recommendation: Recommendation) -> Iterator[tuple[str, str]]:
    """Yield the official words and their translations, each with its language."""
    yield recommendation.official_text, recommendation.official_language
    for language in Language.values:
        yield getattr(recommendation, f"translation_{language}"), language


@dataclass(frozen=True)
class Suggestion:
    """What may have been meant, and the query of the address that looks for it."""

    typed: str
    query: str


def suggestion(chosen: RecommendationFilter) -> Suggestion | None:
    """Return what a query that found nothing may have meant, the other filters kept."""

    def finds(typed: str) -> bool:
        return Search(parse(typed)).matching(Recommendation.objects.published()).exists()

    meant = did_you_mean(chosen.search.query, finds)
    if not meant:
        return None
    asked = chosen.data.copy()
    asked["q"] = meant
    return Suggestion(meant, asked.urlencode())


def search_note(typed: str, query: Query) -> str:
    """Return what to say of a query that holds no word, or too many; empty where there is nothing to say."""
    if typed.strip() and not query:
        return _("There is no word in “%(typed)s” that could be looked for.") % {"typed": typed.strip()}
    if query.shortened:
        return _("Only the first %(number)d words were looked for.") % {"number": MOST_TERMS}
    return ""
