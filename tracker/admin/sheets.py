"""Spreadsheets at the desk: the list of imports, and the addresses of what is done with one."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tracker.admin.base import RecordAdmin
from tracker.admin.sheets_apply import applied_words, apply_view, check_view, undo_view
from tracker.admin.sheets_explained import explained_view, template_view
from tracker.admin.sheets_rows import rows_file, rows_view
from tracker.admin.sheets_upload import columns_view, upload_view
from tracker.admin.sign_in_again import keeping_what_was_typed
from tracker.imports.sheets.kept import forget
from tracker.models import SheetImport

View = Callable[[Any, HttpRequest, SheetImport], HttpResponseBase]


@admin.register(SheetImport)
class SheetImportAdmin(RecordAdmin):
    """Imports of spreadsheets, newest first: who brought in what, when, and what came of it."""

    list_display = ("moment", "file_name", "kind", "source", "uploaded_by", "stands")
    list_display_links = ("moment", "file_name")
    list_filter = ("kind", "uploaded_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("file_name", "source")
    search_help_text = _("Name of the file or of its source")
    ordering = ("-uploaded_at", "-pk")
    actions = None

    @admin.display(description=_("when (UTC)"), ordering="uploaded_at")
    def moment(self, imported: SheetImport) -> str:
        """Return when it was uploaded."""
        return date_format(imported.uploaded_at, pgettext("format of a moment", "j M Y, H:i:s"))

    @admin.display(description=_("stands"))
    def stands(self, imported: SheetImport) -> str:
        """Return how far it is, and of an applied one how much it wrote."""
        if imported.undone_at:
            return str(_("Undone"))
        return applied_words(imported) if imported.applied_at else str(_("Not applied yet"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Name the list for what it is."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """Add what is done with an import, and the pages about all."""

        def of_one(slug: str, view: View, permission: str, name: str) -> Any:
            return path(f"<int:key>/{slug}", self._of_one(view, permission), name=f"tracker_sheetimport_{name}")

        guarded = self.admin_site.admin_view
        return [
            path("add/", keeping_what_was_typed(self.admin_site, self.add_view), name="tracker_sheetimport_add"),
            path("columns/", guarded(self._of_none(explained_view)), name="tracker_sheetimport_explained"),
            path(
                "columns/<slug:kind>.<slug:form>",
                guarded(self._of_none(template_view)),
                name="tracker_sheetimport_template",
            ),
            of_one("columns/", columns_view, "add", "columns"),
            of_one("check/", check_view, "add", "check"),
            of_one("rows.csv", rows_file, "view", "rows"),
            of_one("apply/", apply_view, "change", "apply"),
            of_one("undo/", undo_view, "change", "undo"),
            *super().get_urls(),
        ]

    def _of_one(self, view: View, permission: str) -> Any:
        def answer(request: HttpRequest, key: Any) -> Any:
            if not request.user.has_perm(f"tracker.{permission}_sheetimport"):
                raise PermissionDenied
            imported = self.get_object(request, str(key))
            if imported is None:
                raise Http404
            return view(self, request, imported)

        return self.admin_site.admin_view(answer)

    def _of_none(self, view: Callable[..., HttpResponseBase]) -> Any:
        def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
            if not request.user.has_perm("tracker.view_sheetimport"):
                raise PermissionDenied
            return view(self, request, **named)

        return answer

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """Upload a sheet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return upload_view(self, request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Show what each of its rows would do, or did."""
        return self._of_one(rows_view, "view")(request, object_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was applied stays in the list."""
        return not (obj and obj.applied_at) and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete its file and what is kept of its rows, too."""
        forget(obj)
        obj.file.delete(save=False)
        super().delete_model(request, obj)

    def page_context(self, request: HttpRequest, imported: SheetImport | None, **more: Any) -> dict[str, Any]:
        """Return what every page about an import shows."""
        return {**self.admin_site.each_context(request), "opts": self.opts, "original": imported, **more}
