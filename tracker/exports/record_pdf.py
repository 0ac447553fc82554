"""A recommendation on paper: its words, where it stands, and its whole record, entry by entry, latest first."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.exports.about import About
from tracker.exports.list_pdf import line, wording
from tracker.exports.plain_text import paragraphs
from tracker.models import Evidence, FollowUp, Recommendation, Responsibility, Standing, Status, Told, current_language
from tracker.readings.reading import Reading
from tracker.report import shapes
from tracker.report.pdf import ROOT, typeset
from tracker.sentences import day_words, join, span_words, tracker_name, within

TEMPLATE = ROOT / "exports" / "record.typ"


def record_pdf(about: About, answer: str, reading: Reading, entries: Sequence[FollowUp], site: str) -> bytes:
    """Return a recommendation with its record as PDF/UA-1.

    ``answer``: the sentence of its page; ``entries``: those on record, latest first, with evidence and partners.
    """
    one = reading.recommendation
    data = {
        "title": about.subject.title,
        "name": tracker_name(),
        "description": answer,
        "header": _("%(title)s, as of %(day)s") % {"title": one.reference, "day": day_words(about.day)},
        "address": about.subject.address,
        "answer": answer,
        "line": line(reading, site),
        "nature": str(one.get_nature_display()),
        "asked": _asked(one),
        "meaning": _meaning(reading),
        "entries": [_entry(entry, site) for entry in entries],
        "about": about.lines(),
        "marks": shapes.marks(),
        "say": {**wording(), **_said()},
    }
    return typeset(TEMPLATE, data, current_language())


def _said() -> dict[str, str]:
    return {
        "record": _("The record"),
        "none": _("Nothing is on record yet. That does not mean that nothing was done."),
    }


def _asked(one: Recommendation) -> list[tuple[str, str]]:
    """Return who is addressed, by how we know it."""
    named: dict[str, list[str]] = {}
    for row in one.responsibilities.select_related("actor"):
        named.setdefault(str(Responsibility.Addressed(row.addressed).label), []).append(str(row.actor.name))
    return [(how, join(names)) for how, names in named.items()]


def _meaning(reading: Reading) -> str:
    if reading.is_unassessed:
        return _("Follow-ups are on record; none has been assessed yet.")
    return str(reading.status.meaning)


def _entry(entry: FollowUp, site: str) -> dict[str, Any]:
    """Return what a page says of an entry; of what was withheld, only that it was, and why."""
    gone = entry.state == FollowUp.State.WITHHELD
    body = entry.told_body
    return {
        "reference": entry.fragment,
        "address": f"{site}{reverse('entry', args=[entry.reference])}",
        "when": span_words(entry.occurred_from, entry.occurred_until, entry.precision),
        "kind": _kind(entry),
        "gone": _gone(entry),
        "title": None if gone else asdict(entry.told_title),
        "actors": "" if gone else _actors(entry),
        "status": None if gone else _status(entry),
        "body": [] if gone else paragraphs(body.words),
        "language": body.language,
        "beside": _beside(body),
        "remaining": asdict(entry.told_remaining),
        "evidence": [_evidence(row, site) for row in entry.evidence.all()],
    }


def _beside(body: Told) -> str:
    """Return what is said of a text that is a translation, or in another language than the document."""
    if not body:
        return ""
    return _("Unofficial translation") if body.is_translation else f"({body.mark})" if body.is_foreign else ""


def _kind(entry: FollowUp) -> str:
    """Return how we know, how firm a reading is, and whether an act refers to the Forum."""
    said = [
        entry.get_basis_display(),
        within(str(Standing(entry.standing).label)) if entry.standing else "",
        within(str(FollowUp.Relation(entry.relation).label)) if entry.relation else "",
    ]
    return ", ".join(str(words) for words in said if words)


def _gone(entry: FollowUp) -> str:
    """Return since when, and why, an entry no longer counts; nothing of one that does."""
    if entry.withheld_at:
        said = _("The text and the evidence of this entry were removed on %(day)s. Reason: %(reason)s")
        return said % {"day": day_words(entry.withheld_at.date()), "reason": entry.withholding_reason}
    if entry.retracted_at:
        said = _("Retracted on %(day)s. Reason: %(reason)s")
        return said % {"day": day_words(entry.retracted_at.date()), "reason": entry.retraction_reason}
    return ""


def _actors(entry: FollowUp) -> str:
    """Return who acted, and with whom."""
    named = [entry.actor, *(row.actor for row in entry.partner_rows.all())]
    return join([str(actor.name) for actor in named if actor])


def _status(entry: FollowUp) -> dict[str, str] | None:
    """Return the status that an assessment reads, or that a body claims of itself."""
    if not entry.status:
        return None
    status = Status(entry.status)
    said = "" if entry.is_assessment else _("The body says of itself:")
    return {"token": status.token, "label": str(status.label), "said": said}


def _evidence(row: Evidence, site: str) -> dict[str, str]:
    """Return a source: its words, its address, and of what kind it is; of a file its size too."""
    where = f"{site}{reverse('evidence_file', args=[row.pk])}" if row.file else row.url
    kind = str(row.get_quality_display())
    return {
        "words": str(row),
        "address": where,
        "kind": f"{filesizeformat(row.file_size or 0)} · {kind}" if row.file else kind,
    }
