"""Empty sheets with the right columns, to be filled in: headings, and in a workbook what each of them means."""

import csv
import io

import xlsxwriter
from django.utils.translation import gettext as _

from tracker.imports.sheets.kind import Kind

MARK = "\ufeff"
"""By this spreadsheets know UTF-8."""


def empty_csv(kind: type[Kind]) -> bytes:
    """Return a CSV file with the headings in the language of the page."""
    out = io.StringIO()
    csv.writer(out).writerow([column.shown for column in kind.columns])
    return (MARK + out.getvalue()).encode()


def empty_xlsx(kind: type[Kind]) -> bytes:
    """Return a workbook with the headings, and a second sheet that says what each column holds."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        texts = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet, about = book.add_worksheet(_("Rows")), book.add_worksheet(_("Columns"))
        for place, column in enumerate(kind.columns):
            # Cells are texts, so that no spreadsheet turns "2013-10" into a day of its own choice.
            sheet.set_column(place, place, 50 if column.several_lines else 18, texts)
            sheet.write_string(0, place, column.shown, head)
        sheet.freeze_panes(1, 0)
        _explain(about, kind, head, texts)
    return out.getvalue()


def _explain(sheet: xlsxwriter.worksheet.Worksheet, kind: type[Kind], head: object, texts: object) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 60)
    for place, words in enumerate([_("Column"), _("What it holds"), _("Example")]):
        sheet.write_string(0, place, words, head)
    for line, column in enumerate(kind.columns, 1):
        for place, words in enumerate([column.shown, str(column.meaning), column.example]):
            sheet.write_string(line, place, words, texts)
