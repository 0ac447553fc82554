"""The chain, to look at: nothing can be changed here, or anywhere."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.admin.base import RecordAdmin
from tracker.models import RecordEvent


@admin.register(RecordEvent)
class RecordEventAdmin(RecordAdmin):
    """Events of the record, newest first."""

    list_display = ("sequence", "at", "kind", "subject", "digest")
    list_filter = ("kind",)
    search_fields = ("subject",)
    ordering = ("-sequence",)
    fields = ("sequence", "at", "kind", "subject", "payload", "content_digest", "previous", "digest")
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
