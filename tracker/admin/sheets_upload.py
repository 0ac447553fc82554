"""Uploading a spreadsheet, and saying what its columns hold. Nothing of it is written yet."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.admin import once
from tracker.admin.sheets_checking import check_at_once, opened_sheet
from tracker.admin.sheets_forms import ColumnsForm, UploadForm
from tracker.admin.sign_in_again import just_signed_in
from tracker.errors import Refused
from tracker.imports.sheets.kinds import KINDS
from tracker.imports.sheets.mapping import Match, keep_columns, kept_columns, match
from tracker.imports.sheets.sheet import Sheet
from tracker.models import SheetColumns, SheetImport, SheetKind
from tracker.record.chain import lock_head

FIRST_ROWS = 3


def upload_view(desk: Any, request: HttpRequest) -> HttpResponse:
    """Ask for a sheet; keep it, and lead on to its columns or to what its rows would do."""
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm(initial=_asked(request))
    if just_signed_in(request):
        messages.info(request, _("You are signed in again. Nothing is saved yet: look, then save."))
    if just_signed_in(request) or not (sent and form.is_valid()):
        return _upload_page(desk, request, form)
    try:
        file, name = form.sheet
        sheet = Sheet(file, name=name)
    except Refused as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "pasted", str(refusal))
        return _upload_page(desk, request, form)
    with transaction.atomic():
        lock_head()
        if earlier := once.earlier_answer(request):
            messages.info(request, _("This form was sent twice: it was saved once."))
            return HttpResponseRedirect(earlier)
        imported, found = _kept(request, form, sheet)
        onward = _onward(imported, sheet, found)
        once.remember_answer(request, onward)
    desk.log_addition(request, imported, _("Uploaded"))
    if onward != rows_address(imported):
        return HttpResponseRedirect(onward)
    return check_at_once(request, imported)


def rows_address(imported: SheetImport) -> str:
    """Return where the rows of an import are shown."""
    return reverse("admin:tracker_sheetimport_change", args=[imported.pk])


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("kind", "source") if name in request.GET}


def _kept(request: HttpRequest, form: UploadForm, sheet: Sheet) -> tuple[SheetImport, Match]:
    kind, source = SheetKind(form.cleaned_data["kind"]), form.cleaned_data["source"]
    found = match(KINDS[kind], sheet.headings, source=source)
    user: Any = request.user
    imported = SheetImport(
        kind=kind,
        source=source,
        file_name=sheet.name,
        sha256=sheet.sha256,
        columns=found.columns,
        uploaded_by=user,
        uploaded_at=timezone.now(),
    )
    sheet.file.seek(0)
    imported.file.save(sheet.name, File(sheet.file), save=False)
    imported.save()
    return imported, found


def _onward(imported: SheetImport, sheet: Sheet, found: Match) -> str:
    """Return where to go: to the columns where one was never seen before, or one is missing of a source that is new."""
    known = kept_columns(KINDS[SheetKind(imported.kind)], imported.source)
    unsure = bool(found.missing and not known) or any(heading not in known for heading in found.passed_over)
    if unsure:
        return reverse("admin:tracker_sheetimport_columns", args=[imported.pk])
    return rows_address(imported)


def _upload_page(desk: Any, request: HttpRequest, form: UploadForm) -> TemplateResponse:
    sources = SheetColumns.objects.order_by("source").values_list("source", flat=True).distinct()
    context = desk.page_context(
        request,
        None,
        title=_("Upload a spreadsheet"),
        form=form,
        sources=sources,
        submission=request.POST.get(once.FIELD) or once.new_submission(),
    )
    return TemplateResponse(request, "admin/tracker/sheetimport/upload.html", context)


def columns_view(desk: Any, request: HttpRequest, imported: SheetImport) -> HttpResponse:
    """Ask what each column holds; keep it for the source, and lead on to what the rows would do."""
    if imported.applied_at or not imported.file:
        messages.error(request, str(Refused("sheet_applied")))
        return HttpResponseRedirect(rows_address(imported))
    with opened_sheet(imported) as sheet:
        first = [cells for _line, cells in islice(sheet.rows(), FIRST_ROWS)]
        headings = sheet.headings
    kind = KINDS[SheetKind(imported.kind)]
    form = ColumnsForm(request.POST or None, kind=kind, headings=headings, columns=imported.columns)
    if form.is_valid():
        imported.columns = form.columns
        imported.save(update_fields=["columns"])
        keep_columns(kind, imported.source, form.columns)
        return check_at_once(request, imported)
    places = [place for place, heading in enumerate(headings) if heading]
    context = desk.page_context(
        request,
        imported,
        title=_("What its columns hold"),
        form=form,
        rows=list(form.rows(first, places)),
        missing=match(kind, headings, source=imported.source, given=imported.columns).missing,
    )
    return TemplateResponse(request, "admin/tracker/sheetimport/columns.html", context)
