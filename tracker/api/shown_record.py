"""What the API tells of recommendations and of the entries of their record.

What is null until publication is there on everything that comes here: constraints of the database hold that.
"""

import datetime as dt
from typing import Any, cast

from tracker.api.entry_parts import Parts
from tracker.api.links import Links
from tracker.api.shapes import EntryShape, EvidenceShape, RecommendationShape, TextsShape
from tracker.api.shown import day, texts, told_in, when
from tracker.api.standing import Reading
from tracker.api.ties import Ties
from tracker.models import Evidence, FollowUp, Recommendation
from tracker.record.canonical import moment


def recommendation(row: Recommendation, links: Links) -> RecommendationShape:
    """Tell of a recommendation, with what was read beside it."""
    beside: dict[str, Any] = row.__dict__
    ties: Ties = beside["ties"]
    reading: Reading = beside["reading"]
    copied = reading.copied
    return {
        "url": links.to_one("api_recommendation", row.reference),
        "html": links.to_one("recommendation", row.reference),
        "reference": row.reference,
        "forum": beside["its_forum"],
        "roundtable": f"{beside['its_forum']}-{beside['its_roundtable']}",
        "number": row.number,
        "nature": row.nature,
        "official_text": row.official_text,
        "official_language": row.official_language,
        "sic": row.sic or None,
        "translation": texts(row, "translation"),
        "headline": texts(row, "headline"),
        "source_document": row.source_document or None,
        "source_locator": row.source_locator or None,
        "themes": ties.themes,
        "responsibilities": ties.responsibilities,
        "reiterates": ties.reiterates,
        "reiterated_by": ties.reiterated_by,
        "state": row.state,
        "published_at": moment(cast("dt.datetime", row.published_at)),
        "withdrawn_at": when(row.withdrawn_at),
        "withdrawal_reason": row.withdrawal_reason or None,
        "merged_into": beside["merged_reference"],
        "words_sequence": cast("int", row.words_sequence),
        "status": copied["status"],
        "standing": copied["standing"] or None,
        "status_since": day(copied["status_since"]),
        "status_since_precision": copied["status_since_precision"] or None,
        "verdict": reading.verdict,
        "remaining": reading.remaining,
        "last_followup_on": day(copied["last_followup_on"]),
        "last_followup_precision": copied["last_followup_precision"] or None,
        "followup_count": copied["followup_count"],
    }


def _told(entry: FollowUp, name: str, parts: Parts) -> TextsShape:
    others = {language: getattr(words, name) for language, words in parts.words.items()}
    return told_in(entry.language, getattr(entry, name), others)


def entry(row: FollowUp, links: Links) -> EntryShape:
    """Tell of an entry on record. What was withheld has neither words nor evidence any more."""
    reference = cast("str", row.reference)
    beside: dict[str, Any] = row.__dict__
    parts: Parts = beside["parts"]
    return {
        "url": links.to_one("api_entry", reference),
        "html": links.to_one("entry", reference),
        "reference": reference,
        "recommendation": beside["its_recommendation"],
        "basis": row.basis,
        "received_via": row.received_via,
        "relation": row.relation or None,
        "actor": beside["its_actor"],
        "partners": parts.partners,
        "act": row.act or None,
        "occurred_from": row.occurred_from.isoformat(),
        "occurred_until": row.occurred_until.isoformat(),
        "precision": row.precision,
        "counts_from": cast("dt.date", row.counts_from).isoformat(),
        "language": row.language,
        "title": _told(row, "title", parts),
        "body": _told(row, "body", parts),
        "status": row.status or None,
        "standing": row.standing or None,
        "remaining": _told(row, "remaining", parts),
        "rests_on": parts.rests_on,
        "replaces": beside["corrects"],
        "replaced_by": parts.corrected_by,
        "evidence": [_evidence(one, links) for one in parts.evidence if str(one)],
        "state": row.state,
        "sequence": cast("int", row.sequence),
        "published_at": moment(cast("dt.datetime", row.published_at)),
        "retracted_at": when(row.retracted_at),
        "retraction_reason": row.retraction_reason or None,
        "withheld_at": when(row.withheld_at),
        "withholding_reason": row.withholding_reason or None,
    }


def _evidence(row: Evidence, links: Links) -> EvidenceShape:
    return {
        "citation": row.citation or None,
        "url": row.url or None,
        "file": links.to("evidence_file", pk=row.pk) if row.file else None,
        "file_size": row.file_size,
        "sha256": row.sha256 or None,
        "quality": row.quality,
    }
