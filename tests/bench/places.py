"""Where a synthetic record lives: in a directory that goes afterwards, or in one that is kept to measure it again."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.installation import Installation
from tests.postgres import Cluster

SETUP = (
    ("migrate", "--verbosity", "0"),
    ("load_reference_data",),
    ("create_sign_ins",),
    ("collectstatic", "--noinput", "--verbosity", "0"),
)
FILL = "from tests.bench.lifelike import fill; fill({size})"
ANALYSE = "from django.db import connection; connection.cursor().execute('{statement}')"
STATEMENTS = {"sqlite": "ANALYZE", "postgres": "VACUUM ANALYZE"}
DATABASE = "gfmd"
LONGEST = 7200
"""Seconds that a step may take: to migrate a million recommendations, or to build them."""


@contextmanager
def installed(engine: str, at: Path | None) -> Iterator[Installation]:
    """Yield an installation on an engine, under ``at`` or under a directory that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="gfmd-bench-") as passing:
        directory = at or Path(passing)
        directory.mkdir(parents=True, exist_ok=True)
        if engine == "sqlite":
            yield Installation(directory, vendor="sqlite")
        else:
            with _served(at) as url:
                made = Installation(directory, vendor="sqlite")
                made.environment["DATABASE_URL"] = url
                yield made


@contextmanager
def _served(at: Path | None) -> Iterator[str]:
    """Yield the address of the database of a PostgreSQL server of its own."""
    kept = at / "postgres" if at else None
    if kept:
        kept.mkdir(exist_ok=True)
    cluster = Cluster(durable=True, kept=kept)
    try:
        yield _database(cluster.url)
    finally:
        cluster.stop()


def _database(url: str) -> str:
    """Return the address of the one database of a server, which is made where it is missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
            connection.execute(f"CREATE DATABASE {DATABASE}")
    return f"{url.rpartition('/')[0]}/{DATABASE}"


def built(installation: Installation, size: int, engine: str) -> float:
    """Build a record of ``size`` recommendations unless it is there already; return how many seconds that took."""
    for words in SETUP:
        installation.must(*words, timeout=LONGEST)
    note = installation.directory / "built"
    if not note.exists():
        began = time.monotonic()
        _run(installation, FILL.format(size=size))
        _run(installation, ANALYSE.format(statement=STATEMENTS[engine]))
        note.write_text(f"{size} {time.monotonic() - began:.0f}")
    kept, seconds = note.read_text().split()
    if int(kept) != size:
        raise SystemExit(
            f"{installation.directory} holds {kept} recommendations: name another directory, or SIZE={kept}."
        )
    return float(seconds)


def _run(installation: Installation, statement: str) -> None:
    installation.must("shell", "--no-imports", "-c", statement, timeout=LONGEST)
