"""Pages as they were sent, kept until the record changes: what a crowd asks for is made once.

A page is kept under its ETag, which has another value after every publication, on every day, for every address and
release: nothing has to be thrown away in time, and what is no longer asked for makes room.
"""

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

NOT_KEPT = "no-cache"
"""What the Cache-Control of a page says that can change without the record: it has no tag, and nobody keeps it."""
LONGEST = 128 * 1024
"""Bytes of the largest page that is kept, as it is sent."""


def kept_page(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return the page with this tag as it was sent before, if it is still there."""
    kept: HttpResponse | None = caches["pages"].get(_key(request, tag)) if request.method == "GET" else None
    return kept


def keep_page(request: HttpRequest, tag: str, answer: HttpResponseBase) -> None:
    """Keep a page that was made; anything else (a file, a refusal, what programs read within their limits) is not."""
    is_page = "ETag" in answer.headers and answer.headers.get("Content-Type", "").startswith("text/html")
    if request.method == "GET" and is_page and isinstance(answer, HttpResponse) and len(answer.content) <= LONGEST:
        caches["pages"].set(_key(request, tag), answer)


def _key(request: HttpRequest, tag: str) -> str:
    """Return where a page is kept: it is sent compressed to those who say that they understand it."""
    form = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "plain"
    return f"{form}:{tag[3:-1]}"
