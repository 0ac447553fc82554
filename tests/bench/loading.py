"""Writing millions of rows: past the ORM, with the guards, indexes and checks aside that would look at each of them.

Nothing but a measurement may do this. What is left behind has everything that a migration leaves.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from tracker.record.counting import recount
from tracker.record.filing import file_all
from tracker.record.places import place_all
from tracker.record.triggers import create_triggers, drop_triggers
from tracker.search.engine import ENTRIES, RECOMMENDATIONS, make_index

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema "
    "AND tablename IN ({tables}) AND indexname::regclass NOT IN (SELECT conindid FROM pg_constraint)",
}
SEARCHED = (RECOMMENDATIONS.name, ENTRIES.name)
UNCHECKED = {
    "sqlite": ["PRAGMA foreign_keys = OFF", "PRAGMA cache_size = -500000"],
    "postgresql": ["SET session_replication_role = replica", "SET maintenance_work_mem = '500MB'"],
}
CHECKED = {
    "sqlite": ["PRAGMA foreign_keys = ON", "PRAGMA cache_size = -2000"],
    "postgresql": ["RESET session_replication_role", "RESET maintenance_work_mem"],
}


class Sheet:
    """Rows of one model. ``varying``: the columns by which they differ; all others are as ``fixed`` says."""

    def __init__(self, model: type[models.Model], *varying: str, **fixed: Any) -> None:
        self.table, self.varying = model._meta.db_table, varying
        row = model(**fixed)
        self.fixed = {
            field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
            for field in model._meta.concrete_fields
            if field.column not in varying
        }
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """Keep a row until it is written: its varying columns, dates in ISO form."""
        self.rows.append(values)

    def write(self) -> None:
        """Write the rows that are kept."""
        (_copy if connection.vendor == "postgresql" else _insert)(self)
        self.rows.clear()


def _insert(sheet: Sheet) -> None:
    """Name in the statement what never differs, so that only the rest is bound to each row."""
    constants = [_quoted(value) for value in sheet.fixed.values()]
    columns = ", ".join(f'"{column}"' for column in (*sheet.varying, *sheet.fixed))
    values = ", ".join([*["%s"] * len(sheet.varying), *constants])
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{sheet.table}" ({columns}) VALUES ({values})', sheet.rows)


def _copy(sheet: Sheet) -> None:
    """Make what never differs the default of its column while the rest is copied."""
    columns = ", ".join(f'"{column}"' for column in sheet.varying)
    alter = f'ALTER TABLE "{sheet.table}" ALTER COLUMN'
    _run(f'{alter} "{column}" SET DEFAULT {_quoted(value)}' for column, value in sheet.fixed.items())
    with connection.cursor() as cursor, cursor.copy(f'COPY "{sheet.table}" ({columns}) FROM STDIN') as copy:
        for row in sheet.rows:
            copy.write_row(row)
    _run(f'{alter} "{column}" DROP DEFAULT' for column in sheet.fixed)


def _quoted(value: Any) -> str:
    return str(connection.SchemaEditorClass(connection).quote_value(value))


@contextmanager
def bulk(tables: list[type[models.Model]]) -> Iterator[None]:
    """Write into tables in one transaction; guards, indexes and what is searched are made anew at its end."""
    with _unchecked(), transaction.atomic():
        drop_triggers(connection)
        statements = _drop_indexes([model._meta.db_table for model in tables])
        yield
        place_all()
        _run(statements)
        file_all()
        if connection.vendor == "sqlite":
            _run(f"INSERT INTO {name}({name}) VALUES ('rebuild')" for name in SEARCHED)
        make_index(connection)
        _run(connection.ops.sequence_reset_sql(no_style(), tables))
        recount()
        create_triggers(connection)


@contextmanager
def _unchecked() -> Iterator[None]:
    """Let nobody look whether each row's parents are there: some are written after their children.

    Within the transaction of a test, SQLite looks at its end.
    """
    connection.check_constraints()  # of what was written before; PostgreSQL alters no table while that waits
    _run(UNCHECKED[connection.vendor])
    try:
        yield
    finally:
        _run(CHECKED[connection.vendor])


def _drop_indexes(tables: list[str]) -> list[str]:
    """Drop the indexes that hold no constraint of their table; return the statements that make them anew."""
    query = INDEXES[connection.vendor].format(tables=", ".join(f"'{table}'" for table in tables))
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall()
    _run(f'DROP INDEX "{name}"' for name, _statement in found)
    if connection.vendor == "sqlite":
        _run(f"DROP TRIGGER {name}_insert" for name in SEARCHED)
    return [statement for _name, statement in found]


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
