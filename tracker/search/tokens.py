"""From text to tokens: what is stored, and what is asked for, in letters and digits that both engines leave alone.

A word gives two tokens: itself without accents and case (``w…``), and its stem by the rules of its text's language
(``e…``, ``f…``, ``s…``). Actors and themes are kept by their keys (``k17``, ``t4``): a new name needs no new document.
Stemming here, not in the databases, is what makes both give the same answers.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import local

import snowballstemmer

from tracker.models import Language, fold

LETTERS = {Language.ENGLISH: "e", Language.FRENCH: "f", Language.SPANISH: "s"}
ALGORITHMS = {Language.ENGLISH: "english", Language.FRENCH: "french", Language.SPANISH: "spanish"}
BREAK = "x"
"""Stands between two texts, so that no phrase is found across their border."""

# A word, or one sign of Chinese or Japanese, which are written without spaces.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_stemmers = local()


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, without accents and case."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word in a language. A number is its own."""
    if word.isdecimal():
        return word
    kept = vars(_stemmers)
    if language not in kept:
        kept[language] = snowballstemmer.stemmer(ALGORITHMS[Language(language)])
    return str(kept[language].stemWord(word))


@lru_cache(maxsize=100_000)
def stem_token(word: str, language: str) -> str:
    """Return the token of a word's stem in a language."""
    return f"{LETTERS[Language(language)]}{stem(word, language)}"


def actor_token(key: int) -> str:
    """Return the token of the actor with this primary key."""
    return f"k{key}"


def theme_token(key: int) -> str:
    """Return the token of the theme with this primary key."""
    return f"t{key}"


def document(texts: Iterable[tuple[str, str]], further: Iterable[str] = ()) -> str:
    """Return the tokens of texts and their languages, and further tokens: all words first, as phrases need them."""
    said = [(words_of(text), language) for text, language in texts]
    return " ".join([*_in_order(word for word, _language in said), *_stems(said), *further])


def _in_order(texts: Iterable[list[str]]) -> Iterator[str]:
    for words in texts:
        yield from (f"w{word}" for word in words)
        yield BREAK


def _stems(said: Iterable[tuple[list[str], str]]) -> Iterator[str]:
    for words, language in said:
        yield from (stem_token(word, language) for word in words)
