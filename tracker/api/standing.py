"""Where recommendations stand, today or on a day: what follows from the assessment that decides, and its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracker.api.shapes import TextsShape
from tracker.api.shown import told_in
from tracker.models import EntryTranslation, FollowUp, Recommendation
from tracker.record.copies import COPIED, copies_of

BESIDE = {
    "its_forum": "roundtable__forum__year",
    "its_roundtable": "roundtable__code",
    "merged_reference": "merged_into__reference",
    "verdict_reference": "verdict__reference",
    "verdict_language": "verdict__language",
    "verdict_remaining": "verdict__remaining",
}
"""Columns of other rows that are told of a recommendation, by their names beside its own: whole rows cost far more."""
NO_WORDS: TextsShape = {"en": None, "fr": None, "es": None}


class Reading(NamedTuple):
    """The columns that follow from the record, the reference of the assessment that decides, what it says remains."""

    copied: Mapping[str, Any]
    verdict: str | None
    remaining: TextsShape


class Verdict(NamedTuple):
    """The assessment that decides."""

    key: int
    reference: str
    language: str
    remaining: str


def readings_of(rows: Iterable[Recommendation]) -> dict[int, Reading]:
    """Return where recommendations stand, by their keys; in one query for translations of what remains."""
    decided = {row.pk: _then(row) if "counting" in row.__dict__ else _today(row) for row in rows}
    others = _translated([verdict.key for _copied, verdict in decided.values() if verdict])
    return {key: _reading(copied, verdict, others) for key, (copied, verdict) in decided.items()}


def _today(row: Recommendation) -> tuple[dict[str, Any], Verdict | None]:
    """Return what is kept with a recommendation."""
    kept: dict[str, Any] = row.__dict__
    copied = {name: kept[name] for name in COPIED}
    if not kept["verdict_id"]:
        return copied, None
    return copied, Verdict(*(kept[f"verdict_{name}"] for name in ("id", "reference", "language", "remaining")))


def _then(row: Recommendation) -> tuple[dict[str, Any], Verdict | None]:
    """Return what follows from the entries that counted on a day."""
    counting: list[FollowUp] = row.__dict__["counting"]
    copied = copies_of(row, counting)
    for entry in counting:
        if entry.pk == copied["verdict_id"]:
            return copied, Verdict(entry.pk, str(entry.reference), entry.language, entry.remaining)
    return copied, None


def _translated(verdicts: list[int]) -> dict[int, dict[str, str]]:
    """Return what remains in other languages, by assessment and language."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = EntryTranslation.objects.filter(entry__in=verdicts).order_by()
    for entry, language, remaining in rows.values_list("entry", "language", "remaining"):
        found[entry][language] = remaining
    return found


def _reading(copied: Mapping[str, Any], verdict: Verdict | None, others: Mapping[int, dict[str, str]]) -> Reading:
    if verdict is None:
        return Reading(copied, None, NO_WORDS)
    said = told_in(verdict.language, verdict.remaining, others.get(verdict.key, {}))
    return Reading(copied, verdict.reference, said)
