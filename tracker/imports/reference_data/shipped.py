"""What the fixtures say of the record: documented follow-ups, and provisional assessments that rest on them."""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.imports.reference_data.actors import Named
from tracker.imports.reference_data.items import Item, read
from tracker.models import Evidence, FollowUp, Language, Standing, Status

ENTRIES = "entries.json"
ASSESSMENTS = "assessments.json"


@dataclass
class Shipped:
    """An entry as a fixture has it. ``supports`` are the keys of the entries it rests on."""

    item: Item
    recommendation: Any
    number: int
    values: dict[str, Any]
    evidence: list[tuple[Item, dict[str, str]]] = field(default_factory=list)
    partners: list[Any] = field(default_factory=list)
    supports: list[str] = field(default_factory=list)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def is_assessment(self) -> bool:
        """Whether it is a reading of the whole recommendation."""
        return bool(self.values["basis"] == FollowUp.Basis.ASSESSED)

    @property
    def needs(self) -> list[Any]:
        """The rows without which it cannot stand."""
        return [self.recommendation, self.values.get("actor"), *self.partners]

    @property
    def place(self) -> tuple[Any, ...]:
        """Its recommendation, its sort and its number."""
        return (self.recommendation.pk, self.is_assessment, self.number)

    @property
    def gist(self) -> tuple[Any, ...]:
        """What it says in short, by which it is known again where its number is another."""
        what = self.values["status" if self.is_assessment else "title"]
        days = (self.values["occurred_from"], self.values["occurred_until"])
        return (self.recommendation.pk, self.is_assessment, *days, what)

    def place_in_time(self, today: dt.date) -> tuple[Any, ...]:
        """Sort by the day an entry counts from, follow-ups before assessments of the same day."""
        counts_from = min(self.values["occurred_until"], today)
        return (counts_from, self.is_assessment, self.recommendation.reference, self.number)


def read_entries(directory: Path, *, recommendations: Named, actors: Named) -> list[Shipped]:
    """Return the follow-ups and assessments of the fixtures."""
    follow_ups = [
        _follow_up(item, recommendations, actors) for item in read(directory, ENTRIES).children("entries", "key")
    ]
    known = {shipped.item.key: shipped.recommendation for shipped in follow_ups}
    items = read(directory, ASSESSMENTS).children("assessments", "key")
    return [*follow_ups, *(_assessment(item, recommendations, known) for item in items)]


def _number(item: Item, letter: str) -> int:
    """Return the number at the end of an entry's key, as 3 of GFMD-2010-RT1-01-F3."""
    found = re.fullmatch(re.escape(item.text("recommendation")) + rf"-{letter}([1-9]\d{{0,5}})", item.key)
    if found is None:
        raise item.wrong("key", f"must be {item.text('recommendation')}-{letter} and a number")
    return int(found[1])


def _when(item: Item) -> dict[str, Any]:
    span = item.span("date", "date_precision", "date_until")
    if span.last < span.first:
        raise item.wrong("date_until", "is before the date")
    return {"occurred_from": span.first, "occurred_until": span.last, "precision": span.precision}


def _follow_up(item: Item, recommendations: Named, actors: Named) -> Shipped:
    values = {
        "basis": item.choice("basis", FollowUp.Basis),
        "received_via": item.choice("received_via", FollowUp.ReceivedVia),
        "actor": actors.one(item, "actor"),
        "relation": item.choice("relation", FollowUp.Relation),
        "act": item.text("act", ""),
        **_when(item),
        "language": item.choice("language", Language),
        "title": item.text("title"),
        "body": item.text("body"),
        "internal_note": item.text("internal_note", ""),
        "before_forum_confirmed": item.flag("before_forum_confirmed"),
    }
    if values["basis"] != FollowUp.Basis.DOCUMENTED:
        raise item.wrong("basis", "must be documented: only a body itself reports")
    recommendation, partners = recommendations.one(item, "recommendation"), actors.all(item, "partners")
    evidence = [(part, _evidence(part)) for part in item.children("evidence")]
    return Shipped(item, recommendation, _number(item, "F"), values, evidence=evidence, partners=partners)


def _evidence(item: Item) -> dict[str, str]:
    return {
        "citation": item.text("citation"),
        "url": item.text("url", ""),
        "quality": item.choice("quality", Evidence.Quality),
    }


def _assessment(item: Item, recommendations: Named, known: dict[str, Any]) -> Shipped:
    recommendation = recommendations.one(item, "recommendation")
    supports = item.texts("rests_on")
    for key in supports:
        if key not in known:
            raise item.wrong("rests_on", f"“{key}” is not in {ENTRIES}")
        if known[key] != recommendation:
            raise item.wrong("rests_on", f"“{key}” belongs to another recommendation")
    remaining = item.translations("remaining", "remaining", optional=True)
    values = {
        "basis": FollowUp.Basis.ASSESSED,
        **_when(item),
        "status": item.choice("status", Status),
        "standing": item.choice("standing", Standing),
        "body": item.text("reasoning"),
        "remaining": remaining.pop("remaining_en"),
    }
    translations = {
        column.removeprefix("remaining_"): {"remaining": text} for column, text in remaining.items() if text
    }
    return Shipped(item, recommendation, _number(item, "A"), values, supports=supports, translations=translations)
