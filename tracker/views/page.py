"""Rendering a public page: neither user, session, messages nor a token can be read by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from tracker.progress import today
from tracker.sentences import listed
from tracker.views.alternates import feed_of, oembed_of
from tracker.views.languages import Version, versions
from tracker.views.structured import structured

NAMED = 5
# The pages that have a picture of their own, under their own address.
PICTURED = {"overview", "forum", "roundtable", "recommendation", "actor", "theme", "milestone"}


@dataclass(frozen=True)
class Address:
    """The address being answered: what was left out of it, and what it is without that."""

    path: str
    canonical: str
    site: str = ""
    ignored: list[str] = field(default_factory=list)

    @property
    def versions(self) -> list[Version]:
        """The page in every language, with what its address asks for."""
        return versions(self.canonical, self.site)

    @property
    def ignored_words(self) -> str:
        """The names that were left out, the first few of them."""
        return listed(self.ignored[:NAMED]) + (" …" if len(self.ignored) > NAMED else "")

    @property
    def absolute(self) -> str:
        """The canonical address in full, for others to keep."""
        return f"{self.site}{self.canonical}"


def address_of(request: HttpRequest, spelled: Mapping[str, str]) -> Address:
    """Return the address with its unknown parameters told apart; an empty value counts as not given.

    The canonical one names the parameters in the order of their names, and writes the values as ``spelled`` does.
    """
    view = request.resolver_match.func if request.resolver_match else None
    known: frozenset[str] = getattr(view, "parameters", frozenset())
    pairs = [(name, spelled.get(name, value)) for name, values in sorted(request.GET.lists()) for value in values]
    kept = [(name, value) for name, value in pairs if name in known and value and (name, value) != ("page", "1")]
    ignored = sorted({name for name, _value in pairs if name not in known})
    canonical = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return Address(request.path, canonical, site_of(request), ignored)


def site_of(request: HttpRequest) -> str:
    """Return the name of the site as its settings give it, else as the visitor called it."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def picture_of(request: HttpRequest, as_of: str) -> str:
    """Return the full address of the picture of a page, on its day; the overview's where it has none of its own.

    An error page has none: it may be the answer to a name under which this site does not want to be known.
    """
    match = request.resolver_match
    if match and match.url_name in PICTURED:
        path = reverse(f"{match.url_name}_picture", kwargs=match.kwargs)
    else:
        path = reverse("overview_picture")
    return f"{site_of(request)}{path}{'?' + urlencode({'as_of': as_of}) if as_of else ''}"


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    spelled: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Render a public page without any context processor. An error page keeps nothing of the address but its path.

    ``spelled``: the one way in which the canonical address writes a parameter that can be written in several; empty
    where it leaves it out.
    """
    address = address_of(request, spelled or {}) if status < 400 else Address(request.path, request.path)
    everywhere = {
        "address": address,
        "picture": picture_of(request, (spelled or {}).get("as_of", "")) if status < 400 else "",
        "feed": feed_of(request) if status < 400 else "",
        "oembed": oembed_of(request, address.site, address.absolute) if status < 400 else "",
        "contact_email": settings.CONTACT_EMAIL,
        "today": today(),
        "kept": QueryDict(),
    }
    described = structured(address.site, context.get("trail", ()), context.get("things", ()))
    html = render_to_string(template, {**everywhere, **context, "structured": described})
    return HttpResponse(without_indentation(html), status=status)


def without_indentation(html: str) -> str:
    """Return a page without what indents our templates, a third of it. None of them holds preformatted text."""
    lines = (line.strip() for line in html.split("\n"))
    return "\n".join(line for line in lines if line)
