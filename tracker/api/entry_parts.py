"""What belongs to entries: translations, partners, evidence, what they rest on and what corrects them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tracker.models import EntryTranslation, Evidence, FollowUp, Partner, RestsOn

BESIDE = {
    "its_recommendation": "recommendation__reference",
    "its_actor": "actor__slug",
    "corrects": "replaces__reference",
}
"""Columns of other rows that are told of an entry, by their names beside its own: whole rows cost far more."""


class Words(NamedTuple):
    """The texts of an entry in one language."""

    title: str
    body: str
    remaining: str


class Parts:
    """What belongs to one entry, each kind in its order."""

    def __init__(self) -> None:
        self.words: dict[str, Words] = {}
        self.partners: list[str] = []
        self.rests_on: list[str] = []
        self.evidence: list[Evidence] = []
        self.corrected_by: str | None = None


def parts_of(rows: Iterable[FollowUp]) -> dict[int, Parts]:
    """Return what belongs to entries, by their keys, in one query for each kind."""
    found: dict[int, Parts] = defaultdict(Parts)
    keys = {row.pk: row.recommendation_id for row in rows}
    for entry, language, *words in _of(EntryTranslation, keys, "language", *Words._fields):
        found[entry].words[language] = Words(*words)
    for entry, slug in _of(Partner, keys, "actor__slug"):
        found[entry].partners.append(slug)
    supports = RestsOn.objects.filter(assessment__in=keys).values_list("assessment", "entry__reference")
    for assessment, reference in supports.order_by("pk"):
        found[assessment].rests_on.append(str(reference))
    for evidence in Evidence.objects.filter(entry__in=keys):
        found[evidence.entry_id].evidence.append(evidence)
    for entry, reference in _corrections(set(keys.values())):
        found[entry].corrected_by = reference
    return found


def _of(model: type[EntryTranslation | Partner], entries: Iterable[int], *columns: str) -> "QuerySet[Any, Any]":
    return model._default_manager.filter(entry__in=entries).values_list("entry", *columns)


def _corrections(recommendations: Iterable[int]) -> "QuerySet[Any, Any]":
    """Return what is corrected by what. It is looked for in recommendations: by ``replaces``, SQLite reads all."""
    rows = FollowUp.objects.on_record().filter(recommendation__in=recommendations, replaces__isnull=False)
    return rows.order_by().values_list("replaces", "reference")
