"""The preview of an entry: as its public page will show it, before anybody sees it."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.admin.entry_pages import needs_words
from tracker.models import FollowUp


def preview(request: HttpRequest, desk: Any, entry: FollowUp, buttons: list[str]) -> TemplateResponse:
    """Render the entry with what may be done next."""
    user: Any = request.user
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Preview"),
        "opts": desk.opts,
        "original": entry,
        "entry": entry,
        "buttons": buttons,
        "needs_words": needs_words(entry, user),
        "edit": desk.change_address(entry),
        "publish": reverse("admin:tracker_followup_publish", args=[entry.pk]),
        "submit": reverse("admin:tracker_followup_submit", args=[entry.pk]),
        "media": desk.media,
    }
    return TemplateResponse(request, "admin/tracker/followup/preview.html", context)
