"""Who did what, when: a list to look at, and to search. Nothing in it can be changed, by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tracker.admin.base import RecordAdmin
from tracker.admin.year_filter import ActFilter
from tracker.models import AuditEvent


@admin.register(AuditEvent)
class AuditAdmin(RecordAdmin):
    """Acts of staff, newest first. It says when colleagues work: for administrators (docs/decisions/0011)."""

    list_display = ("moment", "who", "what", "on", "detail")
    list_display_links = None
    list_filter = ("at", ActFilter, "what", ("who", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("who", "account")
    search_fields = ("subject", "detail", "who__username", "account__username")
    search_help_text = _("A reference, a detail, or the name of an account")
    ordering = ("-at", "-pk")
    actions = None
    fields = ("moment", "who", "what", "on", "detail")
    readonly_fields = fields

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Name the list for what it is: there is nothing to select."""
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    @admin.display(description=_("when (UTC)"), ordering="at")
    def moment(self, act: AuditEvent) -> str:
        """Return the day and the time, to the second."""
        return date_format(act.at, pgettext("format of a moment", "j M Y, H:i:s"))

    @admin.display(description=_("on"), ordering="subject")
    def on(self, act: AuditEvent) -> str:
        """Return what it was done to, which may be gone."""
        return str(act.account or act.subject or "–")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Acts are written down where they are done, nowhere else."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was done stays done."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes an act; sign-ins are forgotten by a command after a year."""
        return False
