"""The index of each database: FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL; made after every migration.

Both are made of the columns of documents by the database itself, and both are asked in tokens, so that
nothing that was typed is ever read as syntax.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable, RawSQL

from tracker.models import EntryDocument, Recommendation, SearchDocument
from tracker.search.lines import KEY_BITS

INDEX = "tracker_searchindex"
KEYS = (1 << KEY_BITS) - 1
"""The bits of a line that are its key."""


@dataclass(frozen=True)
class FullText:
    """The index of the documents of a model. ``key``: the column that says whose they are.

    ``band_bits``: PostgreSQL looks through so many bits of lines at once; a band has some thousands of documents.
    """

    model: type[models.Model]
    key: str
    columns: tuple[str, ...]
    name: str
    band_bits: int

    @property
    def table(self) -> str:
        """The table of the documents."""
        return self.model._meta.db_table

    @property
    def weights(self) -> dict[str, str]:
        """The letter by which PostgreSQL tells tokens of each column apart."""
        return dict(zip(self.columns, "ABC", strict=False))

    @property
    def band(self) -> str:
        """SQL for what stands before each token of a line in PostgreSQL's index."""
        return f"'b' || (line >> {self.band_bits})::text"


RECOMMENDATIONS = FullText(
    SearchDocument, "recommendation_id", ("names", "words", "record"), INDEX, band_bits=KEY_BITS + 3
)
"""Its bands are of eight Forums."""
ENTRIES = FullText(EntryDocument, "entry_id", ("names", "words"), "tracker_entryindex", band_bits=KEY_BITS + 14)


@dataclass(frozen=True)
class Sought:
    """Any of these will do: tokens, a token's beginning, or tokens in this order (``is_open``: the last begins so)."""

    tokens: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    is_open: bool = False


def keys_with(all_of: Iterable[Sought], index: FullText = RECOMMENDATIONS, condition: str = "") -> RawSQL:
    """Return the subquery of the keys in whose documents all of it is found, in no order.

    ``condition``: SQL of what else must be so, of ``{line}`` and ``{key}``.
    """
    return _listed(*_found(all_of, index, condition))


def any_keys(all_of: Iterable[Sought], most: int, index: FullText = RECOMMENDATIONS, condition: str = "") -> RawSQL:
    """Return the subquery of the keys in whose documents all of it is found, ``most`` of them, whichever they are."""
    sql, asked = _found(all_of, index, condition)
    return _listed(f"{sql} LIMIT {most}", asked)


def first_keys(all_of: Iterable[Sought], most: int, index: FullText = RECOMMENDATIONS, condition: str = "") -> RawSQL:
    """Return the subquery of the keys in whose documents all of it is found, the first ``most`` by their lines."""
    sql, asked = _found(all_of, index, condition)
    order = "rowid" if connection.vendor == "sqlite" else "band.number, found.line"
    return _listed(f"{sql} ORDER BY {order} LIMIT {most}", asked)


def _listed(sql: str, asked: str) -> RawSQL:
    """Return the subquery of what is found.

    Of words that it learns band by band, PostgreSQL guesses that they stand everywhere, and would read every
    recommendation; of a list it guesses that it is short, and looks each key up.
    """
    return RawSQL(sql if connection.vendor == "sqlite" else f"SELECT unnest(ARRAY({sql}))", [asked])


def number_of(keys: RawSQL) -> int:
    """Return how many keys a subquery has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({keys.sql}) found", keys.params)
        return int(cursor.fetchone()[0])


def is_published() -> str:
    """Return the condition of keys of published recommendations: the few that are not are left out."""
    hidden = ", ".join(f"'{state.value}'" for state in Recommendation.State if state != "published")
    return f"{{key}} NOT IN (SELECT id FROM {Recommendation._meta.db_table} WHERE state IN ({hidden}))"


def _matching(all_of: Iterable[Sought], columns: tuple[str, ...], index: FullText) -> str:
    """Return what is asked of the index; of PostgreSQL's, with ``#`` for the band."""
    if connection.vendor == "sqlite":
        found = " AND ".join(f"({_sqlite(one)})" for one in all_of)
        return f"{{{' '.join(columns)}}}: ({found})"
    # A token with a weight has each match looked up in its document: the index holds none.
    weights = "" if columns == index.columns else "".join(index.weights[column] for column in columns)
    return " & ".join(f"({_postgresql(one, weights)})" for one in all_of)


def _found(all_of: Iterable[Sought], index: FullText, condition: str) -> tuple[str, str]:
    """Return the query of keys, and what it asks of the index, which is its parameter."""
    asked = _matching(all_of, index.columns, index)
    return (_in_sqlite if connection.vendor == "sqlite" else _in_postgresql)(index, condition), asked


def _in_sqlite(index: FullText, condition: str = "") -> str:
    key = f"(rowid & {KEYS})"
    further = f" AND {condition.format(key=key, line='rowid')}" if condition else ""
    return f"SELECT {key} FROM {index.name} WHERE {index.name} MATCH %s{further}"


