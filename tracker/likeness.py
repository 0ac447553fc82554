"""Which earlier recommendations a text most likely repeats: by the rare words that both have. A suggestion, no finding.

The database picks a bounded number of candidates; only those are compared, in memory.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from tracker.models import Recommendation, RecommendationQuerySet, fold

SHORTEST = 5
SOUGHT = 3
MOST_CANDIDATES = 200
MOST_SUGGESTED = 10
MOST_FOUND = 20
FEWEST_SHARED = 2
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Likeness:
    """An earlier recommendation, and the words that it shares with a later one, the rarest first."""

    recommendation: Recommendation
    shared: tuple[str, ...]


def words_of(text: str) -> set[str]:
    """Return the words of a text that can tell it from others: in one spelling, and not the shortest."""
    return {fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text)) if len(word) >= SHORTEST}


def same_words(text: str) -> str:
    """Return ``text`` as it is compared with another: neither spacing, nor case, nor the form of an accent counts."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def ranked(text: str, others: Sequence[tuple[Recommendation, str]]) -> list[Likeness]:
    """Return those of the others that share at least two words with ``text``, the most alike first.

    A word weighs the more the fewer of the others have it (the logarithm of their number over that of those that do);
    one that all of them have weighs next to nothing. Long texts share words by chance: the sum is divided by the root
    of the number of the other's words.
    """
    own = words_of(text)
    words = [words_of(other) for _recommendation, other in others]
    frequency = Counter(word for of_one in words for word in of_one & own)
    weight = {word: math.log((1 + len(others)) / number) for word, number in frequency.items()}
    scored = []
    for (recommendation, _text), of_one in zip(others, words, strict=True):
        shared = sorted(of_one & own, key=lambda word: (-weight[word], word))
        if len(shared) >= FEWEST_SHARED:
            score = sum(weight[word] for word in shared) / math.sqrt(len(of_one))
            scored.append((-score, recommendation.pk, Likeness(recommendation, tuple(shared))))
    return [likeness for _score, _key, likeness in sorted(scored, key=lambda one: one[:2])]


def earlier_than(recommendation: Recommendation) -> RecommendationQuerySet:
    """Return the published recommendations of earlier Forums that it is not said to repeat yet."""
    return (
        Recommendation.objects.published()
        .filter(roundtable__forum__year__lt=recommendation.roundtable.forum.year)
        .exclude(later_reiterations__later=recommendation)
        .select_related("roundtable__forum")
    )


def likeliest(recommendation: Recommendation) -> list[Likeness]:
    """Return the earlier recommendations that it most likely repeats. Two queries, however many there are.

    Candidates are those with one of its themes, and those with one of its longest words, which are its rarest as a
    rule: to count every word in every text would cost more than a suggestion is worth.
    """
    half = MOST_CANDIDATES // 2
    earlier = earlier_than(recommendation)
    tagged = Recommendation.themes.through.objects.filter(theme__in=recommendation.themes.values("pk"))
    having = earlier.filter(_having_longest(recommendation.official_text))
    found = [*having[:half], *earlier.filter(pk__in=tagged.values("recommendation"))[:half]]
    return _compared(recommendation.official_text, found)


def likeliest_before(year: int, text: str) -> list[Likeness]:
    """Return the published recommendations of Forums before ``year`` that a text most likely repeats. One query."""
    earlier = Recommendation.objects.published().filter(roundtable__forum__year__lt=year)
    return _compared(text, earlier.filter(_having_longest(text)).select_related("roundtable__forum")[:MOST_CANDIDATES])


def _having_longest(text: str) -> Q:
    having = Q(pk__in=[])
    for word in sorted(words_of(text), key=lambda word: (-len(word), word))[:SOUGHT]:
        having |= Q(official_text__icontains=word)
    return having


def _compared(text: str, found: Iterable[Recommendation]) -> list[Likeness]:
    candidates = {one.pk: (one, one.official_text) for one in found}
    return ranked(text, list(candidates.values()))[:MOST_SUGGESTED]


def found_by(recommendation: Recommendation, words: Iterable[str]) -> list[Recommendation]:
    """Return the earlier recommendations whose words, headline or reference hold all of the words sought."""
    earlier = earlier_than(recommendation)
    for word in words:
        earlier = earlier.filter(
            Q(official_text__icontains=word) | Q(headline_en__icontains=word) | Q(reference__icontains=word)
        )
    return list(earlier.in_order()[:MOST_FOUND])
