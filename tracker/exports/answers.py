"""Sending a file while it is being written: with a telling name, whole or cut off, of one moment of the record."""

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import override

from tracker.exports.about import LICENCE, About, Subject
from tracker.models import SOURCE_LANGUAGE, current_language
from tracker.progress import today
from tracker.record.snapshot import one_moment

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv-metadata.json": "application/csvm+json",
}
Write = Callable[[About], Iterator[bytes]]
"""Yields a file that says this of itself."""


def sent(request: HttpRequest, form: str, subject: Subject, write: Write) -> HttpResponseBase:
    """Answer with a file. ``write``: what yields it, as of one moment."""
    response = HttpResponse() if request.method == "HEAD" else _answer(form, subject, write)
    response.headers["Content-Type"] = TYPES[form]
    named = content_disposition_header(True, file_name(subject.name, form, subject.day or today()))
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Link"] = f'<{subject.address}>; rel="alternate"; type="text/html", <{LICENCE}>; rel="license"'
    return response


def _answer(form: str, subject: Subject, write: Write) -> HttpResponseBase:
    """Return what is sent as it grows; a PDF is there as a whole or not at all."""
    parts = _in_language(current_language(), _of_one_moment(subject, write))
    return HttpResponse(b"".join(parts)) if form == "pdf" else StreamingHttpResponse(parts)


def file_name(name: str, form: str, day: dt.date) -> str:
    """Return "gfmd-recommendations-2013-10-04-fr.csv": what it holds, of which day, in which language."""
    language = [] if current_language() == SOURCE_LANGUAGE else [current_language()]
    return f"{'-'.join(['gfmd', name, day.isoformat(), *language])}.{form}"


def _of_one_moment(subject: Subject, write: Write) -> Generator[bytes]:
    with one_moment():
        yield from write(About.now(subject))


def _in_language(language: str, parts: Generator[bytes]) -> Iterator[bytes]:
    """Yield what is made in a language: it goes out after the view, and what set its language, have ended."""
    with closing(parts):
        while True:
            with override(language):
                part = next(parts, None)
            if part is None:
                return
            yield part
