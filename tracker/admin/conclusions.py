"""The Chairs' documents at the desk: the list of them, and the pages on which one becomes drafts."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import RecordAdmin
from tracker.admin.conclusions_begin import BeginView
from tracker.admin.conclusions_drafted import DraftedView
from tracker.admin.conclusions_screen import ScreenView
from tracker.admin.conclusions_views import DocumentView, address_of, may_enter
from tracker.admin.links import Link, LinksBesideTitle
from tracker.admin.sign_in_again import keeping_what_was_typed
from tracker.admin.waiting import WaitingDocuments
from tracker.models import DocumentImport, Forum

PAGES: dict[str, type[DocumentView]] = {"correct": ScreenView, "drafted": DraftedView}
"""The pages about one document, by the end of their addresses."""


@admin.register(DocumentImport)
class DocumentImportAdmin(RecordAdmin):
    """Documents that were read, and how far each is."""

    list_display = ("name", "year", "format", "state", "started_by", "started_at")
    list_filter = (WaitingDocuments, "state")
    list_select_related = ("started_by",)
    search_fields = ("name", "year")
    search_help_text = _("Name of the file, or year")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages on which one is entered and corrected."""
        begin = path(
            "begin/",
            keeping_what_was_typed(self.admin_site, self.document_view),
            {"key": None, "view": BeginView},
            name="tracker_documentimport_begin",
        )
        about_one = (
            path(
                f"<int:key>/{page}/",
                keeping_what_was_typed(self.admin_site, self.document_view),
                {"view": view},
                name=f"tracker_documentimport_{page}",
            )
            for page, view in PAGES.items()
        )
        return [begin, *about_one, *super().get_urls()]

    def document_view(self, request: HttpRequest, key: int | None, view: type[DocumentView]) -> HttpResponse:
        """Answer for one page, to whoever may enter conclusions."""
        if not may_enter(request.user):
            raise PermissionDenied
        document = None if key is None else DocumentImport.objects.filter(pk=key).first()
        if key is not None and document is None:
            raise Http404
        return view(self, request, document).answer()

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Lead to where a document is pasted or uploaded."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:tracker_documentimport_begin"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead to where it is corrected."""
        document = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        if document is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return HttpResponseRedirect(address_of(document))


class LinksDocuments(LinksBesideTitle):
    """Offers on the page of a Forum to enter its Chair's conclusions from a document."""

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the link, for those who may."""
        others = super().links_beside(request, subject)
        if not isinstance(subject, Forum) or not may_enter(request.user):
            return others
        address = f"{reverse('admin:tracker_documentimport_begin')}?{urlencode({'year': subject.year})}"
        label = _("Enter the Chair’s conclusions from a document")
        return [Link(address=address, label=label, slug="document"), *others]
