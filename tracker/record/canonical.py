"""Canonical payloads and digests. ``docs/record.md`` is the specification; its test vectors are run as a test."""

import datetime as dt
import hashlib
import json
import unicodedata
from typing import Any

from tracker.models import Actor, FollowUp, Recommendation

SCHEMA = 1
Payload = dict[str, Any]
REMOVABLE = frozenset({"title", "body", "remaining", "evidence"})
"""What of an entry's payload goes when its content is removed. The event of the removal keeps the rest."""


def _normal(value: Any) -> Any:
    """Return ``value`` with every text in NFC and with LF line ends. Floats have no single spelling and are refused."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, float):
        raise TypeError("A payload holds no floats.")
    return value


def canonical(payload: Payload) -> str:
    """Return the exact text of a payload: JSON with sorted keys, no spaces, no escapes but those JSON demands."""
    return json.dumps(_normal({"schema": SCHEMA, **payload}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: dt.datetime) -> str:
    """Return a time as the digests spell it: UTC, six digits of microseconds, Z."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def content_digest(salt: str, payload: str) -> str:
    """Return SHA-256 over the salt followed by the payload, both as UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256((salt + payload).encode()).hexdigest()


def event_digest(*, sequence: int, kind: str, subject: str, at: dt.datetime, previous: str, content: str) -> str:
    """Return SHA-256 over the seven facts of an event, a line each, joined by LF."""
    lines = [str(SCHEMA), str(sequence), kind, subject, moment(at), previous, content]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _named(actor: Actor) -> Payload:
    """An actor as the record names it: its key, and its English name as now written."""
    return {"key": actor.key, "name": getattr(actor, "name_en")}  # noqa: B009 - a column that django-stubs cannot see


def recommendation_payload(recommendation: Recommendation) -> Payload:
    """Return what the chain holds of a published recommendation: its words and where they stand."""
    return {
        "reference": recommendation.reference,
        "forum": recommendation.roundtable.forum.year,
        "roundtable": recommendation.roundtable.code,
        "official_text": recommendation.official_text,
        "official_language": recommendation.official_language,
        "sic": recommendation.sic,
        "source_document": recommendation.source_document,
        "source_locator": recommendation.source_locator,
    }


def entry_payload(entry: FollowUp) -> Payload:
    """Return what the chain holds of a published entry. People, translations, themes, acts and notes stay outside."""
    return {
        "reference": entry.reference,
        "recommendation": entry.recommendation.reference,
        "basis": entry.basis,
        "received_via": entry.received_via,
        "relation": entry.relation,
        "actor": _named(entry.actor) if entry.actor else None,
        "partners": [_named(row.actor) for row in entry.partner_rows.all()],
        "occurred_from": _day(entry.occurred_from),
        "occurred_until": _day(entry.occurred_until),
        "precision": entry.precision,
        "counts_from": _day(entry.counts_from),
        "language": entry.language,
        "title": entry.title,
        "body": entry.body,
        "status": entry.status,
        "standing": entry.standing,
        "remaining": entry.remaining,
        "rests_on": [row.entry.reference for row in entry.support_rows.all()],
        "replaces": entry.replaces.reference if entry.replaces else None,
        "evidence": [{"citation": row.citation, "url": row.url, "sha256": row.sha256} for row in entry.evidence.all()],
    }
