"""The index of each database: FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL; made after every migration.

Both are made of the columns of ``SearchDocument`` by the database itself, and both are asked in tokens, so that
nothing that was typed is ever read as syntax.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from tracker.models import SearchDocument

COLUMNS = ("names", "words", "record")
WEIGHTS = dict(zip(COLUMNS, "ABC", strict=True))
TABLE = SearchDocument._meta.db_table
INDEX = "tracker_searchindex"


@dataclass(frozen=True)
class Sought:
    """Any of these will do: tokens, a token's beginning, or tokens in this order."""

    tokens: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()


def keys_with(all_of: Iterable[Sought], columns: Iterable[str] = COLUMNS) -> RawSQL:
    """Return the subquery of the recommendations in whose columns all of it is found."""
    columns = tuple(columns)
    if connection.vendor == "sqlite":
        found = " AND ".join(f"({_sqlite(one)})" for one in all_of)
        return RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [f"{{{' '.join(columns)}}}: ({found})"])
    weights = "".join(WEIGHTS[column] for column in columns)
    found = " & ".join(f"({_postgresql(one, weights)})" for one in all_of)
    return RawSQL(f"SELECT recommendation_id FROM {TABLE} WHERE vector @@ %s::tsquery", [found])


def _sqlite(sought: Sought) -> str:
    parts = [f'"{token}"' for token in sought.tokens] + [f'"{token}"*' for token in sought.beginnings]
    if sought.phrase:
        parts.append(f'"{" ".join(sought.phrase)}"')
    return " OR ".join(parts)


def _postgresql(sought: Sought, weights: str) -> str:
    """A token of its columns alone is marked by their weights."""
    parts = [f"'{token}':{weights}" for token in sought.tokens] + [f"'{one}':*{weights}" for one in sought.beginnings]
    if sought.phrase:
        parts.append(" <-> ".join(f"'{token}':{weights}" for token in sought.phrase))
    return " | ".join(f"({part})" for part in parts)


def make_index(connection: BaseDatabaseWrapper) -> None:
    """Make what the database needs to search, where it is missing. Does nothing where there are no documents' table."""
    if TABLE not in connection.introspection.table_names():
        return
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_NAMED = f"{INDEX}(rowid, names, words, record)"
_NEW = f"INSERT INTO {_NAMED} VALUES (NEW.recommendation_id, NEW.names, NEW.words, NEW.record)"
_OLD = (
    f"INSERT INTO {INDEX}({INDEX}, rowid, names, words, record) "
    "VALUES ('delete', OLD.recommendation_id, OLD.names, OLD.words, OLD.record)"
)
_OF_THE_TABLE = f"content='{TABLE}', content_rowid='recommendation_id', tokenize='unicode61 remove_diacritics 0'"
_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(names, words, record, {_OF_THE_TABLE})",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {_NEW}; END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {_OLD}; END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN {_OLD}; {_NEW}; END",
)
_VECTOR = " || ".join(f"setweight(to_tsvector('simple'::regconfig, {name}), '{WEIGHTS[name]}')" for name in COLUMNS)
_POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS vector tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (vector)",
)
