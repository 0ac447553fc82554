"""The triggers that freeze what is published, on both engines (2-model, invariant 1).

One list of guards; each is a condition under which a row operation is refused. Columns are read from the models, so
a new column of a guarded table is frozen from its first migration. ``drop_triggers`` runs before migrations, which
remake tables, and ``create_triggers`` after them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.models import (
    ON_RECORD,
    Evidence,
    FollowUp,
    Partner,
    Recommendation,
    RecordEvent,
    RestsOn,
)

GUARDED: tuple[type[models.Model], ...] = (FollowUp, Evidence, Partner, RestsOn, Recommendation, RecordEvent)

# What staff and the copies may still change of a published row.
ENTRY_FREE = {"internal_note"}
ENTRY_CONTENT = {"title", "body", "remaining"}
ENTRY_RETRACTION = {"retracted_by_id", "retracted_at", "retraction_reason"}
ENTRY_WITHHOLDING = {"withheld_by_id", "withheld_at", "withholding_reason"}
WORDS = {"official_text", "official_language", "sic", "source_document", "source_locator"}
FROZEN_OF_RECOMMENDATION = {"reference", "number", "roundtable_id", "published_by_id", "published_at"}
ON_RECORD_SQL = "(" + ", ".join(f"'{state}'" for state in ON_RECORD) + ")"


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


class _Conditions:
    """The conditions of all guards in the SQL of one engine; they differ in how NULLs are compared."""

    def __init__(self, vendor: str) -> None:
        self.equal = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
        self.replaces_rows = vendor == "sqlite"

    def same(self, columns: Iterable[str]) -> str:
        return " AND ".join(f"NEW.{column} {self.equal} OLD.{column}" for column in sorted(columns)) or "1 = 1"

    def guards(self) -> list[Guard]:
        return [
            *self.of_entries(),
            *self.of_parts(Evidence, "entry_id"),
            *self.of_parts(Partner, "entry_id"),
            *self.of_parts(RestsOn, "assessment_id"),
            *self.of_recommendations(),
            *self.of_events(),
        ]

    def of_entries(self) -> list[Guard]:
        frozen = _columns(FollowUp) - ENTRY_FREE - ENTRY_CONTENT - ENTRY_RETRACTION - ENTRY_WITHHOLDING - {"state"}
        kept = f"NEW.state = OLD.state AND {self.same(ENTRY_CONTENT | ENTRY_RETRACTION | ENTRY_WITHHOLDING)}"
        retracted = "OLD.state = 'published' AND NEW.state = 'retracted' AND " + self.same(
            ENTRY_CONTENT | ENTRY_WITHHOLDING
        )
        withheld = (
            "OLD.state IN ('published', 'retracted') AND NEW.state = 'withheld' AND "
            f"{_blank(ENTRY_CONTENT)} AND {self.same(ENTRY_RETRACTION)}"
        )
        allowed = f"{self.same(frozen)} AND (({kept}) OR ({retracted}) OR ({withheld}))"
        table = FollowUp._meta.db_table
        return [
            Guard(FollowUp, "UPDATE", f"OLD.state IN {ON_RECORD_SQL} AND NOT ({allowed})"),
            Guard(FollowUp, "DELETE", f"OLD.state IN {ON_RECORD_SQL}"),
            *self._against_replace(
                FollowUp,
                f"SELECT 1 FROM {table} o WHERE o.state IN {ON_RECORD_SQL} AND (o.id = NEW.id OR "
                "o.reference = NEW.reference OR o.sequence = NEW.sequence)",
            ),
        ]

    def of_parts(self, model: type[models.Model], parent: str) -> list[Guard]:
        def parent_in(row: str, states: str) -> str:
            table = FollowUp._meta.db_table
            return f"EXISTS (SELECT 1 FROM {table} p WHERE p.id = {row}.{parent} AND p.state IN {states})"

        old, new = parent_in("OLD", ON_RECORD_SQL), parent_in("NEW", ON_RECORD_SQL)
        changed = f"({old} OR {new})"
        if model is Evidence:
            withheld_parent = parent_in("OLD", "('withheld')")
            content = {"citation", "url", "file", "file_name", "sha256"}
            rest = _columns(Evidence) - content - {"file_size"}
            emptied = f"{_blank(content)} AND NEW.file_size IS NULL AND {self.same(rest)}"
            changed += f" AND NOT ({withheld_parent} AND {emptied})"
        return [
            Guard(model, "INSERT", new),
            Guard(model, "UPDATE", changed),
            Guard(model, "DELETE", old),
        ]

    def of_recommendations(self) -> list[Guard]:
        events, table = RecordEvent._meta.db_table, Recommendation._meta.db_table
        # New words need a new event of the chain that carries them, and each event serves once.
        corrected = (
            "NEW.words_sequence > OLD.words_sequence AND NEW.state = 'published' AND EXISTS (SELECT 1 FROM "
            f"{events} e WHERE e.sequence = NEW.words_sequence AND e.subject = OLD.reference "
            "AND e.kind = 'recommendation_corrected')"
        )
        state = "NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'withdrawn')"
        allowed = (
            f"{self.same(FROZEN_OF_RECOMMENDATION | {'id'})} AND ({state}) AND "
            f"(({self.same(WORDS | {'words_sequence'})}) OR ({corrected}))"
        )
        return [
            Guard(Recommendation, "UPDATE", f"OLD.state <> 'draft' AND NOT ({allowed})"),
            Guard(Recommendation, "DELETE", "OLD.state <> 'draft'"),
            *self._against_replace(
                Recommendation,
                f"SELECT 1 FROM {table} o WHERE o.state <> 'draft' AND (o.id = NEW.id OR o.reference = NEW.reference "
                "OR (o.roundtable_id = NEW.roundtable_id AND o.number = NEW.number))",
            ),
        ]

    def of_events(self) -> list[Guard]:
        events = RecordEvent._meta.db_table
        named = f"SELECT 1 FROM {events} r WHERE r.kind = 'content_removed' AND r.subject = OLD.subject"
        emptied = (
            f"NEW.payload = '' AND NEW.salt = '' AND {self.same(_columns(RecordEvent) - {'payload', 'salt'})} "
            f"AND EXISTS ({named} AND r.sequence > OLD.sequence)"
        )
        return [
            Guard(RecordEvent, "INSERT", f"NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {events})"),
            Guard(RecordEvent, "UPDATE", f"NOT ({emptied})"),
            Guard(RecordEvent, "DELETE", "1 = 1"),
        ]

    def _against_replace(self, model: type[models.Model], found: str) -> list[Guard]:
        """INSERT OR REPLACE deletes a row without a delete trigger where ``recursive_triggers`` is off."""
        return [Guard(model, "INSERT", f"EXISTS ({found})")] if self.replaces_rows else []


def guards(vendor: str) -> list[Guard]:
    """Return every row guard in the SQL of an engine (``sqlite`` or ``postgresql``)."""
    return _Conditions(vendor).guards()


def expected_names(vendor: str) -> set[str]:
    """Return the names of the triggers that must exist."""
    names = {guard.name for guard in guards(vendor)}
    if vendor == "postgresql":
        names |= {_truncate_name(model) for model in GUARDED}
    return names


def _truncate_name(model: type[models.Model]) -> str:
    return f"guard_{model._meta.db_table}_truncate"


def _sqlite_statements(guard: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH ROW WHEN {guard.condition} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    ]


def _postgresql_statements(guard: Guard) -> list[str]:
    row = "OLD" if guard.operation == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {guard.condition} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'restrict_violation'; END IF; "
        f"RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


def _truncate_statements(model: type[models.Model]) -> list[str]:
    name, table = _truncate_name(model), model._meta.db_table
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table}: the record is never emptied (truncate refused)' "
        "USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def present_names(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of our triggers that exist in the database."""
    query = {
        "sqlite": r"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\_%' ESCAPE '\'",
        "postgresql": r"SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND tgname LIKE 'guard\_%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing_names(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that should exist and do not."""
    return expected_names(connection.vendor) - present_names(connection)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard, so that migrations can remake and alter the tables."""
    tables = set(connection.introspection.table_names())
    owners = {guard.name: guard.table for guard in guards(connection.vendor)}
    owners |= {_truncate_name(model): model._meta.db_table for model in GUARDED}
    with connection.cursor() as cursor:
        for name, table in owners.items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            elif table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, anew. Does nothing where the tables do not exist (yet, or any more)."""
    if not {model._meta.db_table for model in GUARDED} <= set(connection.introspection.table_names()):
        return
    drop_triggers(connection)
    statements_of: Any = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            for statement in statements_of(guard):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            for model in GUARDED:
                for statement in _truncate_statements(model):
                    cursor.execute(statement)
