"""The secretariat's desk: Django's admin site, with our models in the order in which staff work with them.

It stands outside of ``tracker.admin``, whose modules register with it while they are imported.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

ORDER = (
    "FollowUp Recommendation Roundtable Forum Actor Membership Theme Milestone ReferenceAlias DiaryNote "
    "DocumentImport SheetImport RecordEvent AuditEvent User"
).split()


class Desk(admin.AdminSite):
    """The admin site of this project."""

    site_title = _("GFMD record")
    site_header = _("GFMD record: the secretariat's desk")
    index_title = _("The desk")
    index_template = "admin/tracker/index.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Start with what waits, then the Forums, then everything that is kept."""
        from tracker.admin.conclusions_views import may_enter
        from tracker.admin.waiting import forums_for, sheets_for, waiting_for  # late: its neighbours register with us

        user: Any = request.user
        start = {
            "waiting": list(waiting_for(user)),
            "sheets": sheets_for(user),
            "forums": forums_for(user),
            "may_log": user.has_perm("tracker.add_followup"),
            "may_enter": may_enter(user),
            "may_import": user.has_perm("tracker.add_sheetimport"),
        }
        return super().index(request, {**start, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Lead from each page to the section of the handbook that speaks of it."""
        from tracker.admin.handbook import help_address

        return {**super().each_context(request), "help_address": help_address(request)}

    def get_urls(self) -> list[Any]:
        """Add the preview of a roundtable's public page, which is the public page's own view, and pages of no model."""
        from tracker.admin.entry_translations import translate_entry
        from tracker.admin.handbook import handbook_picture, handbook_view
        from tracker.admin.language import choose_language
        from tracker.admin.translations import translations_view
        from tracker.admin.translations_file import translations_file
        from tracker.views.document_preview import document_preview
        from tracker.views.preview import roundtable_preview

        entry = path(
            "tracker/followup/<int:key>/translate/",
            self.admin_view(translate_entry),
            name="tracker_followup_translate",
        )
        missing = path("translations/", self.admin_view(translations_view), name="translations")
        file = path("translations/file/", self.admin_view(translations_file), name="translations_file")
        preview = path(
            "tracker/roundtable/<int:key>/preview/",
            self.admin_view(roundtable_preview),
            name="tracker_roundtable_preview",
        )
        document = path(
            "tracker/documentimport/<int:key>/preview/",
            self.admin_view(document_preview),
            name="tracker_documentimport_preview",
        )
        handbook = path("handbook/", self.admin_view(handbook_view), name="handbook")
        picture = path("handbook/<slug:name>.png", self.admin_view(handbook_picture), name="handbook_picture")
        language = path("language/", self.admin_view(choose_language), name="language")
        return [entry, missing, file, preview, document, handbook, picture, language, *super().get_urls()]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Change one's own password; the audit list says so."""
        from tracker.models import AuditEvent, User
        from tracker.record.audit import note

        answer: Any = super().password_change(request, extra_context)
        if isinstance(request.user, User) and isinstance(answer, HttpResponseRedirect):
            note(AuditEvent.What.PASSWORD_CHANGED, by=request.user, account=request.user)
        return answer

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Put the record first, and its models in the order of the work."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "tracker")


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
