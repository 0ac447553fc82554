"""The triggers of the record: they freeze what is published, tell when what the public sees has changed and which
documents for searching are stale, and keep the counts, places and filings.

``drop_triggers`` runs before migrations, which remake tables, and ``create_triggers`` after them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.models import Recommendation, RecordHead
from tracker.record.counting import Counting, countings
from tracker.record.filing import filings
from tracker.record.guards import GUARDED, Guard, guards
from tracker.record.places import filled_in, placings
from tracker.record.seen import TELLING, public_tables
from tracker.search.staleness import WATCHED, Watch

HEAD = RecordHead._meta.db_table
OPERATIONS = ("INSERT", "UPDATE", "DELETE")
BUMP = f"UPDATE {HEAD} SET version = version + 1 WHERE id = 1"


@dataclass(frozen=True)
class Trigger:
    """A trigger of a table: what creates it, and the part of that by which the database shows what it does."""

    name: str
    table: str
    statements: list[str]
    body: str


def triggers(vendor: str) -> list[Trigger]:
    """Return every trigger that must exist, in the SQL of an engine (``sqlite`` or ``postgresql``)."""
    marks = [(watch, operation) for watch in WATCHED for operation in watch.operations]
    kept = (*countings(), *placings(vendor), *filings())
    if vendor == "sqlite":
        return [
            *(_sqlite_guard(guard) for guard in guards(vendor)),
            *(_sqlite_bump(table, operation) for table in public_tables() for operation in OPERATIONS),
            *(_sqlite_mark(watch, operation) for watch, operation in marks),
            *map(_sqlite_count, kept),
        ]
    return [
        *(_postgresql_guard(guard) for guard in guards(vendor)),
        *(_truncate_guard(model) for model in GUARDED),
        *(_postgresql_bump(table) for table in public_tables()),
        *(_postgresql_mark(watch, operation) for watch, operation in marks),
        *map(_postgresql_count, kept),
        _postgresql_place(),
    ]


def _sqlite_guard(guard: Guard) -> Trigger:
    statement = (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH ROW WHEN {guard.condition} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )
    return Trigger(guard.name, guard.table, [statement], statement)


def _sqlite_bump(table: str, operation: str) -> Trigger:
    """Tell of each row: SQLite knows no triggers for whole statements, and a row of one page costs it little."""
    name = f"seen_{table}_{operation.lower()}"
    statement = f"CREATE TRIGGER {name} AFTER {operation} ON {table} FOR EACH ROW BEGIN {BUMP}; END"
    return Trigger(name, table, [statement], statement)


def _postgresql(name: str, table: str, fires: str, body: str) -> Trigger:
    statements = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} {fires} EXECUTE FUNCTION {name}()",
    ]
    return Trigger(name, table, statements, body)


def _postgresql_guard(guard: Guard) -> Trigger:
    row = "OLD" if guard.operation == "DELETE" else "NEW"
    refusal = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'restrict_violation'"
    body = f" BEGIN IF {guard.condition} THEN {refusal}; END IF; RETURN {row}; END "
    return _postgresql(guard.name, guard.table, f"BEFORE {guard.operation} ON {guard.table} FOR EACH ROW", body)


def _truncate_guard(model: type[models.Model]) -> Trigger:
    table = model._meta.db_table
    refusal = f"RAISE EXCEPTION '{table}: the record is never emptied (truncate refused)'"
    body = f" BEGIN {refusal} USING ERRCODE = 'restrict_violation'; END "
    return _postgresql(f"guard_{table}_truncate", table, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", body)


def _postgresql_bump(table: str) -> Trigger:
    """Tell of each statement, but for those within ``writing``, which tells of them all at its end.

    Otherwise a transaction of many statements would leave as many dead versions of the head's one row, and pass by
    all of them each time: 42,000 inserts took 49 s instead of 3.
    """
    told = f"current_setting('{TELLING}', true) IS NOT DISTINCT FROM 'yes'"
    body = f" BEGIN IF NOT ({told}) THEN {BUMP}; END IF; RETURN NULL; END "
    fires = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    return _postgresql(f"seen_{table}", table, fires, body)


def _fires(table: str, operation: str, columns: Sequence[str]) -> str:
    """Return when a trigger fires that follows a row. ``columns``: those whose update counts; none: every one."""
    of = f" OF {', '.join(columns)}" if operation == "UPDATE" and columns else ""
    return f"AFTER {operation}{of} ON {table} FOR EACH ROW"


def _marking(watch: Watch, operation: str) -> str:
    """Return the statements that mark. A row that was moved makes two documents stale."""
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[operation]
    return " ".join(f"{watch.mark(row)};" for row in rows)


def _sqlite_mark(watch: Watch, operation: str) -> Trigger:
    name = f"stale_{watch.table}_{operation.lower()}"
    fires = _fires(watch.table, operation, watch.columns)
    statement = f"CREATE TRIGGER {name} {fires} BEGIN {_marking(watch, operation)} END"
    return Trigger(name, watch.table, [statement], statement)


def _postgresql_mark(watch: Watch, operation: str) -> Trigger:
    body = f" BEGIN {_marking(watch, operation)} RETURN NULL; END "
    fires = _fires(watch.table, operation, watch.columns)
    return _postgresql(f"stale_{watch.table}_{operation.lower()}", watch.table, fires, body)


def _sqlite_count(counting: Counting) -> Trigger:
    table = counting.model._meta.db_table
    fires = _fires(table, counting.operation, counting.columns)
    when = f"WHEN {counting.matters} " if counting.matters else ""
    statement = f"CREATE TRIGGER {counting.name} {fires} {when}BEGIN {'; '.join(counting.statements)}; END"
    return Trigger(counting.name, table, [statement], statement)


def _postgresql_count(counting: Counting) -> Trigger:
    table = counting.model._meta.db_table
    counts = f"{'; '.join(counting.statements)};"
    # Not the trigger's own WHEN: that knows no subqueries, and ``missing_names`` compares what functions do.
    body = f" BEGIN {f'IF {counting.matters} THEN {counts} END IF;' if counting.matters else counts} RETURN NULL; END "
    return _postgresql(counting.name, table, _fires(table, counting.operation, counting.columns), body)


def _postgresql_place() -> Trigger:
    table = Recommendation._meta.db_table
    body = f" BEGIN {'; '.join(filled_in())}; RETURN NEW; END "
    return _postgresql(f"place_{table}_insert", table, f"BEFORE INSERT ON {table} FOR EACH ROW", body)


def missing_names(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that should exist and do not, or that do something else than ours."""
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE tgenabled = 'O' AND tgrelid = ANY(%s::regclass[])",
    }[connection.vendor]
    expected = triggers(connection.vendor)
    tables = sorted({trigger.table for trigger in expected})
    with connection.cursor() as cursor:
        cursor.execute(query, [tables] if connection.vendor == "postgresql" else [])
        kept = dict(cursor.fetchall())
    return {trigger.name for trigger in expected if kept.get(trigger.name) != trigger.body}


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger, so that migrations can remake and alter the tables."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
            elif trigger.table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, anew. Does nothing where the record has no tables (yet, or any more)."""
    tables = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in GUARDED} <= tables:
        return
    drop_triggers(connection)
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            for statement in trigger.statements if trigger.table in tables else ():
                cursor.execute(statement)
