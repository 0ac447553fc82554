"""Addresses of many pages of a kind: where a page links to hundreds, the patterns are looked through once."""

from collections.abc import Callable
from urllib.parse import quote

from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS

ANY = "any-name"
SAFE = f"{RFC3986_SUBDELIMS}/~:@"
"""What ``reverse`` leaves as it stands in a path."""


def addresses(view: str) -> Callable[[str], str]:
    """Return what gives the path of a page by the name it goes by, in the current language, as ``reverse`` would."""
    before, _any, after = reverse(view, args=[ANY]).rpartition(ANY)
    return lambda name: f"{before}{quote(name, safe=SAFE)}{after}"
