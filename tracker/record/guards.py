"""What the database refuses to do to what is published, on both engines (2-model, invariant 1).

One list of guards; each is a condition under which a row operation is refused. Columns are read from the models, so
a new column of a guarded table is frozen from its first migration. ``triggers`` puts them in place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from tracker.models import (
    ON_RECORD,
    AuditEvent,
    Evidence,
    FollowUp,
    Partner,
    Recommendation,
    RecordEvent,
    RestsOn,
)

GUARDED: tuple[type[models.Model], ...] = (
    *(FollowUp, Evidence, Partner, RestsOn),
    *(Recommendation, RecordEvent, AuditEvent),
)

# What may still change of a published row. Every other column is frozen, also one that a later migration adds.
ENTRY_FREE = {"internal_note"}
ENTRY_CONTENT = {"title", "body", "remaining", "return_reason"}
ENTRY_RETRACTION = {"retracted_by_id", "retracted_at", "retraction_reason"}
ENTRY_WITHHOLDING = {"withheld_by_id", "withheld_at", "withholding_reason"}
EVIDENCE_CONTENT = {"citation", "url", "file", "file_name", "sha256"}
RECOMMENDATION_FREE = {
    *("nature", "internal_note", "version"),
    *(f"{text}_{language}" for text in ("headline", "translation") for language in ("en", "fr", "es")),
    *("verdict_id", "status", "standing", "status_since", "status_since_precision"),
    *("last_followup_on", "last_followup_precision", "followup_count"),
    *("place", "forum_year", "status_place"),
}
RECOMMENDATION_WORDS = {
    *("official_text", "official_language", "sic", "source_document", "source_locator", "words_sequence")
}
RECOMMENDATION_WITHDRAWAL = {"withdrawn_by_id", "withdrawn_at", "withdrawal_reason", "merged_into_id"}


def _among(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in sorted(values)) + ")"


ON_RECORD_SQL = _among(ON_RECORD)
Kind = RecordEvent.Kind


@dataclass(frozen=True)
class Guard:
    """A refusal: before ``operation`` on a row of ``model``, where ``condition`` (SQL over OLD and NEW) holds."""

    model: type[models.Model]
    operation: str
    condition: str

    @property
    def table(self) -> str:
        """The guarded table."""
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        """The trigger's name, the same on both engines."""
        return f"guard_{self.table}_{self.operation.lower()}"

    @property
    def message(self) -> str:
        """What the database answers."""
        return f"{self.table}: published rows are frozen ({self.operation.lower()} refused)"


def _columns(model: type[models.Model]) -> set[str]:
    return {field.column for field in model._meta.concrete_fields if field.column}


def _blank(columns: Iterable[str]) -> str:
    return " AND ".join(f"COALESCE(NEW.{column}, '') = ''" for column in sorted(columns))


def _told(kind: Kind, subject: str, sequence: str = "") -> str:
    """The chain holds such an event of ``subject``: nothing happens to the record that it does not tell."""
    also = f" AND e.sequence = {sequence}" if sequence else ""
    table = RecordEvent._meta.db_table
    return f"EXISTS (SELECT 1 FROM {table} e WHERE e.subject = {subject} AND e.kind = '{kind.value}'{also})"


def _parent_in(row: str, parent: str, states: str) -> str:
    """The entry to which a row belongs is in one of these states."""
    return f"EXISTS (SELECT 1 FROM {FollowUp._meta.db_table} p WHERE p.id = {row}.{parent} AND p.state IN {states})"


