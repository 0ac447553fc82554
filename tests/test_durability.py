"""Nothing acknowledged is lost: a process, or the whole database server, is killed in the middle of publications."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.installation import PROJECT, Installation
from tests.postgres import Cluster, new_database

# Publishes for ever, and says so only when it is done.
PUBLISH = """
from tests.factories import published_entry, published_recommendation
recommendation = published_recommendation()
while True:
    print(published_entry(recommendation=recommendation).reference, flush=True)
"""
REFERENCES = """
from tracker.models import FollowUp
print(*FollowUp.objects.published().values_list('reference', flat=True))
"""
ENOUGH = 40


@contextmanager
def publishing(installation: Installation) -> Iterator["subprocess.Popen[str]"]:
    """Publish entries in a process of its own until enough are acknowledged; yield it in the middle of its work."""
    process = subprocess.Popen(
        [sys.executable, PROJECT / "manage.py", "shell", "--no-imports", "-c", PUBLISH],
        env=installation.environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def acknowledged(process: "subprocess.Popen[str]", number: int | None = None) -> list[str]:
    """Return the next references that the process says are published; without a number, all it still said."""
    assert process.stdout
    if number is None:
        return [line.strip() for line in process.stdout if line.endswith("\n")]
    return [process.stdout.readline().strip() for _ in range(number)]


def assert_nothing_lost(installation: Installation, said: list[str]) -> None:
    """Everything acknowledged is there, at most one more, and the record is what its chain says."""
    there = installation.must("shell", "--no-imports", "-c", REFERENCES).split()
    assert set(said) <= set(there)
    assert len(there) - len(said) in {0, 1}
    installation.must("verify_record")
    installation.must("rebuild_statuses", "--check")


@pytest.mark.django_db
def test_process_is_killed(tmp_path: Path) -> None:
    installation = Installation(tmp_path, vendor=connection.vendor)
    installation.must("migrate", "--verbosity", "0")
    with publishing(installation) as process:
        said = acknowledged(process, ENOUGH)
        process.kill()
        said += acknowledged(process)
    assert len(said) >= ENOUGH
    assert_nothing_lost(installation, said)


@pytest.mark.engine("postgresql")
def test_database_server_is_killed(tmp_path: Path) -> None:
    cluster = Cluster(durable=True)
    try:
        installation = Installation(tmp_path, vendor="sqlite")
        installation.environment["DATABASE_URL"] = new_database(cluster.url)
        installation.must("migrate", "--verbosity", "0")
        with publishing(installation) as process:
            said = acknowledged(process, ENOUGH)
            cluster.crash()
            said += acknowledged(process)
        assert len(said) >= ENOUGH
        assert_nothing_lost(installation, said)
    finally:
        cluster.stop()
        cluster.log.close()


IMPORT = """
from django.core.management import call_command
from tests.factories import RoundtableFactory
RoundtableFactory()
print('begun', flush=True)
call_command('import_recommendations', {path!r})
"""
DRAFTS = """
from tracker.models import Recommendation, SheetImport
print(Recommendation.objects.count(), SheetImport.objects.count())
"""


@pytest.mark.django_db
def test_import_of_a_sheet_is_killed(tmp_path: Path) -> None:
    """Half of its rows are written when it dies: nothing of it is left, and the next import is whole."""
    installation = Installation(tmp_path, vendor=connection.vendor)
    installation.must("migrate", "--verbosity", "0")
    sheet, rows = tmp_path / "sheet.csv", 3000
    lines = (f"GFMD-2010-RT1-{number},Do thing {number}.,Thing {number}" for number in range(1, rows + 1))
    sheet.write_text("\n".join(["reference,official_text,headline_en", *lines]))
    process = subprocess.Popen(
        [sys.executable, PROJECT / "manage.py", "shell", "--no-imports", "-c", IMPORT.format(path=str(sheet))],
        env=installation.environment,
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    told = process.stderr.readline()
    process.kill()
    process.wait()
    process.stderr.close()
    assert told.startswith("2,000 of about ")
    assert installation.must("shell", "--no-imports", "-c", DRAFTS).split() == ["0", "0"]
    installation.must("verify_record")
    assert "3,000 new" in installation.must("import_recommendations", str(sheet))
    installation.must("verify_record")
