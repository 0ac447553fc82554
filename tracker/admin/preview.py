"""Previews: of an entry as its public page will show it, and of a text in Markdown while it is typed."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tracker.admin.entry_pages import needs_words, siblings_to_publish, siblings_to_submit
from tracker.models import Actor, FollowUp
from tracker.progress import today


@dataclass(frozen=True)
class Address:
    """What the public layout asks of the address it is shown at."""

    path: str
    absolute: str
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """What the public page knows of an entry beside itself; a preview decides nothing yet."""

    entry: FollowUp
    partners: list[Actor]
    rests_on: list[FollowUp]
    predecessor: FollowUp | None
    elsewhere: list[Any] = field(default_factory=list)
    successor: FollowUp | None = None
    decides: bool = False
    before: None = None


def preview(request: HttpRequest, desk: Any, entry: FollowUp, buttons: list[str]) -> TemplateResponse:
    """Render the entry with what may be done next."""
    user: Any = request.user
    item = Item(
        entry,
        partners=[row.actor for row in entry.partner_rows.select_related("actor")],
        rests_on=[row.entry for row in entry.support_rows.select_related("entry")],
        predecessor=entry.replaces,
    )
    context = {
        "address": Address(request.path, request.build_absolute_uri(request.path)),
        "contact_email": settings.CONTACT_EMAIL,
        "today": today(),
        "entry": entry,
        "item": item,
        "buttons": buttons,
        "publish_too": siblings_to_publish(entry, user) if "_publish" in buttons else [],
        "submit_too": siblings_to_submit(entry) if "_submit" in buttons else [],
        "needs_words": needs_words(entry, user),
        "edit": desk.change_address(entry),
        "publish": reverse("admin:tracker_followup_publish", args=[entry.pk]),
        "submit": reverse("admin:tracker_followup_submit", args=[entry.pk]),
    }
    return TemplateResponse(request, "admin/tracker/followup/preview.html", context)


@require_POST
def markdown_preview(request: HttpRequest) -> TemplateResponse:
    """Render the text that is being typed, as it will be read."""
    if not request.user.has_perm("tracker.view_followup"):
        raise PermissionDenied
    return TemplateResponse(request, "admin/tracker/followup/markdown.html", {"text": request.POST.get("text", "")})


def shown_while_typed(field: Any) -> None:
    """Let the script of the desk show beneath a field how its text will be read."""
    address = reverse("admin:tracker_followup_markdown")
    field.widget.attrs |= {"data-preview": address, "data-preview-label": _("As it will be read")}
