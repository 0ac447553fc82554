"""Whether a line heads a roundtable, recommendations, or another part: what ``patterns`` says of its words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tracker.imports.document import patterns

LONGEST = 220
LONGEST_SECTION = 120
MOST_WORDS = 14
NUMBER = {word: number for number, words in patterns.NUMBER_WORDS.items() for word in words.split()}
_WORDS = "|".join(rf"(?P<{kind}>{words})" for kind, words in patterns.ROUNDTABLE_WORDS.items())
_SPELT = "|".join(re.escape(word) for word in sorted(NUMBER, key=len, reverse=True) if not re.fullmatch("[ivx]+", word))
_NUMBER = rf"(?P<number>\d{{1,2}}(?:[.\-]\d{{1,2}})*(?![\d%€])|[ivx]{{1,5}}(?!\w)|(?:{_SPELT})(?!\w)|[a-h](?!\w))"
_OWN = r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-h])\s*[.)\-–:]\s*)?"
AFTER = rf"(?:\s*[-–—:,]\s*|\s+)?(?:(?:n\.?\s?[o°º]\.?|no\.|number|numéro|núm(?:ero|\.)?|#)\s*)?{_NUMBER}"
NAMED = re.compile(rf"{_OWN}(?:{_WORDS}){AFTER}\s*(?P<separator>[.:–—\-|)]*)\s*(?P<title>.*)", re.I | re.S)
ORDINAL = re.compile(
    rf"{_OWN}(?:la\s+|le\s+|the\s+)?(?P<number>{_SPELT})\s+(?:{_WORDS})(?!\w)\s*(?P<separator>[.:–—\-|)]*)\s*(?P<title>.*)",
    re.I | re.S,
)
UNNUMBERED = re.compile(
    rf"{_OWN}(?P<roundtable>{patterns.ROUNDTABLE_WORDS['roundtable']})\s*[:–—-]\s+(?P<title>.+)", re.I | re.S
)
WITHIN = re.compile(rf"(?<!\w)(?:{_WORDS}){AFTER}(?!\w)", re.I)
QUOTES = {"“": "”", "«": "»", '"': '"', "‘": "’", "'": "'", "„": "“"}
STARTS_A_TITLE = re.compile(r"[A-ZÀ-ÖØ-Þ\d“«\"‘'(¿¡]")


@dataclass(frozen=True)
class RoundtableHeading:
    """What a heading says of a roundtable: the sort of word, the number as integers ("1.2" is two), the title."""

    kind: str
    number: tuple[int, ...]
    title: str
    named: str
    """The roundtable as the document names it: "Session 1.2"."""


@lru_cache(maxsize=4096)
def roundtable_heading(text: str) -> RoundtableHeading | None:
    """Return what ``text`` says of a roundtable, if it is the heading of one."""
    if len(text) > LONGEST:
        return None
    for pattern in (NAMED, ORDINAL):
        found = pattern.fullmatch(text)
        if found and _heads(found):
            kind = next(name for name in patterns.ROUNDTABLE_WORDS if found[name])
            named = text[: found.start("title")].rstrip(" .:–—-|)")
            return RoundtableHeading(kind, _number(found["number"]), unquoted(found["title"]), named)
    found = UNNUMBERED.fullmatch(text)
    if found and STARTS_A_TITLE.match(found["title"]) and not found["title"].endswith((".", ";", ",")):
        return RoundtableHeading("roundtable", (0,), unquoted(found["title"]), found["roundtable"].strip())
    return None


@lru_cache(maxsize=512)
def roundtable_within(text: str) -> RoundtableHeading | None:
    """Return the roundtable that a heading of something else names."""
    found = WITHIN.search(text)
    if found is None:
        return None
    kind = next(name for name in patterns.ROUNDTABLE_WORDS if found[name])
    return RoundtableHeading(kind, _number(found["number"]), "", found.group().strip())


def _heads(found: re.Match[str]) -> bool:
    """Tell a heading from a sentence that begins like one: "Roundtable 1 discussed …"."""
    title, separated = found["title"], bool(found["separator"])
    if not title:
        return True
    if len(found["number"]) == 1 and found["number"].isalpha() and not separated:
        return False
    if separated and found["separator"][0] in ".:":
        return not _is_prose(title)
    return bool(STARTS_A_TITLE.match(title)) and not title.endswith((".", ";", ","))


def _is_prose(title: str) -> bool:
    return title.endswith((";", ",")) or (". " in title and title.endswith("."))


def _number(text: str) -> tuple[int, ...]:
    folded = text.casefold()
    if folded[0].isdigit() and not NUMBER.get(folded):
        return tuple(int(part) for part in re.split(r"[.\-]", folded))
    if folded in NUMBER:
        return (NUMBER[folded],)
    return (patterns.LETTERS.index(folded) + 1,) if folded in patterns.LETTERS else (0,)


def unquoted(text: str) -> str:
    """Return a title without the quotation marks around the whole of it, and without the word "Title:"."""
    text = patterns.TITLED.sub("", text.strip(), count=1) if patterns.TITLED.match(text.strip()) else text.strip()
    if len(text) > 1 and QUOTES.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        return text[1:-1].strip()
    return text


def plain_words(text: str) -> list[str]:
    """Return the words of a heading without accents, case, figures and punctuation."""
    folded = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return re.findall(r"[^\W\d_]+", bare)


@lru_cache(maxsize=4096)
def announces(text: str) -> bool:
    """Tell whether a line is a heading of recommendations: one of the words that say so, and only words around it."""
    if len(text) > LONGEST_SECTION or text.endswith((".", ";", ",")):
        return False
    words = plain_words(text)
    if not 0 < len(words) <= MOST_WORDS:
        return False
    said = patterns.SAYS_SO & set(words)
    together = any(pair <= set(words) for pair in patterns.SAYS_SO_TOGETHER)
    return bool(said or together) and all(_is_around(word) for word in words)


def announces_loosely(text: str) -> bool:
    """Tell whether a heading within a roundtable is one of recommendations, whatever words are around them."""
    if len(text) > LONGEST_SECTION or text.endswith((".", ";", ",")) or patterns.OTHERS.search(text):
        return False
    words = set(plain_words(text))
    return len(words) <= MOST_WORDS and bool(patterns.SAYS_SO & words)


def _is_around(word: str) -> bool:
    return word in patterns.SAYS_SO or word in patterns.AROUND or word in NUMBER


def announced_with(text: str) -> tuple[str, str] | None:
    """Return the heading of recommendations with which a line begins, and the first of them after its colon."""
    head, colon, rest = text.partition(":")
    return (head, rest.strip()) if colon and rest.strip() and announces(head) else None


def announces_in_a_sentence(text: str) -> bool:
    """Tell whether a sentence leads to recommendations: "The roundtable recommended that:"."""
    return text.endswith(":") and len(text) <= 2 * LONGEST_SECTION and bool(patterns.RECOMMEND.search(text))


def resembles_heading(text: str, longest: int = LONGEST_SECTION) -> bool:
    """Tell whether a line by itself looks like a heading: short, begun like a title, not ended like a sentence."""
    if len(text) > longest or not STARTS_A_TITLE.match(text):
        return False
    return not text.endswith((".", ";", ",", "…"))


def is_within(text: str) -> bool:
    """Tell whether a heading is that of another part of a roundtable: "Discussion", "Good practices"."""
    return bool(patterns.WITHIN.fullmatch(text.strip().rstrip(":").strip()))


def tells_after_a_colon(text: str) -> bool:
    """Tell whether a line says something itself: "Co-chairs: Morocco and Nepal" heads nothing."""
    head, colon, rest = text.partition(":")
    return bool(colon and rest.strip()) and is_within(head)


def is_closing(text: str) -> bool:
    """Tell whether a heading is that of a part about the Forum itself."""
    return bool(patterns.CLOSING.search(text))


def is_follow_up(text: str) -> bool:
    """Tell whether a heading says "Follow-up" and nothing else: of a roundtable, or of the Forum."""
    return bool(patterns.FOLLOW_UP.fullmatch(text.rstrip(": ")))


def says_none(text: str) -> bool:
    """Tell whether a line only says that there are no recommendations."""
    return bool(patterns.NONE.fullmatch(text))
