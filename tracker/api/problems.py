"""What went wrong, as RFC 9457 problem details: a kind, its title, and a sentence that says what to do."""

from collections.abc import Mapping
from enum import Enum
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework import exceptions
from rest_framework.response import Response

from tracker.api.shapes import ProblemShape

PROBLEM = "application/problem+json"


class Kind(Enum):
    """The kinds of problems, each with its status, its title and what to do."""

    UNKNOWN_PARAMETER = (400, gettext_lazy("There is no such parameter"), "")
    UNUSABLE_VALUE = (400, gettext_lazy("This value cannot be used"), "")
    MALFORMED = (400, gettext_lazy("This request cannot be answered"), gettext_lazy("The address is malformed."))
    NOT_FOUND = (404, gettext_lazy("There is no such thing"), gettext_lazy("Nothing stands at this address."))
    METHOD_NOT_ALLOWED = (405, gettext_lazy("This can only be read"), gettext_lazy("Use GET, HEAD or OPTIONS."))
    NOT_ACCEPTABLE = (406, gettext_lazy("There is JSON alone"), gettext_lazy("Accept application/json, or anything."))
    TOO_LONG = (
        414,
        gettext_lazy("This address is too long"),
        gettext_lazy("Shorten the part of the address after the question mark: it may have at most 8,000 characters."),
    )
    TOO_MANY_REQUESTS = (429, gettext_lazy("Too many requests"), "")
    SERVER_ERROR = (
        500,
        gettext_lazy("Something went wrong on our side"),
        gettext_lazy("The error has been noted. Please try again later."),
    )
    UNAVAILABLE = (
        503,
        gettext_lazy("The record cannot be reached at the moment"),
        gettext_lazy("Nothing is lost. Please try again in half a minute."),
    )

    def __init__(self, status: int, title: str | Promise, detail: str | Promise) -> None:
        self.status, self.title, self.detail = status, title, detail

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def of_status(cls, status: int) -> "Kind | None":
        """Return the kind of all problems with a status; 400 is that of a malformed request."""
        return next((kind for kind in cls if kind.status == status and (status != 400 or kind is cls.MALFORMED)), None)


class Problem(Exception):
    """A request that is refused: what is wrong with a ``parameter``, and what is ``allowed``."""

    def __init__(self, kind: Kind, detail: str, *, parameter: str, allowed: str) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.more = kind, detail, {"parameter": parameter, "allowed": allowed}


def unusable(parameter: str, value: str, allowed: str) -> Problem:
    """Return the refusal of a value. ``allowed`` says in words what can be used."""
    said = {"parameter": parameter, "value": value[:LONGEST_QUOTED], "allowed": allowed}
    detail = _("%(parameter)s cannot be “%(value)s”. It can be: %(allowed)s.") % said
    return Problem(Kind.UNUSABLE_VALUE, detail, parameter=parameter, allowed=allowed)


LONGEST_QUOTED = 100
"""Letters of a refused value that the refusal quotes."""


def described(request: HttpRequest, status: int, **said: Any) -> ProblemShape:
    """Return a problem of a status as its document has it; ``said``: what is known beyond that."""
    kind: Kind | None = said.pop("kind", None) or Kind.of_status(status)
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    problem: ProblemShape = {
        "type": f"{site}{reverse('api_docs')}#{kind.slug}" if kind else "about:blank",
        "title": str(kind.title) if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": str(said.pop("detail", "") or (kind.detail if kind else HTTPStatus(status).description)),
        "instance": request.path,
    }
    return {**problem, **said}  # type: ignore[typeddict-item]  # the members of a refusal


def answered(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer what a view raised; None leaves it to the site: an error of ours, or a database out of reach."""
    request: HttpRequest = context["request"]._request
    if isinstance(exception, Problem):
        return _response(request, exception.kind.status, kind=exception.kind, detail=exception.detail, **exception.more)
    if isinstance(exception, Http404):
        return _response(request, 404, detail=exception.args[0] if exception.args else "")
    if isinstance(exception, exceptions.Throttled):
        return _too_many(request, ceil(exception.wait or 1))
    if isinstance(exception, exceptions.APIException):
        return _response(request, exception.status_code)
    return None


def _too_many(request: HttpRequest, seconds: int) -> Response:
    wait = ngettext("Ask again in %(seconds)d second.", "Ask again in %(seconds)d seconds.", seconds)
    response = _response(request, 429, detail=wait % {"seconds": seconds})
    response["Retry-After"] = str(seconds)
    return response


# What an answer depends on beside its address must not be kept for others.
OF_THIS_VISITOR = frozenset({406, 429})


def _response(request: HttpRequest, status: int, **said: Any) -> Response:
    response = Response(described(request, status, **said), status=status, content_type=PROBLEM)
    if status in OF_THIS_VISITOR:
        response["Cache-Control"] = "no-store"
    return response
