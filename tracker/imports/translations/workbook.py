"""Workbooks for translators: one line a text, the place to write in beside the words."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.imports.translations import COLUMNS
from tracker.imports.translations.units import Unit

LONGEST = 32_767
"""Letters of a cell. Of a longer text the beginning stands there; the PO file holds all of it."""
WIDTHS = {"key": 22, "source": 70, "text": 70}


def written_workbook(units: Iterable[Unit]) -> bytes:
    """Return the workbook of units. Every cell is a text: nothing is a formula, a link or a number."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(capfirst(_("translations"))[:31])
        head, wrapped = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, WIDTHS.get(column, 14))
            sheet.write_string(0, place, column, head)
        sheet.freeze_panes(1, 2)
        for line, unit in enumerate(units, 1):
            for place, column in enumerate(COLUMNS):
                sheet.write_string(line, place, getattr(unit, column)[:LONGEST], wrapped)
    return out.getvalue()
