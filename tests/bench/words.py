"""Texts as in life: each word as often as the inverse of its rank (Zipf), and what a search makes of them."""

import itertools
import json
import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings

from tracker.models import Language
from tracker.search.tokens import stem_token, words_of

KNOWN = 30_000
"""Words of a language: the real ones of the fixtures, and then invented ones, as a large body of texts has."""
STREAM = 300_000
"""Words that are written once, one after the other; each text is a stretch of them."""


class Text(NamedTuple):
    """A text, the tokens of its words in order, and those of their stems, as documents for searching hold them."""

    text: str
    words: str
    stems: str


NOTHING = Text("", "", "")


def spoken(text: str, language: str = Language.ENGLISH) -> Text:
    """Return any text with its tokens."""
    words = words_of(text)
    return Text(text, " ".join(f"w{word}" for word in words), " ".join(stem_token(word, language) for word in words))


class Words:
    """An endless stream of words in one language."""

    def __init__(self, chance: random.Random, language: str) -> None:
        self.chance = chance
        known = _words_of(language)
        known += [_invented(known, rank) for rank in range(len(known), KNOWN)]
        weights = list(itertools.accumulate(1 / rank for rank in range(1, KNOWN + 1)))
        self.known = sorted({word for each in known for word in words_of(each)})
        self.stream = chance.choices(known, cum_weights=weights, k=STREAM)
        tokens = {word: spoken(word, language) for word in known}
        self.words = [tokens[word].words for word in self.stream]
        self.stems = [tokens[word].stems for word in self.stream]

    def some(self, number: int, most: int = 10_000) -> Text:
        """Return ``number`` words, fewer if they would be more than ``most`` letters; the first with a capital."""
        start = self.chance.randrange(STREAM - number)
        stop = start + number
        text = " ".join(self.stream[start:stop])
        while len(text) > most:
            stop -= 1
            text = " ".join(self.stream[start:stop])
        return Text(text.capitalize(), " ".join(self.words[start:stop]), " ".join(self.stems[start:stop]))


def document(texts: Sequence[Text], further: Sequence[str] = ()) -> str:
    """Return the tokens of texts as ``tracker.search.tokens.document`` does, which a test holds against it."""
    words = [part for text in texts for part in ((text.words, "x") if text.words else ("x",))]
    return " ".join([*words, *(text.stems for text in texts if text.stems), *further])


def _invented(known: list[str], rank: int) -> str:
    """Return a word that nobody uses, made of the halves of two real ones."""
    one, other = known[rank % 997 % len(known)], known[rank // 997 % len(known)]
    return f"{one[: len(one) // 2 + 1]}{other[len(other) // 2 :]}{'aeiou'[rank % 5]}"


def _words_of(language: str) -> list[str]:
    """Return the words of the real recommendations in a language, most frequent first."""
    items = json.loads((settings.BASE_DIR / "fixtures" / "recommendations.json").read_text(encoding="utf-8"))
    said = json.dumps(items, ensure_ascii=False) if language == Language.ENGLISH else _translated(items, language)
    counted: dict[str, int] = {}
    for word in said.replace('"', " ").split():
        if word.isalpha():
            counted[word.lower()] = counted.get(word.lower(), 0) + 1
    return sorted(counted, key=lambda word: (-counted[word], word))


def _translated(items: Any, language: str) -> str:
    """Return every text under a key that is a language's code."""
    if isinstance(items, dict):
        return " ".join(
            value if key == language and isinstance(value, str) else _translated(value, language)
            for key, value in items.items()
        )
    return " ".join(_translated(one, language) for one in items) if isinstance(items, list) else ""
