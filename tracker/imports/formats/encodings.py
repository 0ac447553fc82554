"""The text of bytes, whatever they are encoded in: what they say of themselves first, then what makes words of them."""

import codecs
import re

from tracker.errors import Refused

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ONE_BYTE = ("cp1252", "iso-8859-15", "mac-roman", "cp850")
# What documents in English, French and Spanish hold beside ASCII, and what they hardly ever hold.
USUAL = frozenset("éèêëàâäçîïíìôóòöùûúüñœÉÈÊÀÂÇÎÍÓÔÚÑŒ«»“”‘’–—…•€°ºª¿¡·\u00a0\u202f")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
MOST_CONTROL = 0.001
FEWEST_NUL = 0.2


def decoded(content: bytes) -> str:
    """Return the text of bytes, without a byte order mark. Refuses: ``file_not_text`` with the line that is none."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _checked(_strictly(content, encoding))
    encoding = _wide(content)
    if encoding:
        return _checked(_strictly(content, encoding))
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(max((_one_byte(content, name) for name in ONE_BYTE), key=_likely))


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Refused("file_not_text", line=content[: error.start].count(b"\n") + 1) from error


def _wide(content: bytes) -> str:
    """Return the encoding of two-byte text without a mark: every other byte of Latin letters is NUL in it."""
    sample = content[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(content) % 2 or max(even, odd) < FEWEST_NUL * len(sample):
        return ""
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _one_byte(content: bytes, encoding: str) -> str:
    return content.decode(encoding, errors="replace")


def _likely(text: str) -> int:
    """Return how likely a text is what was written: the first encoding wins where two are."""
    beyond = [character for character in text if character > "\x7f"]
    return sum(1 if character in USUAL else -2 for character in beyond)


def _checked(text: str) -> str:
    """Refuse what is no text: NUL anywhere, which no database here stores, or more than a stray control character."""
    found = CONTROL.search(text)
    if found and ("\0" in text or len(CONTROL.findall(text)) > MOST_CONTROL * len(text) + 2):
        raise Refused("file_not_text", line=text[: found.start()].count("\n") + 1)
    return text