def _in_postgresql(index: FullText, condition: str = "") -> str:
    """Look through band after band, as far as what is found is wanted."""
    further = f" AND {condition.format(key=index.key, line='line')}" if condition else ""
    return (
        f"SELECT found.key FROM ({_bands(index)}) band CROSS JOIN LATERAL ("
        f"SELECT {index.key} AS key, line FROM {index.table} "
        f"WHERE vector @@ replace(%s, '#', 'b' || band.number)::tsquery{further}) found"
    )


def _bands(index: FullText) -> str:
    """Return the query of the bands in which there are documents: one step in the index of lines for each."""
    first, bits = f"SELECT min(line) >> {index.band_bits} FROM {index.table}", index.band_bits
    return (
        f"WITH RECURSIVE one (number) AS ({first} UNION ALL "
        f"SELECT ({first} WHERE line >= (one.number + 1) << {bits}) FROM one WHERE one.number IS NOT NULL) "
        "SELECT number FROM one WHERE number IS NOT NULL ORDER BY number"
    )


def first_place(places: Iterable[tuple[Iterable[Sought], tuple[str, ...]]]) -> Combinable:
    """Return by which of these a recommendation is found first, from 0: each is what is sought, and in which columns.

    It looks in the documents of the rows alone, which are few.
    """
    asked = [_matching(all_of, columns, RECOMMENDATIONS) for all_of, columns in places]
    if connection.vendor == "sqlite":
        found = (Q(pk__in=RawSQL(_in_sqlite(RECOMMENDATIONS), [one])) for one in asked)
        cases = [When(condition, then=Value(place)) for place, condition in enumerate(found)]
        return Case(*cases, default=Value(len(cases)), output_field=IntegerField())
    cases_of = " ".join(f"WHEN said @@ replace(%s, '#', band)::tsquery THEN {place}" for place in range(len(asked)))
    said = f"SELECT ts_filter(vector, '{{a,b}}') AS said, {RECOMMENDATIONS.band} AS band OFFSET 0"  # unpacked once
    found_in = RawSQL(f"(SELECT CASE {cases_of} ELSE {len(asked)} END FROM ({said}) one)", asked, IntegerField())
    return Subquery(SearchDocument.objects.filter(pk=OuterRef("pk")).values(found_in=found_in))


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
    """A token has its band before it, and of some columns alone their weights behind it."""
    whole, begun = (f":{mark}{weights}" if mark or weights else "" for mark in ("", "*"))
    parts = [f"'#{token}'{whole}" for token in sought.tokens] + [f"'#{token}'{begun}" for token in sought.beginnings]
    if sought.phrase:
        phrase = [f"'#{token}'{whole}" for token in sought.phrase[:-1]]
        parts.append(" <-> ".join([*phrase, f"'#{sought.phrase[-1]}'{begun if sought.is_open else whole}"]))
    return " | ".join(f"({part})" for part in parts)


def make_index(connection: BaseDatabaseWrapper) -> None:
    """Make what the database needs to search, where it is missing. Does nothing where no documents have a table."""
    tables = connection.introspection.table_names()
    for index in (RECOMMENDATIONS, ENTRIES):
        if index.table in tables:
            statements = _sqlite_index(index) if connection.vendor == "sqlite" else _postgresql_index(index)
            if connection.vendor == "sqlite" and index.name not in tables:
                statements.append(f"INSERT INTO {index.name}({index.name}) VALUES ('rebuild')")
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)


def _sqlite_index(index: FullText) -> list[str]:
    name, table = index.name, index.table
    columns = ", ".join(index.columns)
    new, old = (", ".join(f"{row}.{column}" for column in ("line", *index.columns)) for row in ("NEW", "OLD"))
    add = f"INSERT INTO {name}(rowid, {columns}) VALUES ({new})"
    remove = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', {old})"
    of_the_table = f"content='{table}', content_rowid='line', tokenize='unicode61 remove_diacritics 0'"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5({columns}, {of_the_table})",
        f"CREATE TRIGGER IF NOT EXISTS {name}_insert AFTER INSERT ON {table} BEGIN {add}; END",
        f"CREATE TRIGGER IF NOT EXISTS {name}_delete AFTER DELETE ON {table} BEGIN {remove}; END",
        f"CREATE TRIGGER IF NOT EXISTS {name}_update AFTER UPDATE ON {table} BEGIN {remove}; {add}; END",
    ]


def _postgresql_index(index: FullText) -> list[str]:
    banded = f"' ' || {index.band}"
    weighted = (
        f"setweight(to_tsvector('simple'::regconfig, replace(' ' || {column}, ' ', {banded})), '{weight}')"
        for column, weight in index.weights.items()
    )
    vector = f"vector tsvector GENERATED ALWAYS AS ({' || '.join(weighted)}) STORED"
    return [
        # The row of a long document holds no more than its key and line: those of many matches lie on few pages.
        f"ALTER TABLE {index.table} SET (toast_tuple_target = 128)",
        f"ALTER TABLE {index.table} ADD COLUMN IF NOT EXISTS {vector}",
        f"CREATE INDEX IF NOT EXISTS {index.name} ON {index.table} USING gin (vector)",
    ]
