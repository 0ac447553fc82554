"""The forms in which a list can be taken away, and how each is written."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from tracker.exports import csv_file, csvw, json_file, xlsx_file
from tracker.exports.about import About
from tracker.exports.answers import Write
from tracker.exports.rows import Table
from tracker.views.parameters import BadParameter

DESCRIPTION = "csv-metadata.json"
"""The description of a CSV, under the address that CSV on the Web gives it."""
TABLES = ("csv", DESCRIPTION, "json", "xlsx")
KEYS, LOCALISED = "keys", "localised"
USUAL_HEADER = {"csv": KEYS, "xlsx": LOCALISED}
"""Programs read a CSV by stable names; people read a workbook in their language."""


def check_form(form: str, forms: tuple[str, ...]) -> None:
    """Refuse a form that does not exist: nothing is there under its address."""
    if form not in forms:
        shown = ", ".join(one for one in forms if one != DESCRIPTION)
        said = {"form": form, "forms": shown}
        raise Http404(_("There is no “%(form)s” of this. It can be taken away as %(forms)s.") % said)


def asked_header(request: HttpRequest, form: str) -> str:
    """Return what shall stand above the columns: their names for machines, or what people call them."""
    header = request.GET.get("header") or USUAL_HEADER.get(form, KEYS)
    if header not in {KEYS, LOCALISED}:
        raise BadParameter("header", header, f"{KEYS}, {LOCALISED}")
    return header


def table_writer(request: HttpRequest, form: str, read: Callable[[], Table]) -> Write:
    """Return what writes a table in a form. ``read`` is called when everything is read as of one moment."""
    header = asked_header(request, form)
    address = request.build_absolute_uri(request.path.removesuffix("-metadata.json"))
    query = f"?{urlencode(sorted(request.GET.lists()), doseq=True)}" if request.GET else ""

    def write(about: About) -> Iterator[bytes]:
        table = read()
        words = [column.key if header == KEYS else str(column.words) for column in table.columns]
        if form == "csv":
            return csv_file.written(table, words)
        if form == "xlsx":
            return xlsx_file.written(about, table, words)
        if form == "json":
            return json_file.written({"meta": about.meta(), **table.first}, table.facts)
        return csvw.written(about, table, f"{address}{query}")

    return write
