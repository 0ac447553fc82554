"""The assessment sheet: one roundtable per screen, every recommendation read anew or left, all published together."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker import actions
from tracker.admin import once
from tracker.admin.links import Link, LinksBesideTitle, staff
from tracker.admin.sheet_fields import SheetFields
from tracker.admin.sign_in_again import just_signed_in, keeping_what_was_typed
from tracker.admin.standing import standing_words
from tracker.errors import SeveralRefused
from tracker.forms.sheet import Sheet
from tracker.models import FollowUp, Forum, Roundtable
from tracker.permissions import Verb, may
from tracker.record.chain import lock_head


def sheet_address(roundtable_key: int) -> str:
    """Return where the sheet of a roundtable is."""
    return reverse("admin:tracker_recommendation_sheet", args=[roundtable_key])


class LinksSheets(LinksBesideTitle):
    """Offers the sheets on the page of a roundtable or a Forum, to those who may assess."""

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the links to the sheets."""
        own = _links(subject) if may(staff(request), Verb.PUBLISH) else ()
        return [*own, *super().links_beside(request, subject)]


def _links(place: Forum | Roundtable) -> Iterator[Link]:
    if isinstance(place, Roundtable):
        yield Link(address=sheet_address(place.pk), label=_("Assessment sheet"), slug="sheet")
        return
    words = _("Assess %(code)s")
    for part in place.roundtables.all():
        yield Link(address=sheet_address(part.pk), label=words % {"code": part.code}, slug="sheet")


class HasSheet:
    """Gives the desk of recommendations the address of the sheet."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        """Add it."""
        view = keeping_what_was_typed(self.admin_site, self.sheet_view)
        return [path("sheet/<int:key>/", view, name="tracker_recommendation_sheet"), *super().get_urls()]  # type: ignore[misc]

    def sheet_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Read where every recommendation of a roundtable stands."""
        user: Any = request.user
        if not (may(user, Verb.PUBLISH) and user.has_perm("tracker.view_recommendation")):
            raise PermissionDenied
        roundtable = Roundtable.objects.select_related("forum").filter(pk=key).first()
        if roundtable is None:
            raise Http404
        return SheetView(self, request, roundtable).answer()


class SheetView:
    """Shows the sheet, or publishes what is filled in."""

    def __init__(self, desk: Any, request: HttpRequest, roundtable: Roundtable) -> None:
        self.desk, self.request, self.roundtable = desk, request, roundtable

    def answer(self) -> HttpResponse:
        """Return the page, or lead back to it as it then stands."""
        if self.request.method != "POST":
            return self._page(Sheet(self.roundtable))
        with transaction.atomic():
            lock_head()  # what the sheet reads from here on is still so when it is published
            if once.earlier_answer(self.request):
                messages.info(self.request, _("This sheet was sent twice: it was published once."))
                return self._to_the_top()
            sheet = Sheet(self.roundtable, self.request.POST)
            if just_signed_in(self.request):
                messages.info(
                    self.request, _("You are signed in again. Nothing is published yet: look, then save all.")
                )
                return self._page(sheet)
            return self._published(sheet) or self._page(sheet, refused=True)

    def _published(self, sheet: Sheet) -> HttpResponse | None:
        """Publish all that is filled in; None where something is to be mended, which the rows then say."""
        if not sheet.is_valid():
            return None
        try:
            entries = actions.assess_several(sheet.readings(), by=self.request.user)  # type: ignore[arg-type]
        except SeveralRefused as refused:
            sheet.refuse(refused)
            return None
        for entry in entries:
            said = _("Assessed: %(reference)s") % {"reference": entry.reference}
            self.desk.log_change(self.request, entry.recommendation, said)
        once.remember_answer(self.request, self.request.path)
        messages.success(self.request, published_words(entries))
        return self._to_the_top()

    def _to_the_top(self) -> HttpResponse:
        """Lead to the sheet as it now stands, not to the row of which the address may speak."""
        return HttpResponseRedirect(f"{self.request.path}#container")

    def _page(self, sheet: Sheet, *, refused: bool = False) -> TemplateResponse:
        fields = SheetFields()
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": _("Assessment sheet: %(roundtable)s") % {"roundtable": self.roundtable},
            "opts": Roundtable._meta,
            "original": self.roundtable,
            "sheet": sheet,
            "rows": [(row, standing_words(row.recommendation), fields.of(row)) for row in sheet.rows],
            "refused": refused,
            "nothing_filled_in": refused and not sheet.filled_in,
            "submission": self.request.POST.get(once.FIELD) or once.new_submission(),
            "back": reverse("admin:tracker_roundtable_change", args=[self.roundtable.pk]),
        }
        return TemplateResponse(self.request, "admin/tracker/sheet.html", context)


def published_words(entries: list[FollowUp]) -> str:
    """Return the sentence that says what was published, each with a link to it."""
    links = format_html_join(
        ", ", '<a href="{}">{}</a>', ((entry.get_absolute_url(), entry.reference) for entry in entries)
    )
    number = len(entries)
    words = ngettext("Published {number} assessment: {links}.", "Published {number} assessments: {links}.", number)
    return format_html(words, number=number, links=links)
