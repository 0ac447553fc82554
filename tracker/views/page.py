"""Rendering a public page: neither user, session, messages nor a token can be read by it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tracker.progress import today


@dataclass(frozen=True)
class Address:
    """The address being answered: what was left out of it, and what it is without that."""

    path: str
    canonical: str
    ignored: list[str] = field(default_factory=list)

    @property
    def absolute(self) -> str:
        """The canonical address for others to keep: with the site's own name where that is known."""
        return f"{settings.SITE_URL}{self.canonical}"


def address_of(request: HttpRequest) -> Address:
    """Return the address with its unknown parameters told apart; an empty value counts as not given."""
    view = request.resolver_match.func if request.resolver_match else None
    known: frozenset[str] = getattr(view, "parameters", frozenset())
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [(name, value) for name, value in pairs if name in known and value and (name, value) != ("page", "1")]
    ignored = sorted({name for name, _value in pairs if name not in known})
    canonical = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return Address(request.path, canonical, ignored)


def render_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a public page without any context processor. An error page keeps nothing of the address but its path."""
    address = address_of(request) if status < 400 else Address(request.path, request.path)
    everywhere = {"address": address, "contact_email": settings.CONTACT_EMAIL, "today": today()}
    return HttpResponse(render_to_string(template, {**everywhere, **context}), status=status)
