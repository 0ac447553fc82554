"""The links beside the title of a form: each part of the desk adds its own."""

from typing import Any, TypedDict

from django.http import HttpRequest

from tracker.models import User


class Link(TypedDict):
    """Where a link leads, what it is called, and a name for it."""

    address: str
    label: Any
    slug: str


class LinksBesideTitle:
    """What every desk and every part of one inherits; a part puts its links before those of the next."""

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Return the links that ``request.user`` may follow from the page of an object."""
        return []


def staff(request: HttpRequest) -> User:
    """Return who is signed in; pages of the desk know no other visitors."""
    user: Any = request.user
    found: User = user
    return found
