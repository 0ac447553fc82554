"""A report on paper: the facts as a typst template takes them."""

from dataclasses import asdict
from typing import Any

from tracker.report import shapes
from tracker.report.facts import Report
from tracker.report.pdf import ROOT, typeset
from tracker.report.wording import labels, wording

TEMPLATE = ROOT / "report" / "report.typ"
MOST_HANDED_OUT = 300
"""Recommendations in a PDF that is made for whoever asks: a thousand, with their sources, take seconds."""


def report_pdf(report: Report) -> bytes:
    """Return a report as PDF/UA-1."""
    return typeset(TEMPLATE, report_data(report), report.language)


def report_data(report: Report) -> dict[str, Any]:
    """Return the facts, the words around them, and the shapes of the statuses."""
    say = wording(report)
    return {
        "title": say["title"],
        "name": say["name"],
        "description": report.answer,
        "header": f"{report.subject} · {say['as_of']}",
        "address": report.address,
        "report": asdict(report) | {"day": report.day.isoformat()},
        "say": say,
        "labels": labels(),
        "shapes": {"marks": shapes.marks(), "bars": [shapes.bar(part.counted) for part in report.parts]},
        "bar": shapes.bar(report.counted),
    }
