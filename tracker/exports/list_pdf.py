"""A list of recommendations on paper: the lines of its page, one after the other, on pages with numbers."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from tracker.exports.about import About
from tracker.models import Standing, Told, current_language, shown_language
from tracker.models.told import MARKS
from tracker.readings.reading import Reading
from tracker.readings.tally import Tally
from tracker.report import shapes
from tracker.report.pdf import ROOT, typeset
from tracker.sentences import day_words, source_words, tracker_name, within
from tracker.sentences.reports import heard_words

TEMPLATE = ROOT / "exports" / "list.typ"


def list_pdf(about: About, answer: str, counted: Tally, readings: Sequence[Reading], site: str) -> bytes:
    """Return a list as PDF/UA-1. ``answer``: the sentence of its page; ``counted``: what the page's bar shows."""
    data = {
        "title": about.subject.title,
        "name": tracker_name(),
        "description": answer,
        "header": _("%(title)s, as of %(day)s") % {"title": about.subject.title, "day": day_words(about.day)},
        "address": about.subject.address,
        "answer": answer,
        "bar": shapes.bar(counted) if counted.total > 1 else "",
        "about": about.lines(),
        "lines": [line(reading, site) for reading in readings],
        "marks": shapes.marks(),
        "say": wording(),
    }
    return typeset(TEMPLATE, data, current_language())


def line(reading: Reading, site: str) -> dict[str, Any]:
    """Return what a page says of a recommendation and where it stands, in finished words."""
    one = reading.recommendation
    return {
        "reference": one.reference,
        "address": f"{site}{one.get_absolute_url()}",
        "headline": asdict(Told(str(one.headline), shown_language(one, "headline"))),
        "words": one.official_text,
        "language": one.official_language,
        "sic": bool(one.sic),
        "translation": one.unofficial_words,
        "place": source_words(one),
        "status": str(reading.status.label),
        "token": reading.status.token,
        "beside": _beside(reading),
        "remaining": asdict(reading.remaining),
    }


def _beside(reading: Reading) -> list[str]:
    """Return what stands under a status: that nobody has read it yet, since when, how firm it is, what was heard."""
    said = [
        _("Not yet assessed") if reading.is_unassessed else "",
        reading.since,
        within(str(Standing(reading.standing).label)) if reading.standing else "",
        heard_words(reading.follow_ups),
    ]
    return [words for words in said if words]


def wording() -> dict[str, Any]:
    """Return headings, and how languages are named beside words in them."""
    return {
        "lines": _("The recommendations, one by one"),
        "reference": _("Reference"),
        "words": _("Recommendation, in the official words"),
        "translation": _("Unofficial translation:"),
        "status": _("Status"),
        "remains": _("What remains"),
        "colon": _("%(label)s: %(value)s") % {"label": "", "value": ""},
        "languages": {code: str(mark) for code, mark in MARKS.items()},
    }
