"""Migrations of guarded tables with the record in them: the guards step aside and come back, and nothing is lost."""

import ast
import shutil
from pathlib import Path

import pytest
from django.db import connection

from tests.installation import PROJECT, Installation

SETTINGS = 'from gfmd.settings import *\n\nMIGRATION_MODULES = {"tracker": "changed_migrations"}\n'
ADDED = """
from django.db import migrations, models

TABLES = {
    "followup": ("title", models.CharField(max_length=130, blank=True)),
    "evidence": ("citation", models.CharField(max_length=510, blank=True)),
    "partner": ("position", models.PositiveIntegerField(default=1)),
    "restson": ("extra", models.TextField(default="new")),
    "recommendation": ("sic", models.TextField(blank=True)),
    "recordevent": ("subject", models.CharField(max_length=70)),
}


class Migration(migrations.Migration):
    dependencies = [("tracker", "{newest}")]
    operations = [
        operation
        for table, (column, altered) in TABLES.items()
        for operation in (
            migrations.AddField(table, "extra", models.CharField(max_length=9, default="new")),
            migrations.AlterField(table, column, altered),
        )
    ]
"""
REMOVED = """
from django.db import migrations

TABLES = ("followup", "evidence", "partner", "restson", "recommendation", "recordevent")


class Migration(migrations.Migration):
    dependencies = [("tracker", "9001_added")]
    operations = [migrations.RemoveField(table, "extra") for table in TABLES]
"""
# Run inside the installation: what is there, and what is refused.
BUILD = "from tests.tampering import *; print(small_record())"
LOOK = """
from django.db import DatabaseError
from tests.tampering import *
from tracker.record.verification import verify

def is_refused(statement):
    try:
        run(statement, {names})
    except DatabaseError as error:
        return 'refused' in str(error)
    return False

print(dict(
    problems=list(map(str, verify().problems)),
    allowed=[harm for harm, (statement, _said) in HARM.items() if not is_refused(statement)],
    rows=sum(map(len, dump().values())),
    extra=[name for name in dump() if 'extra' in columns(name)],
))
"""
COLUMNS = """
def columns(table):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}
"""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """A database of its own with a small record, and two more migrations that it has not seen."""
    package = tmp_path / "changed_migrations"
    package.mkdir()
    (tmp_path / "changed_settings.py").write_text(SETTINGS)
    (package / "__init__.py").touch()
    ours = sorted((PROJECT / "tracker" / "migrations").glob("0*.py"))
    for path in ours:
        shutil.copy(path, package)
    (package / "9001_added.py").write_text(ADDED.replace("{newest}", ours[-1].stem))
    (package / "9002_removed.py").write_text(REMOVED)
    made = Installation(tmp_path, vendor=connection.vendor)
    made.must("migrate", "--verbosity", "0")
    return made


def migrated(installation: Installation, name: str) -> None:
    changed = {"DJANGO_SETTINGS_MODULE": "changed_settings", "PYTHONPATH": str(installation.directory)}
    done = installation.manage("migrate", "tracker", name, "--verbosity", "0", **changed)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.django_db
def test_migrations_of_every_guarded_table(installation: Installation) -> None:
    names = installation.must("shell", "--no-imports", "-c", BUILD)
    look = COLUMNS + LOOK.replace("{names}", names.strip())
    found = []
    for name in ("9001", "9002"):
        migrated(installation, name)
        found.append(ast.literal_eval(installation.must("shell", "--no-imports", "-c", look)))
    tables = sorted(f"tracker_{name}" for name in ast.literal_eval(REMOVED.split("TABLES = ")[1].split("\n")[0]))
    assert found[0] == {"problems": [], "allowed": [], "rows": found[1]["rows"], "extra": tables}
    assert found[1] == {"problems": [], "allowed": [], "rows": found[0]["rows"], "extra": []}
