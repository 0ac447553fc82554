"""A list of recommendations as it is copied from a document, taken apart into one text for each. Nothing is saved here.

A bullet or a blank line begins a new one, and whatever else follows is its next line. Where no line has a bullet, each
line is one.
"""

import re
from collections.abc import Iterable

from tracker.likeness import same_words as same_words

LINE_END = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# "•Text" needs no space; "- Text", "o Text", "1. Text", "1.2) Text", "a) Text" and "(iv) Text" do: "-5" and "1.5" are
# words, and so is the Spanish "o" unless a tab follows it. The last of the round ones are those that Word's own fonts
# leave behind.
BULLET = re.compile(
    r"\s*(?:[•▪◦‣●·○■□➢➤►▶→✓✔❖⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076]|(?:[-–—*+]|(?-i:o(?=\t|\s+[A-ZÀ-Ý]))|\d{1,3}(?:\.\d{1,3})*[.)]|"
    r"\((?:\d{1,3}|[a-z]|[ivx]{1,6})\)|(?:[a-z]|[ivx]{1,6})\))(?=\s|$))",
    re.I,
)
LONGEST_HEADLINE = 80


def split_pasted(text: str) -> list[str]:
    """Return the texts of a pasted list, each in one line, without bullets."""
    lines = LINE_END.split(text)
    has_bullets = any(BULLET.match(line) for line in lines)
    found: list[list[str]] = []
    begins = True
    for line in lines:
        bullet = BULLET.match(line)
        words = line[bullet.end() :] if bullet else line
        if begins or bullet or not has_bullets:
            found.append([])
        found[-1].append(words)
        begins = not line.strip()
    return [text for text in (" ".join(" ".join(lines).split()) for lines in found) if text]


def not_yet(texts: Iterable[str], recorded: Iterable[str]) -> list[str]:
    """Return the texts, each once and in their order, without those whose words are recorded already."""
    seen = {same_words(text) for text in recorded}
    fresh = []
    for text in texts:
        if same_words(text) not in seen:
            seen.add(same_words(text))
            fresh.append(text)
    return fresh


def first_words(text: str) -> str:
    """Return a first headline for a text: its beginning, up to a whole word, 80 characters at most."""
    if len(text) <= LONGEST_HEADLINE:
        return text.rstrip(".;, ") or text
    beginning = text[: LONGEST_HEADLINE - 1]
    whole = beginning.rsplit(None, 1)[0] if " " in beginning else beginning
    return whole.rstrip(".;,:–- ") + "…"
