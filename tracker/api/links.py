"""The addresses in an answer: of things in the API, and of their pages in the language that is asked for."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Links:
    """Full addresses. Those of a thing are made of the address of its kind, which is looked up once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.beginnings: dict[str, str] = {}

    @cached_property
    def site(self) -> str:
        """The name of the site as its settings give it, else as the visitor called it."""
        return settings.SITE_URL or f"{self.request.scheme}://{self.request.get_host()}"

    def to(self, name: str, **said: object) -> str:
        """Return the address of a page or a list, in full."""
        return f"{self.site}{reverse(name, kwargs=said)}"

    def to_one(self, name: str, key: object) -> str:
        """Return the address of one thing among many of its kind, in full. ``key``: what its address ends in."""
        if name not in self.beginnings:
            self.beginnings[name] = self.site + reverse(name, args=[key]).removesuffix(f"{key}/")
        return f"{self.beginnings[name]}{key}/"
