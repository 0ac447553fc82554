"""The record for taking away: the newest dumps with their checksums, the heads of the chain, and what verifies both."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from tracker.dump import published
from tracker.record.heads import heads
from tracker.views.head import record_head
from tracker.views.kept import NOT_KEPT
from tracker.views.page import render_page
from tracker.views.public import public

DOCUMENTS = {"verify.py": "text/x-python", "record.md": "text/markdown", "dump.md": "text/markdown"}
"""What is handed out of ``docs/``: the verifier, and the specifications that it follows."""


@public()
def data(request: HttpRequest) -> HttpResponse:
    """List what can be taken away, and say how it is checked."""
    dumps, head = published(), record_head(request)
    context = {
        "trail": [(_("Data"), request.path)],
        "answer": _answer(len(dumps)),
        "dumps": dumps,
        "head": head,
    }
    response = render_page(request, "tracker/data.html", context)
    response.headers["Cache-Control"] = NOT_KEPT  # a dump comes to lie there without a change of the record
    return response


def _answer(dumps: int) -> str:
    if dumps:
        return _("All that is public here can be taken away as one file, and anybody can check that nobody changed it.")
    return _("Nothing has been made ready for taking away yet: whoever keeps this installation does so by a command.")


@csrf_exempt  # nothing is written here: other methods get a plain 405
@require_safe
def dump(request: HttpRequest, name: str) -> FileResponse:
    """Hand out a dump. It never changes: a later one has another name."""
    found = next((one for one in published() if one.name == name), None)
    if found is None:
        raise Http404(_("There is no such dump, or it has been replaced by a newer one: the page of data lists them."))
    response = FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["ETag"] = f'"{found.sha256}"'
    return response


@public()
def head_list(request: HttpRequest) -> HttpResponse:
    """List the head of the chain at the end of each day on which it grew, for others to keep."""
    lines = [
        f"# Heads of the record {record_head(request).installation}: day (UTC), number of the last event, its digest.",
        "# A dump is checked against one of them by: python3 verify.py DUMP --head DIGEST",
        *(f"{head.day.isoformat()} {head.sequence} {head.digest}" for head in heads()),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public()
def document(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out the verifier, or a specification."""
    text = (Path(settings.BASE_DIR) / "docs" / name).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type=f"{DOCUMENTS[name]}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
