"""The public pages of roundtables as a Chair's document would make them: for staff, before anything is saved.

The drafts are made as they will be, the page is rendered from them, and all of it is taken back: what is seen is what
will be saved, and nothing of it is.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tracker.actions.importing import Drafted
from tracker.errors import Refused
from tracker.imports.correcting import Draft
from tracker.imports.correcting.drafting import draft_corrected
from tracker.models import Conclusion, DocumentImport, Forum, ForumFigure, Recommendation, Roundtable
from tracker.progress import today
from tracker.record.chain import lock_head
from tracker.views.preview import StandWithDrafts, page_of

RIGHTS = ("tracker.add_recommendation", "tracker.add_documentimport", "tracker.change_documentimport")


@require_safe
def document_preview(request: HttpRequest, key: int) -> HttpResponse:
    """Show the page of one part, with a button that saves all drafts."""
    user: Any = request.user
    if not user.has_perms(RIGHTS):
        raise PermissionDenied
    document = DocumentImport.objects.filter(pk=key).first()
    if document is None:
        raise Http404
    correct = reverse("admin:tracker_documentimport_correct", args=[key])
    if document.state == DocumentImport.State.DRAFTED:
        return HttpResponseRedirect(correct)
    with transaction.atomic():
        lock_head()
        try:
            drafted = draft_corrected(document, by=user)
            page = _rendered(request, document, drafted, correct)
        except Refused as refusal:
            messages.error(request, gettext("There is no preview yet. %(reason)s") % {"reason": refusal})
            page = HttpResponseRedirect(correct)
        transaction.set_rollback(True)
    return page


def _rendered(request: HttpRequest, document: DocumentImport, drafted: Drafted, correct: str) -> HttpResponse:
    number = Count("recommendations", Q(recommendations__state=Recommendation.State.DRAFT))
    found = Roundtable.objects.filter(forum__year=document.year).select_related("forum")
    parts = list(found.annotate(drafted=number).filter(drafted__gt=0))
    shown = next((part for part in parts if part.code == request.GET.get("part")), parts[0] if parts else None)
    if shown is None:
        messages.error(request, gettext("No recommendation would become a draft: there is nothing to look at."))
        return HttpResponseRedirect(correct)
    keys = {name: item.key for item, name in Draft.from_json(document.corrected).numbers()}
    stand = StandWithDrafts(shown, today(), address_of=partial(_row_of, correct, keys))
    context = {
        **page_of(request, stand),
        "document": document,
        "parts": parts,
        "is_new": bool(drafted.made[Forum]),
        "conclusions": drafted.made[Conclusion],
        "figures": drafted.made[ForumFigure],
        "submission": get_random_string(16),
    }
    return TemplateResponse(request, "admin/tracker/documentimport/preview.html", context).render()


def _row_of(correct: str, keys: dict[str, str], draft: Recommendation) -> str:
    """Return where the row of a draft is corrected; one that was a draft before the document came has none there."""
    return f"{correct}#{keys.get(draft.short_reference, '')}"
