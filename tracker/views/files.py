"""Files that support entries on record."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from tracker.models import Evidence


@csrf_exempt  # nothing is written here: other methods get a plain 405
@require_safe
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file for saving, never for showing: it was sent by others. Drafts and withheld entries have none."""
    found = Evidence.objects.on_public_entries().filter(pk=pk).exclude(file="").first()
    if found is None or not found.file.storage.exists(str(found.file.name)):
        raise Http404(_("This file was never published, or it has been removed."))
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name or "evidence")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-cache"
    return response
