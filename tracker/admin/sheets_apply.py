"""Checking a spreadsheet, applying it, undoing that: small ones at once, large ones while the page tells how far."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.admin.long_work import Does, Tell, growing_page
from tracker.admin.sheets_checking import apply_as_seen, check, is_long, said_of_check
from tracker.errors import Refused
from tracker.imports.sheets.undoing import undo
from tracker.models import SheetImport
from tracker.sentences import figure

MOST_LEFT = 20
"""Sentences about what an undoing left alone that a message names."""


def _answer(desk: Any, request: HttpRequest, imported: SheetImport, does: Does, title: str) -> HttpResponseBase:
    """Do the work at once and say what came of it on the page that follows; or let the page grow while it is done."""
    onward = reverse("admin:tracker_sheetimport_change", args=[imported.pk])
    if is_long(imported):
        return growing_page(request, does, desk.page_context(request, imported, title=title, onward=onward))
    try:
        messages.success(request, does(lambda _done, _total: None))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(onward)


def check_view(desk: Any, request: HttpRequest, imported: SheetImport) -> HttpResponseBase:
    """Find out anew what each row would do."""
    user: Any = request.user

    def does(tell: Tell) -> str:
        return said_of_check(check(imported, by=user, progress=tell))

    return _posted(request, imported) or _answer(desk, request, imported, does, _("Check the rows"))


def apply_view(desk: Any, request: HttpRequest, imported: SheetImport) -> HttpResponseBase:
    """Write what was seen: all of it, or nothing."""
    user: Any = request.user
    seen, only_good = request.POST.get("seen", ""), "only_good" in request.POST

    def does(tell: Tell) -> str:
        done = apply_as_seen(imported.pk, by=user, seen=seen, only_good=only_good, progress=tell)
        said = applied_words(done)
        desk.log_change(request, done, said)
        return said

    return _posted(request, imported) or _answer(desk, request, imported, does, _("Apply"))


def _posted(request: HttpRequest, imported: SheetImport) -> HttpResponse | None:
    """Lead whoever only followed an address to the page of the import."""
    if request.method == "POST":
        return None
    return HttpResponseRedirect(reverse("admin:tracker_sheetimport_change", args=[imported.pk]))


def applied_words(done: SheetImport) -> str:
    """Return the sentence that says what was written."""
    new = ngettext("%(number)s new row", "%(number)s new rows", done.new) % {"number": figure(done.new)}
    changed = ngettext("%(number)s changed row", "%(number)s changed rows", done.changed)
    return _("Applied: %(new)s, %(changed)s.") % {"new": new, "changed": changed % {"number": figure(done.changed)}}


def undo_view(desk: Any, request: HttpRequest, imported: SheetImport) -> HttpResponseBase:
    """Say what undoing means, then take the import back."""
    user: Any = request.user

    def does(tell: Tell) -> str:
        undone = undo(imported, by=user, progress=tell)
        said = _("Undone: %(deleted)s rows were taken back, %(restored)s have their old texts again.") % {
            "deleted": figure(undone.deleted),
            "restored": figure(undone.restored),
        }
        desk.log_change(request, imported, said)
        return " ".join([said, *undone.left[:MOST_LEFT]])

    if request.method == "POST":
        return _answer(desk, request, imported, does, _("Undo"))
    context = desk.page_context(
        request,
        imported,
        title=_("Undo"),
        back=reverse("admin:tracker_sheetimport_change", args=[imported.pk]),
        consequences=[
            _("What the import made is deleted, and what it changed gets its old texts."),
            _("What was published or edited since is left as it is, and named."),
        ],
    )
    return TemplateResponse(request, "admin/tracker/sheetimport/undo.html", context)
