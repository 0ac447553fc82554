"""What each row of a spreadsheet would do, page by page and by outcome, and the same as a file to mend."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.admin.sheets_checking import opened_sheet
from tracker.errors import Refused
from tracker.imports.sheets.kept import kept_rows, seen_of
from tracker.imports.sheets.kinds import KINDS
from tracker.imports.sheets.mending import Mender
from tracker.imports.sheets.outcome import Outcome, RowResult
from tracker.models import SheetImport, SheetKind
from tracker.sentences import figure

PER_PAGE = 50


@dataclass(frozen=True)
class ShownRow:
    """One row as the page shows it. Changes: column, as it was, as the sheet has it. Problems: column, why."""

    line: int
    about: str
    outcome: Outcome
    changes: list[tuple[str, str, str]]
    problems: list[tuple[str, str]]


def rows_view(desk: Any, request: HttpRequest, imported: SheetImport) -> HttpResponse:
    """Show the import, and its rows."""
    chosen = request.GET.get("outcome", "")
    if chosen not in {"", *Outcome}:
        raise BadRequest(_("There is no such list: choose one of those on the page."))
    if not (seen := seen_of(imported)):
        return _page(desk, request, imported)
    outcome = Outcome(chosen) if chosen else None
    page = Paginator(_Rows(imported, outcome), PER_PAGE).get_page(request.GET.get("page"))
    shown = {"seen": seen, "counts": _counts(imported), "chosen": chosen, "page": page, "rows": _shown(imported, page)}
    return _page(desk, request, imported, **shown)


def _page(desk: Any, request: HttpRequest, imported: SheetImport, **more: Any) -> TemplateResponse:
    user: Any = request.user
    may_change = user.has_perm("tracker.change_sheetimport")
    context = desk.page_context(
        request,
        imported,
        title=str(imported),
        here=reverse("admin:tracker_sheetimport_change", args=[imported.pk]),
        facts=list(_facts(imported)),
        waiting=imported.applied_at is None,
        answer=answer_of(imported, checked=bool(more)),
        some_refused=imported.refused > 0,
        may_check=user.has_perm("tracker.add_sheetimport"),
        may_apply=may_change and imported.new + imported.changed > 0,
        may_undo=may_change and imported.applied_at is not None and imported.undone_at is None,
        may_delete=desk.has_delete_permission(request, imported),
        **more,
    )
    return TemplateResponse(request, "admin/tracker/sheetimport/rows.html", context)


def answer_of(imported: SheetImport, *, checked: bool) -> str:
    """Return the sentence that says what applying a sheet would do."""
    if not checked:
        return _("The rows are not checked yet. Nothing was written.")
    if not imported.new + imported.changed + imported.refused:
        return _("The sheet changes nothing: all of it is on record already.")
    said = would_words(imported)
    if not imported.refused:
        return said
    refused = ngettext(
        "%(number)s row is refused: mend it, then upload the sheet again.",
        "%(number)s rows are refused: mend them, then upload the sheet again.",
        imported.refused,
    )
    return f"{said} {refused % {'number': figure(imported.refused)}}"


def would_words(imported: SheetImport) -> str:
    """Return the sentence that says what would be written."""
    if not imported.new + imported.changed:
        return _("Nothing would be written.")
    new = ngettext("%(number)s new row", "%(number)s new rows", imported.new) % {"number": figure(imported.new)}
    changed = ngettext("%(number)s changed row", "%(number)s changed rows", imported.changed)
    return _("Nothing was written yet. To be applied: %(new)s, %(changed)s.") % {
        "new": new,
        "changed": changed % {"number": figure(imported.changed)},
    }


def _facts(imported: SheetImport) -> Iterator[tuple[Any, str]]:
    """Yield what is said of an import as a whole."""
    yield capfirst(_("kind")), str(SheetKind(imported.kind).label)
    yield capfirst(_("source")), imported.source
    for label, at, by in (
        (_("Uploaded"), imported.uploaded_at, imported.uploaded_by),
        (_("Applied"), imported.applied_at, imported.applied_by),
        (_("Undone"), imported.undone_at, imported.undone_by),
    ):
        if at:
            moment = date_format(at, pgettext("format of a moment", "j M Y, H:i:s"))
            yield label, _("%(moment)s UTC, by %(who)s") % {"moment": moment, "who": by}


def _counts(imported: SheetImport) -> list[tuple[str, Any, str]]:
    numbers = [(outcome.value, outcome.label, getattr(imported, outcome.value)) for outcome in Outcome]
    everything = ("", pgettext("rows of a sheet", "All"), sum(number for _value, _label, number in numbers))
    return [(value, label, figure(number)) for value, label, number in [everything, *numbers]]


class _Rows(Sequence[RowResult]):
    """The kept rows of one outcome, or all, of which only a page is read."""

    def __init__(self, imported: SheetImport, outcome: Outcome | None) -> None:
        self.imported, self.outcome = imported, outcome

    def __len__(self) -> int:
        asked = [self.outcome] if self.outcome else list(Outcome)
        return sum(getattr(self.imported, outcome.value) for outcome in asked)

    def __getitem__(self, place: Any) -> Any:
        return kept_rows(self.imported, self.outcome, place.start, place.stop - place.start)


def _shown(imported: SheetImport, rows: Iterable[RowResult]) -> list[ShownRow]:
    labels = {column.key: column.shown for column in KINDS[SheetKind(imported.kind)].columns}
    return [
        ShownRow(
            row.line,
            row.about,
            row.outcome,
            [(labels.get(one.column, one.column), one.old, one.new) for one in row.changes],
            [(labels.get(one.column, one.column), one.words) for one in row.problems],
        )
        for row in rows
    ]


def rows_file(desk: Any, request: HttpRequest, imported: SheetImport) -> HttpResponseBase:
    """Hand out the sheet with what is wrong with each row in a column, to be mended and uploaded again."""
    onward = reverse("admin:tracker_sheetimport_change", args=[imported.pk])
    try:
        with opened_sheet(imported) as sheet:
            headings = sheet.headings
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(onward)
    columns = KINDS[SheetKind(imported.kind)].columns
    content = Mender(headings, columns).rows(kept_rows(imported, None))
    name = f"{PurePosixPath(imported.file_name).stem}-{_('checked')}.csv"
    answer = FileResponse(io.BytesIO(b"".join(content)), as_attachment=True, filename=name)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    return answer
