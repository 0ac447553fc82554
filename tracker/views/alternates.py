"""What a page is also to be had as, for machines: its feed, and oEmbed. Named in its head, where they look for it."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import ResolverMatch, resolve, reverse

FOLLOWED = {"updates", "recommendations", "recommendation", "roundtable", "forum", "actor", "theme"}
"""The pages that have a feed, under their own name and ``_feed``."""

SHOWN_ELSEWHERE = {"roundtable", "recommendation"}
"""The pages that oEmbed knows."""


def feed_path(match: ResolverMatch) -> str:
    """Return the path of the feed of a page."""
    return reverse(f"{match.url_name}_feed", kwargs=match.kwargs)


def feed_of(request: HttpRequest) -> str:
    """Return the address of the feed of the page being answered, with the filters that both know; empty for none."""
    match = request.resolver_match
    if match is None or match.url_name not in FOLLOWED:
        return ""
    path = feed_path(match)
    known: frozenset[str] = resolve(path).func.parameters  # type: ignore[attr-defined]  # ``public`` set them
    kept = [
        (name, value) for name, values in sorted(request.GET.lists()) for value in values if name in known and value
    ]
    return f"{path}?{urlencode(kept)}" if kept else path


def oembed_of(request: HttpRequest, site: str, address: str) -> str:
    """Return where oEmbed tells of the page being answered; empty for none. ``address``: the page's in full."""
    match = request.resolver_match
    if match is None or match.url_name not in SHOWN_ELSEWHERE:
        return ""
    return f"{site}{reverse('oembed')}?{urlencode({'url': address, 'format': 'json'})}"
