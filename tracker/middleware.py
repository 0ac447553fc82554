"""Around every request: its language is set, and what is malformed, out of reach or unchanged is answered at once."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request, override

from tracker.progress import today
from tracker.views.errors import UNAVAILABLE, short_page, unavailable
from tracker.views.head import record_head
from tracker.views.kept import NOT_KEPT, keep_page, kept_page
from tracker.views.languages import WITHOUT_LANGUAGE, language_of

Handler = Callable[[HttpRequest], HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)

LONGEST_QUERY = 8 * 1024
# Django leaves the bytes of a path that are no UTF-8 in their percent-encoding.
BROKEN = re.compile("%[89a-f][0-9a-f]", re.IGNORECASE)
# Browsers ask each time, which costs them a 304: whoever publishes sees it at the next request. A shared cache may
# answer a crowd for a minute.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, must-revalidate"
# Kinds of files that are compressed in themselves.
PACKED = ("application/pdf", "application/vnd.openxmlformats")


def page_language(get_response: Handler) -> Handler:
    """Answer in the language that the path names.

    Django's own middleware would ask cookies and Accept-Language too, and have every cache keep a copy for each.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with override(language_of(request.path_info)):
            return get_response(request)

    return middleware


def desk_language(get_response: Handler) -> Handler:
    """Answer at the desk in the language that its user chose; until then, and to sign in, as the browser asks."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(reverse("admin:index")):
            return get_response(request)
        with override(getattr(request.user, "language", "") or get_language_from_request(request)):
            response = get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return middleware


def refuse_malformed(get_response: Handler) -> Handler:
    """Answer 400 or 414 where the address is too long, holds NUL, or is no UTF-8; no view sees such a request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return malformed(request) or get_response(request)

    return middleware


def malformed(request: HttpRequest) -> HttpResponse | None:
    """Return the refusal of a malformed address, or None."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return short_page(request, 414)
    if not _is_text(unquote_to_bytes(query)) or "\0" in request.path_info or BROKEN.search(request.path_info):
        return short_page(request, 400)
    return None


def _is_text(sent: bytes) -> bool:
    try:
        return "\0" not in sent.decode("utf-8")
    except UnicodeDecodeError:
        return False


class AnswerUnavailable:
    """Answer 503 and "try again" where the database cannot be reached, without asking it anything more.

    What fails outside of a view ends in ``tracker.views.errors.server_error``, which does the same.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view whose query failed for want of a database."""
        return unavailable(request) if isinstance(exception, UNAVAILABLE) else None


answer_unavailable = AnswerUnavailable


def public_cache(get_response: Handler) -> Handler:
    """Give public pages an ETag, answer an unchanged one and one that is kept before any work; compress the others.

    The version is read before the content, on the same connection: content that changes in between is answered under
    the older tag, and asked for again. Public pages hold no secret, so that compressing them gives none away.
    """
    compress = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(WITHOUT_LANGUAGE):
            return get_response(request)
        tag = etag(request)
        unchanged = get_conditional_response(request, etag=tag, response=_labelled(HttpResponse(), tag))
        if unchanged is not None and unchanged.status_code == 304:
            return _silent_on_frames(unchanged)
        if (kept := kept_page(request, tag)) is not None:
            return kept
        response = get_response(request)
        if isinstance(response, FileResponse) or response.status_code >= 500 or _is_personal(response):
            return response
        labelled = _labelled(response, tag)
        answer = labelled if _is_packed(labelled) else compress.process_response(request, labelled)
        keep_page(request, tag, answer)
        return answer

    return middleware


def _is_packed(response: HttpResponseBase) -> bool:
    """Tell whether an answer is as small as it gets."""
    return response.headers.get("Content-Type", "").startswith(PACKED)


def _silent_on_frames(response: HttpResponseBase) -> HttpResponseBase:
    """Leave it to the kept page who may frame it: a browser would lay what a 304 says of that over it."""
    vars(response).update(xframe_options_exempt=True, _csp_exempt=True)
    return response


def _is_personal(response: HttpResponseBase) -> bool:
    """Tell whether an answer depends on who asks. No public page does; one that did would never be kept by anybody."""
    return bool(response.cookies) or response.has_header("Vary")


def _labelled(response: Answer, tag: str) -> Answer:
    """Say how long an answer may be kept; only a page or list itself has a tag, and none that asks not to be kept."""
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    response.headers["Vary"] = "Accept-Encoding"
    if response.status_code == 200 and response.headers["Cache-Control"] != NOT_KEPT and not settings.DEBUG:
        response.headers["ETag"] = tag
    return response


def etag(request: HttpRequest) -> str:
    """Return the weak tag of a public page: version of the record, release, address and UTC date."""
    version = record_head(request).version
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    parts = "\0".join((str(version), release(), address, today().isoformat()))
    return f'W/"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'


@cache
def release() -> str:
    """Return a digest of what makes pages beside the record: code, templates, styles, translations, settings."""
    places = [Path(__file__).parent, settings.BASE_DIR / "templates", settings.BASE_DIR / "gfmd"]
    kinds = {".py", ".html", ".typ", ".css", ".js", ".svg", ".mo"}
    files = sorted(file for place in places for file in place.rglob("*") if file.suffix in kinds)
    digest = hashlib.sha256(f"{settings.SITE_URL}\0{settings.CONTACT_EMAIL}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
