"""The real record in a test's database: loaded once in a process, put back from a copy for each further test.

Loading it publishes 121 texts and entries one by one, which takes seconds; most tests that read it care for the record,
not for its loading. What ``load_reference_data`` does is tested in test_load_reference_data.py.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns NATURAL JOIN information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name
"""
SEQUENCES = """
    SELECT format('%I', sequencename), last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
"""

Restore = Callable[[], None]


def load_real_record() -> None:
    """Fill this test's database with the real record; whatever else it holds goes.

    Inside a transaction it is loaded anew: there a database cannot be put in the place of another.
    """
    if connection.in_atomic_block:
        call_command("load_reference_data", verbosity=0)
    else:
        _copy()()
        ContentType.objects.clear_cache()


@contextmanager
def real_record(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold the real record for several tests that only read it; after them the database is again as it was."""
    with blocker.unblock():
        put_back = _as_it_is()
        load_real_record()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        put_back()
        ContentType.objects.clear_cache()


@cache
def _copy() -> Restore:
    """Load the record and return what puts it into any test's database."""
    call_command("load_reference_data", verbosity=0)
    return _as_it_is()


def _as_it_is() -> Restore:
    """Return what puts all of the database back as it is now."""
    connection.ensure_connection()
    return _sqlite_copy() if connection.vendor == "sqlite" else _postgresql_copy()


def _sqlite_copy() -> Restore:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(copy)

    def restore() -> None:
        connection.ensure_connection()
        copy.backup(connection.connection)

    return restore


def _postgresql_copy() -> Restore:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = dict(cursor.fetchall())
        cursor.execute(SEQUENCES)
        sequences = cursor.fetchall()
    rows: dict[str, bytes] = {}
    for table, names in columns.items():
        with _raw().cursor().copy(f'COPY "{table}" ({names}) TO STDOUT'.encode()) as out:
            rows[table] = b"".join(out)

    emptied = "TRUNCATE " + ", ".join(f'"{table}"' for table in columns)

    def restore() -> None:
        connection.ensure_connection()
        with _raw().transaction(), _raw().cursor() as cursor:
            # Neither foreign keys nor the record's guards stand in the way of a replica.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(emptied.encode())
            for table, names in columns.items():
                with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as into:
                    into.write(rows[table])
            for name, value in sequences:
                cursor.execute("SELECT setval(%s, %s)", (name, value))

    return restore


def _raw() -> psycopg.Connection:
    raw: psycopg.Connection = connection.connection
    return raw
