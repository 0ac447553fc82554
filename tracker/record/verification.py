"""Verification: recompute the whole chain, and compare every published row with its payload (docs/record.md)."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tracker.models import FollowUp, Recommendation, RecordEvent, RecordHead
from tracker.record.canonical import (
    Payload,
    canonical,
    content_digest,
    entry_payload,
    event_digest,
    recommendation_payload,
)
from tracker.record.chain import NOTHING_BEFORE
from tracker.record.copies import differences
from tracker.record.triggers import missing_names

Kind = RecordEvent.Kind


@dataclass(frozen=True)
class Problem:
    """One thing that is not as the chain says: ``kind`` is chain, differs, missing, extra, copy or trigger."""

    kind: str
    reference: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.reference}: {self.detail}"


@dataclass
class _Told:
    """What the chain tells of one subject."""

    published: RecordEvent | None = None
    words: RecordEvent | None = None
    retracted: RecordEvent | None = None
    removed: RecordEvent | None = None
    withdrawn: RecordEvent | None = None


@dataclass
class Verification:
    """The outcome: the head of the chain as recomputed, how many events it has, and every problem found."""

    head: str = NOTHING_BEFORE
    events: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the record is what the chain says."""
        return not self.problems


def verify() -> Verification:
    """Recompute the chain and compare all rows with it. Reads everything; writes nothing."""
    outcome = Verification()
    told: defaultdict[str, _Told] = defaultdict(_Told)
    for event in RecordEvent.objects.order_by("sequence").iterator():
        outcome.problems += _link(event, outcome)
        outcome.events, outcome.head = outcome.events + 1, event.digest
        _tell(told[event.subject], event)
    outcome.problems += _head(outcome)
    outcome.problems += _blanks(told)
    outcome.problems += _recommendations(told)
    outcome.problems += _entries(told)
    outcome.problems += [
        Problem("copy", recommendation.reference, f"does not follow from the record: {', '.join(names)}")
        for recommendation, names in differences()
    ]
    outcome.problems += [
        Problem("trigger", name, "is missing: run manage.py migrate") for name in sorted(missing_names(connection))
    ]
    return outcome


def _link(event: RecordEvent, before: Verification) -> Iterator[Problem]:
    """Check one event against the one before it and against its own digests."""
    name = f"event {event.sequence} ({event.subject})"
    if event.sequence != before.events + 1:
        yield Problem("chain", name, f"event {before.events + 1} is missing before it")
        before.events = event.sequence - 1
    if event.previous != before.head:
        yield Problem("chain", name, "does not follow the event before it")
    if (event.payload or event.salt) and content_digest(event.salt, event.payload) != event.content_digest:
        yield Problem("chain", name, "its payload is not what its digest says")
    digest = event_digest(
        sequence=event.sequence,
        kind=event.kind,
        subject=event.subject,
        at=event.at,
        previous=event.previous,
        content=event.content_digest,
    )
    if digest != event.digest:
        yield Problem("chain", name, "its digest is not what its facts say")


def _tell(told: _Told, event: RecordEvent) -> None:
    match event.kind:
        case Kind.RECOMMENDATION_PUBLISHED | Kind.ENTRY_PUBLISHED:
            told.published = told.words = event
        case Kind.RECOMMENDATION_CORRECTED:
            told.words = event
        case Kind.RECOMMENDATION_WITHDRAWN:
            told.withdrawn = event
        case Kind.ENTRY_RETRACTED:
            told.retracted = event
        case Kind.CONTENT_REMOVED:
            told.removed = event


def _head(outcome: Verification) -> Iterator[Problem]:
    head = RecordHead.objects.filter(pk=1).first()
    if head is None:
        yield Problem("chain", "head", "is missing: run manage.py migrate")
    elif (head.sequence, head.digest) != (outcome.events, outcome.head):
        yield Problem("chain", "head", f"says event {head.sequence}, but the chain ends with {outcome.events}")


def _blanks(told: dict[str, _Told]) -> Iterator[Problem]:
    """A payload is blank only where a later event says that the content was removed."""
    removed = {int(_parsed(facts.removed).get("removed", 0)) for facts in told.values() if facts.removed}
    for event in RecordEvent.objects.filter(payload="").exclude(sequence__in=removed):
        yield Problem(
            "chain", f"event {event.sequence} ({event.subject})", "its payload is blank and no event says why"
        )


