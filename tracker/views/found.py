"""What a search found: each recommendation with its matches marked, and what to say where nothing was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.filters import MOST_RANKED, RecommendationFilter
from tracker.models import Language, Recommendation
from tracker.readings.found import Found
from tracker.search import Query, Search, did_you_mean, marked, parse, snippet
from tracker.search.query import MOST_TERMS
from tracker.sentences.words import figure


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


def search_note(chosen: RecommendationFilter, number: int) -> str:
    """Return what to say of how was searched; empty where there is nothing to say. ``number``: how many were found."""
    typed, query = chosen.data.get("q", "").strip(), chosen.search.query
    if typed and not query:
        return _("There is no word in “%(typed)s” that could be looked for.") % {"typed": typed}
    if query.shortened:
        return _("Only the first %(number)d words were looked for.") % {"number": MOST_TERMS}
    if query != parse(typed):
        return _("“%(word)s” stands nowhere as a word: these have words that begin so.") % {
            "word": " ".join(query.terms[-1].words)
        }
    if chosen.order.endswith("relevance") and number > MOST_RANKED:
        return _("More than %(number)s were found: those of the newest Forum come first.") % {
            "number": figure(MOST_RANKED)
        }
    return ""
