"""The chain, to look at: nothing can be changed here, or anywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import RecordAdmin
from tracker.models import RecordEvent


def _column(name: str, label: Any) -> Callable[[RecordEvent], Any]:
    """Return a column of the chain under a name that is translated."""

    @admin.display(description=label, ordering=name)
    def column(event: RecordEvent) -> Any:
        return event.get_kind_display() if name == "kind" else getattr(event, name)

    return column


@admin.register(RecordEvent)
class RecordEventAdmin(RecordAdmin):
    """Events of the record, newest first."""

    number = staticmethod(_column("sequence", _("number")))
    moment = staticmethod(_column("at", _("when (UTC)")))
    what = staticmethod(_column("kind", _("what")))
    on = staticmethod(_column("subject", _("on")))
    content = staticmethod(_column("payload", _("content")))
    own_digest = staticmethod(_column("digest", _("digest")))
    digest_of_content = staticmethod(_column("content_digest", _("digest of the content")))
    digest_before = staticmethod(_column("previous", _("digest of the event before")))

    list_display = ("number", "moment", "what", "on", "own_digest")
    list_filter = ("kind",)
    search_fields = ("subject",)
    ordering = ("-sequence",)
    fields = ("number", "moment", "what", "on", "content", "digest_of_content", "digest_before", "own_digest")
    readonly_fields = fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see entries may see the chain of their publication."""
        return bool(request.user.has_perm("tracker.view_followup"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it in the index to the same people."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are written by the actions alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Events never change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Events are never deleted."""
        return False