def _parsed(event: RecordEvent | None) -> Payload:
    """Return an event's payload; an unreadable one, which its digest has already convicted, is empty."""
    try:
        parsed = json.loads(event.payload) if event and event.payload else {}
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _without_names(payload: Payload) -> Payload:
    """Return a payload without actors' names, which the chain holds as then written and actors may change."""
    bare = {key: value for key, value in payload.items() if key != "schema"}
    if isinstance(bare.get("actor"), dict):
        bare["actor"] = bare["actor"].get("key")
    if isinstance(bare.get("partners"), list):
        bare["partners"] = [partner.get("key") for partner in bare["partners"] if isinstance(partner, dict)]
    return bare


def _changed(stored: Payload, rebuilt: Payload) -> list[str]:
    """Return the names of the facts in which a row is not what the chain holds."""
    was, now = _without_names(stored), _without_names(json.loads(canonical(rebuilt)))
    return sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))


def _recommendations(told: dict[str, _Told]) -> Iterator[Problem]:
    seen = set()
    for row in Recommendation.objects.public().select_related("roundtable__forum", "merged_into").iterator():
        seen.add(row.reference)
        facts = told.get(row.reference)
        if facts is None or facts.published is None:
            yield Problem("extra", row.reference, "is published but not in the chain")
            continue
        words = _parsed(facts.words)
        changed = _changed(words.get("new", words), recommendation_payload(row))
        if (row.state == Recommendation.State.WITHDRAWN) != (facts.withdrawn is not None):
            changed.append("state")
        if facts.withdrawn and _parsed(facts.withdrawn).get("reason") != _nfc(row.withdrawal_reason):
            changed.append("withdrawal_reason")
        if changed:
            yield Problem("differs", row.reference, f"is not what the chain says: {', '.join(changed)}")
    yield from _missing(told, seen, Kind.RECOMMENDATION_PUBLISHED)


def _entries(told: dict[str, _Told]) -> Iterator[Problem]:
    seen = set()
    rows = (
        FollowUp.objects.on_record()
        .select_related("recommendation", "actor", "replaces")
        .prefetch_related("partner_rows__actor", "support_rows__entry", "evidence")
    )
    for row in rows.order_by("sequence").iterator(chunk_size=500):
        reference = str(row.reference)
        seen.add(reference)
        facts = told.get(reference)
        if facts is None or facts.published is None:
            yield Problem("extra", reference, "is published but not in the chain")
            continue
        changed = _changed_entry(row, facts)
        if changed:
            yield Problem("differs", reference, f"is not what the chain says: {', '.join(changed)}")
    yield from _missing(told, seen, Kind.ENTRY_PUBLISHED)


def _changed_entry(row: FollowUp, facts: _Told) -> list[str]:
    changed = [] if facts.removed else _changed(_parsed(facts.published), entry_payload(row))
    expected = (
        FollowUp.State.WITHHELD
        if facts.removed
        else FollowUp.State.RETRACTED
        if facts.retracted
        else FollowUp.State.PUBLISHED
    )
    told: dict[str, tuple[Any, Any]] = {
        "state": (row.state, expected),
        "sequence": (row.sequence, facts.published and facts.published.sequence),
        "published_at": (row.published_at, facts.published and facts.published.at),
        "retracted_at": (row.retracted_at, facts.retracted and facts.retracted.at),
        "retraction_reason": (_nfc(row.retraction_reason), _parsed(facts.retracted).get("reason", "")),
        "withheld_at": (row.withheld_at, facts.removed and facts.removed.at),
        "withholding_reason": (_nfc(row.withholding_reason), _parsed(facts.removed).get("reason", "")),
    }
    changed += [name for name, (now, then) in told.items() if now != then]
    if facts.removed and any(evidence.citation or evidence.url or evidence.file for evidence in row.evidence.all()):
        changed.append("evidence")
    return changed


def _nfc(text: str) -> str:
    """Return a text as a payload would hold it."""
    value: str = json.loads(canonical({"text": text}))["text"]
    return value


def _missing(told: dict[str, _Told], seen: set[str], kind: str) -> Iterator[Problem]:
    for reference, facts in told.items():
        if facts.published and facts.published.kind == kind and reference not in seen:
            yield Problem("missing", reference, "is in the chain but no longer published")
