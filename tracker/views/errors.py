"""Pages that say what went wrong, and what to do. None of them asks the database anything."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg_pool import PoolTimeout

from tracker.views.page import render_page

UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout)
RETRY_AFTER_SECONDS = 30

TITLES: dict[int, str | Promise] = {
    400: _("This request cannot be answered"),
    403: _("This is not open to you"),
    404: _("There is no such page"),
    414: _("This address is too long"),
    500: _("Something went wrong on our side"),
    503: _("The record cannot be reached at the moment"),
}
SENTENCES: dict[int, str | Promise] = {
    400: _("The address, or what was sent with it, is not in a form that this site understands."),
    403: _("You may not open this page. If you work here, sign in with another account or ask an administrator."),
    404: _("The address may be mistyped, or what it names was never published."),
    414: _("Shorten the part of the address after the question mark: it may have at most 8,000 characters."),
    500: _("The error has been noted. Nothing you sent was stored; please try again later."),
    503: _("Nothing is lost. Please try again in half a minute."),
}


def short_page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """Render an error page from its number, with a sentence of its own where there is one."""
    context = {"title": TITLES[status], "sentence": sentence or SENTENCES[status], "status": status}
    return render_page(request, "tracker/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: a foreign Host, too many fields, anything that Django calls suspicious."""
    return short_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return short_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, with what the view said where it said something for people."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str | Promise) else ""
    return short_page(request, 404, str(said))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; or 503 where the exception being handled is that the database cannot be reached."""
    if isinstance(sys.exc_info()[1], UNAVAILABLE):
        return unavailable(request)
    return short_page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 and say when to try again."""
    response = short_page(request, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
