"""The chain of a record that is written in bulk: its events are those that the software would have written."""

import datetime as dt
import json
import re
import secrets
from typing import Any

from tests.bench.loading import Sheet
from tracker.models import (
    Actor,
    AuditEvent,
    Evidence,
    FollowUp,
    Forum,
    Recommendation,
    RecordEvent,
    RecordHead,
    RestsOn,
    Roundtable,
    User,
)
from tracker.record.canonical import (
    Payload,
    canonical,
    content_digest,
    entry_payload,
    event_digest,
    recommendation_payload,
)

SOURCE, LINK = "Conclusions of the Chair", "https://example.org/source"
Kind = RecordEvent.Kind


class Form:
    """The canonical text of one sort of payload with gaps: made once by the software, filled in a million times.

    ``<gap>`` takes a text that needs no escapes in JSON, ``<<gap>>`` anything else, as JSON.
    """

    def __init__(self, payload: Payload) -> None:
        text = canonical(payload).replace("%", "%%")
        self.text = re.sub(r'"<<(\w+)>>"|<(\w+)>', lambda found: f"%({found[1] or found[2]})s", text)

    def filled(self, values: dict[str, Any]) -> str:
        """Return the payload with its gaps filled."""
        return self.text % values


def _recommendation() -> Recommendation:
    forum = Forum(year=0)
    return Recommendation(
        roundtable=Roundtable(forum=forum, code="<code>"),
        reference="<recommendation>",
        official_text="<text>",
        official_language="<language>",
        source_document=SOURCE,
    )


def _entry(basis: str, evidence: list[Evidence], supports: list[RestsOn]) -> Payload:
    said = {name: f"<{name}>" for name in ("reference", "relation", "language", "title", "body")}
    entry = FollowUp(pk=0, recommendation=_recommendation(), basis=basis, **said)
    entry._prefetched_objects_cache = {"partner_rows": [], "support_rows": supports, "evidence": evidence}
    return entry_payload(entry) | dict.fromkeys(("occurred_from", "occurred_until", "counts_from"), "<day>")


def named(actor: Actor) -> str:
    """Return an actor as a payload names it."""
    spelled: dict[str, Any] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return json.dumps({"key": actor.key, "name": getattr(actor, "name_en")}, **spelled)  # noqa: B009


class Chain:
    """Adds events to the end of the chain, and who did it to the list of acts."""

    def __init__(self, by: User, at: dt.datetime) -> None:
        head = RecordHead.objects.get()
        self.sequence, self.digest, self.at = head.sequence, head.digest, at
        last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.act = last or 0
        digests = ("sequence", "kind", "subject", "previous", "salt", "payload", "content_digest", "digest")
        self.events = Sheet(RecordEvent, *digests, at=at)
        self.acts = Sheet(AuditEvent, "id", "what", "subject", at=at, who=by)
        supports = [RestsOn(entry=FollowUp(reference="<rests_on>"))]
        reading = {name: f"<{name}>" for name in ("status", "standing", "remaining")} | {"title": "", "relation": ""}
        self.forms = {
            "words": Form(recommendation_payload(_recommendation()) | {"forum": "<<forum>>"}),
            "documented": Form(
                _entry("documented", [Evidence(citation="<citation>", url=LINK)], []) | {"actor": "<<actor>>"}
            ),
            "assessed": Form(_entry("assessed", [], supports) | reading),
        }

    def words(self, subject: str, **values: Any) -> int:
        """Publish a recommendation; return the event's number."""
        return self._event(Kind.RECOMMENDATION_PUBLISHED, subject, self.forms["words"].filled(values))

    def entry(self, basis: str, subject: str, values: dict[str, Any]) -> int:
        """Publish an entry; return the event's number."""
        return self._event(Kind.ENTRY_PUBLISHED, subject, self.forms[basis].filled(values))

    def _event(self, kind: Kind, subject: str, payload: str) -> int:
        salt, sequence, previous = secrets.token_hex(32), self.sequence + 1, self.digest
        content = content_digest(salt, payload)
        digest = event_digest(
            sequence=sequence, kind=kind.value, subject=subject, at=self.at, previous=previous, content=content
        )
        self.events.add(sequence, kind.value, subject, previous, salt, payload, content, digest)
        self.act += 1
        self.acts.add(self.act, kind.value, subject)
        self.sequence, self.digest = sequence, digest
        return sequence

    def finish(self) -> None:
        """Move the head of the record to the last event."""
        RecordHead.objects.update(sequence=self.sequence, digest=self.digest)
