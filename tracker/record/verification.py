"""Verification: recompute the whole chain, and compare every published row with its payload (docs/record.md)."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from tracker.models import FollowUp, Recommendation, RecordEvent, RecordHead
from tracker.record.canonical import (
    REMOVABLE,
    Payload,
    canonical,
    content_digest,
    entry_payload,
    event_digest,
    recommendation_payload,
)
from tracker.record.chain import NOTHING_BEFORE
from tracker.record.copies import differences
from tracker.record.snapshot import one_moment
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


@dataclass(frozen=True, slots=True)
class _Event:
    """What is remembered of an event. Entries' payloads are not: the whole record need not fit into memory."""

    kind: str
    sequence: int
    at: dt.datetime
    payload: Payload


@dataclass(slots=True)
class _Told:
    """What the chain tells of one subject."""

    published: _Event | None = None
    words: _Event | None = None
    retracted: _Event | None = None
    removed: _Event | None = None
    withdrawn: _Event | None = None


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
    """Recompute the chain and compare all rows with it, as of one moment. Reads everything; writes nothing."""
    outcome = Verification()
    told: defaultdict[str, _Told] = defaultdict(_Told)
    with one_moment():
        for event in RecordEvent.objects.order_by("sequence").iterator():
            outcome.problems += _link(event, outcome)
            outcome.events, outcome.head = outcome.events + 1, event.digest
            outcome.problems += _tell(told[event.subject], event)
        outcome.problems += _head(outcome)
        outcome.problems += _blanks(told)
        outcome.problems += _recommendations(told)
        outcome.problems += _entries(told)
        outcome.problems += [
            Problem("copy", recommendation.reference, f"does not follow from the record: {', '.join(names)}")
            for recommendation, names in differences()
        ]
        outcome.problems += [
            Problem("trigger", name, "is missing or not ours: run manage.py migrate")
            for name in sorted(missing_names(connection))
        ]
    return outcome


def _name(event: RecordEvent) -> str:
    return f"event {event.sequence} ({event.subject})"


def _link(event: RecordEvent, before: Verification) -> Iterator[Problem]:
    """Check one event against the one before it and against its own digests."""
    name = _name(event)
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


_PLACES = {
    Kind.RECOMMENDATION_PUBLISHED: "published",
    Kind.ENTRY_PUBLISHED: "published",
    Kind.ENTRY_RETRACTED: "retracted",
    Kind.CONTENT_REMOVED: "removed",
    Kind.RECOMMENDATION_WITHDRAWN: "withdrawn",
}


def _tell(told: _Told, event: RecordEvent) -> Iterator[Problem]:
    """Remember what an event tells. Everything happens once, after publication; only words may change again."""
    payload = {} if event.kind == Kind.ENTRY_PUBLISHED else _parsed(event.payload)
    fact = _Event(event.kind, event.sequence, event.at, payload)
    place = _PLACES.get(Kind(event.kind)) if event.kind in Kind.values else None
    if place is None and event.kind != Kind.RECOMMENDATION_CORRECTED:
        if event.kind != Kind.GENESIS or event.sequence != 1:
            yield Problem("chain", _name(event), f"says “{event.kind}”, which has no place here")
        return
    if place and getattr(told, place) is not None:
        yield Problem("chain", _name(event), f"says “{event.kind}” a second time")
        return
    if place != "published" and told.published is None:
        yield Problem("chain", _name(event), f"says “{event.kind}” of what was never published")
    if event.kind == Kind.RECOMMENDATION_CORRECTED:
        if told.words and _bare(payload.get("old")) != _words(told):
            yield Problem("chain", _name(event), "corrects other words than the chain holds")
        told.words = fact
        return
    setattr(told, str(place), fact)
    if event.kind == Kind.RECOMMENDATION_PUBLISHED:
        told.words = fact


def _bare(payload: Any) -> Payload:
    """Return a payload without the number of its schema."""
    return {key: value for key, value in payload.items() if key != "schema"} if isinstance(payload, dict) else {}


def _words(told: _Told) -> Payload:
    """Return the official words as the chain last fixed them."""
    payload = told.words.payload if told.words else {}
    return _bare(payload.get("new") if told.words and told.words.kind == Kind.RECOMMENDATION_CORRECTED else payload)


def _head(outcome: Verification) -> Iterator[Problem]:
    head = RecordHead.objects.filter(pk=1).first()
    genesis = RecordEvent.objects.filter(pk=1).first()
    if head is None:
        yield Problem("chain", "head", "is missing: run manage.py migrate")
        return
    if (head.sequence, head.digest) != (outcome.events, outcome.head):
        yield Problem("chain", "head", f"says event {head.sequence}, but the chain ends with {outcome.events}")
    if genesis and (str(head.installation), head.opened_at) != (genesis.subject, genesis.at):
        yield Problem("chain", "head", "names another installation, or another opening, than the chain")


def _blanks(told: dict[str, _Told]) -> Iterator[Problem]:
    """A payload is blank only where a later event of the same subject says that the content was removed."""
    blank = RecordEvent.objects.filter(payload="").order_by("sequence")
    for sequence, subject in blank.values_list("sequence", "subject").iterator():
        removed = told[subject].removed
        if removed is None or removed.payload.get("removed") != sequence:
            yield Problem("chain", f"event {sequence} ({subject})", "its payload is blank and no event says why")