class _Conditions:
    """The conditions of all guards in the SQL of one engine; they differ in how NULLs are compared."""

    def __init__(self, vendor: str) -> None:
        self.equal = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
        self.replaces_rows = vendor == "sqlite"

    def guards(self) -> list[Guard]:
        return [
            *self.of_entries(),
            *self.of_parts(Evidence, "entry_id"),
            *self.of_parts(Partner, "entry_id"),
            *self.of_parts(RestsOn, "assessment_id"),
            *self.of_recommendations(),
            *self.of_events(),
            *self.of_acts(),
        ]

    def same(self, columns: Iterable[str]) -> str:
        return " AND ".join(f"NEW.{column} {self.equal} OLD.{column}" for column in sorted(columns)) or "1 = 1"

    def replacing(self, model: type[models.Model], frozen: str, *keys: str) -> tuple[str, str]:
        """An inserted, an updated row takes a key of another that is frozen; begins with OR.

        With OR REPLACE, SQLite deletes that other row, past its delete trigger where ``recursive_triggers`` is off.
        """
        if not self.replaces_rows:
            return "", ""
        table = model._meta.db_table
        found = [f" OR EXISTS (SELECT 1 FROM {table} o WHERE {key} AND {frozen}" for key in keys]
        return "".join(f"{one})" for one in found), "".join(f"{one} AND o.rowid <> OLD.rowid)" for one in found)

    def of_entries(self) -> list[Guard]:
        was, becomes = f"OLD.state IN {ON_RECORD_SQL}", f"NEW.state IN {ON_RECORD_SQL}"
        published = f"NEW.state = 'published' AND {_told(Kind.ENTRY_PUBLISHED, 'NEW.reference', 'NEW.sequence')}"
        inserted, updated = self.replacing(
            FollowUp,
            f"o.state IN {ON_RECORD_SQL}",
            "o.id = NEW.id",
            "o.reference = NEW.reference",
            "o.sequence = NEW.sequence",
            "o.recommendation_id = NEW.recommendation_id AND o.number = NEW.number "
            "AND (o.basis = 'assessed') = (NEW.basis = 'assessed')",
            f"o.replaces_id = NEW.replaces_id AND {becomes}",
        )
        changed = f"({was} AND NOT ({self.allowed_of_entry()})) OR (NOT {was} AND {becomes} AND NOT ({published}))"
        return [
            Guard(FollowUp, "INSERT", becomes + inserted),
            Guard(FollowUp, "UPDATE", changed + updated),
            Guard(FollowUp, "DELETE", was),
        ]

    def allowed_of_entry(self) -> str:
        """What may happen to an entry on record: a note, its retraction, the removal of its content."""
        changing = ENTRY_CONTENT | ENTRY_RETRACTION | ENTRY_WITHHOLDING
        kept = f"NEW.state = OLD.state AND {self.same(changing)}"
        retracted = (
            f"OLD.state = 'published' AND NEW.state = 'retracted' AND {self.same(ENTRY_CONTENT | ENTRY_WITHHOLDING)} "
            f"AND {_told(Kind.ENTRY_RETRACTED, 'OLD.reference')}"
        )
        withheld = (
            "OLD.state IN ('published', 'retracted') AND NEW.state = 'withheld' AND "
            f"{_blank(ENTRY_CONTENT)} AND {self.same(ENTRY_RETRACTION)} "
            f"AND {_told(Kind.CONTENT_REMOVED, 'OLD.reference')}"
        )
        frozen = _columns(FollowUp) - ENTRY_FREE - changing - {"state"}
        return f"{self.same(frozen)} AND (({kept}) OR ({retracted}) OR ({withheld}))"

    def of_parts(self, model: type[models.Model], parent: str) -> list[Guard]:
        old, new = _parent_in("OLD", parent, ON_RECORD_SQL), _parent_in("NEW", parent, ON_RECORD_SQL)
        changed = f"(({old} OR {new})"
        if model is Evidence:
            rest = _columns(Evidence) - EVIDENCE_CONTENT - {"file_size"}
            emptied = f"{_blank(EVIDENCE_CONTENT)} AND NEW.file_size IS NULL AND {self.same(rest)}"
            withheld = _parent_in("OLD", parent, "('withheld')")
            changed += f" AND NOT ({withheld} AND {emptied})"
        inserted, updated = self.replacing(model, _parent_in("o", parent, ON_RECORD_SQL), "o.id = NEW.id")
        return [
            Guard(model, "INSERT", new + inserted),
            Guard(model, "UPDATE", f"{changed}){updated}"),
            Guard(model, "DELETE", old),
        ]

    def of_recommendations(self) -> list[Guard]:
        published = (
            f"NEW.state = 'published' AND {_told(Kind.RECOMMENDATION_PUBLISHED, 'NEW.reference', 'NEW.words_sequence')}"
        )
        inserted, updated = self.replacing(
            Recommendation,
            "o.state <> 'draft'",
            "o.id = NEW.id",
            "o.reference = NEW.reference",
            "o.roundtable_id = NEW.roundtable_id AND o.number = NEW.number",
        )
        changed = (
            f"(OLD.state <> 'draft' AND NOT ({self.allowed_of_recommendation()})) "
            f"OR (OLD.state = 'draft' AND NEW.state <> 'draft' AND NOT ({published}))"
        )
        return [
            Guard(Recommendation, "INSERT", "NEW.state <> 'draft'" + inserted),
            Guard(Recommendation, "UPDATE", changed + updated),
            Guard(Recommendation, "DELETE", "OLD.state <> 'draft'"),
        ]

    def allowed_of_recommendation(self) -> str:
        """What may happen to a published recommendation: free columns, new words, its withdrawal.

        New words need a new event of the chain that carries them, and each event serves once.
        """
        changing = RECOMMENDATION_WORDS | RECOMMENDATION_WITHDRAWAL
        kept = f"NEW.state = OLD.state AND {self.same(changing)}"
        corrected = (
            f"NEW.state = 'published' AND OLD.state = 'published' AND {self.same(RECOMMENDATION_WITHDRAWAL)} "
            "AND NEW.words_sequence > OLD.words_sequence "
            f"AND {_told(Kind.RECOMMENDATION_CORRECTED, 'OLD.reference', 'NEW.words_sequence')}"
        )
        withdrawn = (
            f"OLD.state = 'published' AND NEW.state = 'withdrawn' AND {self.same(RECOMMENDATION_WORDS)} "
            f"AND {_told(Kind.RECOMMENDATION_WITHDRAWN, 'OLD.reference')}"
        )
        frozen = _columns(Recommendation) - RECOMMENDATION_FREE - changing - {"state"}
        return f"{self.same(frozen)} AND (({kept}) OR ({corrected}) OR ({withdrawn}))"

    def of_events(self) -> list[Guard]:
        events = RecordEvent._meta.db_table
        named = f"SELECT 1 FROM {events} r WHERE r.kind = 'content_removed' AND r.subject = OLD.subject"
        emptied = (
            f"OLD.kind = 'entry_published' AND NEW.payload = '' AND NEW.salt = '' "
            f"AND {self.same(_columns(RecordEvent) - {'payload', 'salt'})} "
            f"AND EXISTS ({named} AND r.sequence > OLD.sequence)"
        )
        # The key of this table is no alias of SQLite's rowid, which is therefore a second key.
        inserted, updated = self.replacing(RecordEvent, "1 = 1", "o.digest = NEW.digest", "o.rowid = NEW.rowid")
        next_one = f"(SELECT COALESCE(MAX(sequence), 0) + 1 FROM {events})"
        return [
            Guard(RecordEvent, "INSERT", f"NEW.sequence <> {next_one}{inserted}"),
            Guard(RecordEvent, "UPDATE", f"NOT ({emptied}){updated}"),
            Guard(RecordEvent, "DELETE", "1 = 1"),
        ]

    def of_acts(self) -> list[Guard]:
        """Nobody claims an act on the record that the chain does not tell; only sign-ins are ever forgotten."""
        events = RecordEvent._meta.db_table
        told = f"SELECT 1 FROM {events} e WHERE e.subject = NEW.subject AND e.kind = NEW.what"
        claimed = f"(NEW.what IN {_among(AuditEvent.What.told_by_chain())} AND NOT EXISTS ({told}))"
        inserted, _updated = self.replacing(AuditEvent, "1 = 1", "o.id = NEW.id")
        return [
            Guard(AuditEvent, "INSERT", claimed + inserted),
            Guard(AuditEvent, "UPDATE", "1 = 1"),
            Guard(AuditEvent, "DELETE", f"OLD.what NOT IN {_among(AuditEvent.What.of_sessions())}"),
        ]


def guards(vendor: str) -> list[Guard]:
    """Return every row guard in the SQL of an engine (``sqlite`` or ``postgresql``)."""
    return _Conditions(vendor).guards()
