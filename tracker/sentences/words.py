"""Numbers and lists in words.

Languages differ in how words agree and in what stands between them. So none and one are whole sentences of their own,
a number in words begins with two, and even the sign between two clauses is translated.
"""

import re
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

NUMBERS: dict[int, Promise | str] = {
    2: gettext_lazy("two"),
    3: gettext_lazy("three"),
    4: gettext_lazy("four"),
    5: gettext_lazy("five"),
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
    9: gettext_lazy("nine"),
    10: gettext_lazy("ten"),
    11: gettext_lazy("eleven"),
    12: gettext_lazy("twelve"),
}
# In Spanish "and" is another word before this sound: "Italia e Irlanda", but "agua y hielo".
SOUND_OF_I = re.compile("h?[ií](?![aeou])", re.IGNORECASE)


def figure(number: int) -> str:
    """Return a number in digits, as the language groups them."""
    return number_format(number, use_l10n=True, force_grouping=True) if number >= 10_000 else str(number)


def spelled(number: int) -> str:
    """Return a number in words from two to twelve, others in digits: the words for none and one are no numbers."""
    return str(NUMBERS.get(number) or figure(number))


def opening(sentence: str) -> str:
    """Return a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def within(label: str) -> str:
    """Return a label as it stands inside a sentence: without the capital at its start."""
    return label[:1].lower() + label[1:]


def join(parts: Sequence[str]) -> str:
    """Return parts as a list in words: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    words = _("%(all_but_last)s and %(last)s")
    if SOUND_OF_I.match(parts[-1]):
        words = pgettext("before a word that begins with the sound i", "%(all_but_last)s and %(last)s")
    return words % {"all_but_last": listed(parts[:-1]), "last": parts[-1]}


def listed(parts: Sequence[str]) -> str:
    """Return parts as a list without an "and": "a, b, c"."""
    return pgettext("between the parts of a list", ", ").join(parts)


def clauses(*parts: str) -> str:
    """Return the clauses of one sentence behind one another, without the empty ones."""
    return pgettext("between the clauses of a sentence", "; ").join(part for part in parts if part)


def sentences(*parts: str) -> str:
    """Return sentences behind one another, without the empty ones."""
    return " ".join(opening(part) for part in parts if part)
