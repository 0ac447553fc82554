"""What each column of each kind of sheet means, and empty sheets to fill in."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tracker.imports.sheets.columns import Column
from tracker.imports.sheets.empty import empty_csv, empty_xlsx
from tracker.imports.sheets.kinds import KINDS
from tracker.models import SheetKind


@dataclass(frozen=True)
class Explained:
    """One kind of sheet."""

    value: str
    label: str
    columns: tuple[Column, ...]


def explained_view(desk: Any, request: HttpRequest) -> TemplateResponse:
    """Explain all columns."""
    kinds = [Explained(value.value, str(value.label), kind.columns) for value, kind in KINDS.items()]
    context = desk.page_context(request, None, title=_("What the columns mean"), kinds=kinds)
    return TemplateResponse(request, "admin/tracker/sheetimport/explained.html", context)


FORMS = {
    "csv": (empty_csv, "text/csv; charset=utf-8"),
    "xlsx": (empty_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def template_view(desk: Any, request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """Hand out an empty sheet of a kind."""
    if kind not in SheetKind.values or form not in FORMS:
        raise Http404
    make, content_type = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{kind}.{form}"'}
    return HttpResponse(make(KINDS[SheetKind(kind)]), content_type=content_type, headers=headers)
