"""Numbers and lists in words."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NUMBERS: list[Promise | str] = [
    gettext_lazy("none"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
]


def figure(number: int) -> str:
    """Return a number in digits, as the language groups them."""
    return number_format(number, use_l10n=True, force_grouping=number >= 10_000)


def spelled(number: int) -> str:
    """Return a number in words up to twelve, then in digits."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else figure(number)


def opening(sentence: str) -> str:
    """Return a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def join(parts: Sequence[str]) -> str:
    """Return parts as a list in words: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(parts[:-1]), "last": parts[-1]}


def sentences(*parts: str) -> str:
    """Return sentences behind one another, without the empty ones."""
    return " ".join(opening(part) for part in parts if part)