def _parsed(text: str | None) -> Payload:
    """Return a payload; an unreadable one, which its digest has already convicted, is empty."""
    try:
        parsed = json.loads(text or "{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _without_names(payload: Payload) -> Payload:
    """Return a payload without actors' names, which the chain holds as then written and actors may change."""
    bare = _bare(payload)
    if isinstance(bare.get("actor"), dict):
        bare["actor"] = bare["actor"].get("key")
    if isinstance(bare.get("partners"), list):
        bare["partners"] = [partner.get("key") for partner in bare["partners"] if isinstance(partner, dict)]
    return bare


def _changed(stored: Payload, rebuilt: Payload) -> list[str]:
    """Return the names of the facts in which a row is not what the chain holds."""
    was, now = _without_names(stored), _without_names(json.loads(canonical(rebuilt)))
    return sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))


def _unlike(facts: dict[str, tuple[Any, Any]]) -> list[str]:
    """Return the names of the facts of which the row (first) says something else than the chain (second)."""
    return [name for name, (now, then) in facts.items() if now != then]


def _recommendations(told: dict[str, _Told]) -> Iterator[Problem]:
    seen = set()
    for row in Recommendation.objects.public().select_related("roundtable__forum", "merged_into").iterator():
        seen.add(row.reference)
        facts = told.get(row.reference)
        if facts is None or facts.published is None:
            yield Problem("extra", row.reference, "is published but not in the chain")
            continue
        changed = _changed(_words(facts), recommendation_payload(row)) + _changed_state(row, facts)
        if changed:
            yield Problem("differs", row.reference, f"is not what the chain says: {', '.join(changed)}")
    yield from _missing(told, seen, Kind.RECOMMENDATION_PUBLISHED)


def _changed_state(row: Recommendation, facts: _Told) -> list[str]:
    withdrawn = facts.withdrawn.payload if facts.withdrawn else {}
    states = Recommendation.State
    return _unlike(
        {
            "state": (row.state, states.WITHDRAWN if facts.withdrawn else states.PUBLISHED),
            "published_at": (row.published_at, facts.published and facts.published.at),
            "words_sequence": (row.words_sequence, facts.words and facts.words.sequence),
            "withdrawn_at": (row.withdrawn_at, facts.withdrawn and facts.withdrawn.at),
            "withdrawal_reason": (_nfc(row.withdrawal_reason), withdrawn.get("reason", "")),
            "merged_into": (row.merged_into and row.merged_into.reference, withdrawn.get("merged_into")),
        }
    )


def _entries(told: dict[str, _Told]) -> Iterator[Problem]:
    seen = set()
    event = RecordEvent.objects.filter(sequence=OuterRef("sequence"))
    rows = (
        FollowUp.objects.on_record()
        .select_related("recommendation", "actor", "replaces")
        .prefetch_related("partner_rows__actor", "support_rows__entry", "evidence")
        .annotate(told_payload=Subquery(event.values("payload")[:1]))
    )
    for row in rows.order_by("sequence").iterator(chunk_size=500):
        reference = str(row.reference)
        seen.add(reference)
        facts = told.get(reference)
        if facts is None or facts.published is None:
            yield Problem("extra", reference, "is published but not in the chain")
            continue
        changed = _changed_content(row, facts) + _changed_course(row, facts)
        if changed:
            yield Problem("differs", reference, f"is not what the chain says: {', '.join(changed)}")
    yield from _missing(told, seen, Kind.ENTRY_PUBLISHED)


def _changed_content(row: FollowUp, facts: _Told) -> list[str]:
    """Compare what an entry says; of one whose content was removed, what the removal left."""
    rebuilt = entry_payload(row)
    if facts.removed is None:
        return _changed(_parsed(row.told_payload), rebuilt)  # type: ignore[attr-defined]
    kept = facts.removed.payload.get("kept")
    left = {key: value for key, value in rebuilt.items() if key not in REMOVABLE}
    changed = _changed(kept if isinstance(kept, dict) else {}, left)
    anything = any(evidence.citation or evidence.url or evidence.file for evidence in row.evidence.all())
    return [*changed, "evidence"] if anything else changed


def _changed_course(row: FollowUp, facts: _Told) -> list[str]:
    """Compare what happened to an entry, and the places that follow from the chain."""
    retracted, removed = facts.retracted, facts.removed
    states = FollowUp.State
    expected = states.WITHHELD if removed else states.RETRACTED if retracted else states.PUBLISHED
    return _unlike(
        {
            "state": (row.state, expected),
            "number": (f"{row.recommendation.reference}-{row.fragment}", row.reference),
            "sequence": (row.sequence, facts.published and facts.published.sequence),
            "precedence": (row.precedence, row.replaces.precedence if row.replaces else row.sequence),
            "published_at": (row.published_at, facts.published and facts.published.at),
            "retracted_at": (row.retracted_at, retracted and retracted.at),
            "retraction_reason": (_nfc(row.retraction_reason), retracted.payload.get("reason") if retracted else ""),
            "withheld_at": (row.withheld_at, removed and removed.at),
            "withholding_reason": (_nfc(row.withholding_reason), removed.payload.get("reason") if removed else ""),
        }
    )


def _nfc(text: str) -> str:
    """Return a text as a payload would hold it."""
    value: str = json.loads(canonical({"text": text}))["text"]
    return value


def _missing(told: dict[str, _Told], seen: set[str], kind: str) -> Iterator[Problem]:
    for reference, facts in told.items():
        if facts.published and facts.published.kind == kind and reference not in seen:
            yield Problem("missing", reference, "is in the chain but no longer published")
