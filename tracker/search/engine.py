"""The index of each database: FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL; made after every migration.

Both are made of the columns of documents by the database itself, and both are asked in tokens, so that
nothing that was typed is ever read as syntax.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tracker.models import EntryDocument, Recommendation, SearchDocument

INDEX = "tracker_searchindex"


@dataclass(frozen=True)
class FullText:
    """The index of the documents of a model. ``key``: the column that says whose they are."""

    model: type[models.Model]
    key: str
    columns: tuple[str, ...]
    name: str

    @property
    def table(self) -> str:
        """The table of the documents."""
        return self.model._meta.db_table

    @property
    def weights(self) -> dict[str, str]:
        """The letter by which PostgreSQL tells tokens of each column apart."""
        return dict(zip(self.columns, "ABC", strict=False))


RECOMMENDATIONS = FullText(SearchDocument, "recommendation_id", ("names", "words", "record"), INDEX)
ENTRIES = FullText(EntryDocument, "entry_id", ("names", "words"), "tracker_entryindex")


@dataclass(frozen=True)
class Sought:
    """Any of these will do: tokens, a token's beginning, or tokens in this order (``is_open``: the last begins so)."""

    tokens: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    is_open: bool = False


def keys_with(all_of: Iterable[Sought], columns: Iterable[str] = (), index: FullText = RECOMMENDATIONS) -> RawSQL:
    """Return the subquery of the keys in whose columns all of it is found. ``columns``: where to look; none: in all."""
    columns = tuple(columns) or index.columns
    if connection.vendor == "sqlite":
        found = " AND ".join(f"({_sqlite(one)})" for one in all_of)
        matched = f"{{{' '.join(columns)}}}: ({found})"
        return RawSQL(f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s", [matched])
    # A column asked for by its weight has each match looked up in its document: the index of words holds no weights.
    weights = "" if columns == index.columns else "".join(index.weights[column] for column in columns)
    found = " & ".join(f"({_postgresql(one, weights)})" for one in all_of)
    return RawSQL(f"SELECT {index.key} FROM {index.table} WHERE vector @@ %s::tsquery", [found])


def published_keys(all_of: Iterable[Sought]) -> tuple[str, list[Any]]:
    """Return query and parameters of the keys of published recommendations with all of it, to be cut anywhere.

    It joins nothing and lists no more of what is found than is wanted; the few that are not published are left out.
    """
    found, table = keys_with(all_of), Recommendation._meta.db_table
    key = "rowid" if connection.vendor == "sqlite" else RECOMMENDATIONS.key
    hidden = ", ".join(f"'{state.value}'" for state in Recommendation.State if state != "published")
    return f"{found.sql} AND {key} NOT IN (SELECT id FROM {table} WHERE state IN ({hidden}))", list(found.params)


def beginning(column: str, text: str) -> Q:
    """Return the condition of values that begin so, which an index of the column answers."""
    if connection.vendor == "sqlite":  # its LIKE knows no case, and reads no index
        return Q(**{f"{column}__gte": text, f"{column}__lt": f"{text}{chr(sys.maxunicode)}"})
    return Q(**{f"{column}__startswith": text})


def _sqlite(sought: Sought) -> str:
    parts = [f'"{token}"' for token in sought.tokens] + [f'"{token}"*' for token in sought.beginnings]
    if sought.phrase:
        parts.append(f'"{" ".join(sought.phrase)}"{"*" if sought.is_open else ""}')
    return " OR ".join(parts)


def _postgresql(sought: Sought, weights: str) -> str:
    """A token of some columns alone is marked by their weights."""
    whole, begun = (f":{mark}{weights}" if mark or weights else "" for mark in ("", "*"))
    parts = [f"'{token}'{whole}" for token in sought.tokens] + [f"'{token}'{begun}" for token in sought.beginnings]
    if sought.phrase:
        phrase = [f"'{token}'{whole}" for token in sought.phrase[:-1]]
        parts.append(" <-> ".join([*phrase, f"'{sought.phrase[-1]}'{begun if sought.is_open else whole}"]))
    return " | ".join(f"({part})" for part in parts)


def make_index(connection: BaseDatabaseWrapper) -> None:
    """Make what the database needs to search, where it is missing. Does nothing where no documents have a table."""
    tables = connection.introspection.table_names()
    for index in (RECOMMENDATIONS, ENTRIES):
        if index.table in tables:
            statements = _sqlite_index(index) if connection.vendor == "sqlite" else _postgresql_index(index)
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)


def _sqlite_index(index: FullText) -> list[str]:
    name, table = index.name, index.table
    columns = ", ".join(index.columns)
    new, old = (", ".join(f"{row}.{column}" for column in (index.key, *index.columns)) for row in ("NEW", "OLD"))
    add = f"INSERT INTO {name}(rowid, {columns}) VALUES ({new})"
    remove = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', {old})"
    of_the_table = f"content='{table}', content_rowid='{index.key}', tokenize='unicode61 remove_diacritics 0'"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5({columns}, {of_the_table})",
        f"CREATE TRIGGER IF NOT EXISTS {name}_insert AFTER INSERT ON {table} BEGIN {add}; END",
        f"CREATE TRIGGER IF NOT EXISTS {name}_delete AFTER DELETE ON {table} BEGIN {remove}; END",
        f"CREATE TRIGGER IF NOT EXISTS {name}_update AFTER UPDATE ON {table} BEGIN {remove}; {add}; END",
    ]


def _postgresql_index(index: FullText) -> list[str]:
    weighted = (
        f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')" for column, weight in index.weights.items()
    )
    vector = f"vector tsvector GENERATED ALWAYS AS ({' || '.join(weighted)}) STORED"
    return [
        f"ALTER TABLE {index.table} ADD COLUMN IF NOT EXISTS {vector}",
        f"CREATE INDEX IF NOT EXISTS {index.name} ON {index.table} USING gin (vector)",
    ]
