"""``manage.py load_reference_data``: load the data that ship with this software, and its record."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tracker.imports.reference_data import FixtureError, load
from tracker.models import RecordHead

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


class Command(BaseCommand):
    """Make what is missing; leave alone what staff have touched and what is published; say what differs."""

    help = "Load Forums, actors, recommendations and the record that ship with this software. Again: 0 changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=FIXTURES, metavar="DIR", help="read another directory")

    def handle(self, *, fixtures: Path, **options: Any) -> None:
        try:
            report = load(fixtures)
            head = RecordHead.objects.get(pk=1)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}", returncode=2) from error
        except (DatabaseError, RecordHead.DoesNotExist) as error:
            reason = " ".join(str(error).split())
            raise CommandError(
                f"The database is not ready: run `manage.py migrate` first ({reason}).", returncode=2
            ) from error
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write(f"Head of the record: {head.digest}")
