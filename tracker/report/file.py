"""A report as one HTML file that needs no site: its styles are inside of it."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tracker.report.facts import Report
from tracker.report.wording import wording

SHEETS = ("tracker/site.css", "tracker/report.css")


def report_html(report: Report) -> str:
    """Return the report as a page of its own."""
    context = {"report": report, "say": wording(report), "styles": _styles()}
    return render_to_string("tracker/report_file.html", context)


def _styles() -> SafeString:
    """Return our own style sheets as an element; no text of the record is in them."""
    sheets = [Path(str(finders.find(sheet))).read_text(encoding="utf-8") for sheet in SHEETS]
    return mark_safe(f"<style>{''.join(sheets)}</style>")  # noqa: S308 (files of ours)
