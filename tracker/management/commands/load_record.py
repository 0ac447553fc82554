"""``manage.py load_record``: load what ``dump_record`` wrote into an empty installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tracker.dump import NotADump, load


class Command(BaseCommand):
    """Load a dump whole and verified, or not at all."""

    help = (
        "Load a dump into an installation in which nothing is on record; nothing is kept of one that does not verify."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dump", type=Path, metavar="DUMP", help="a directory or a ZIP file that dump_record made")

    def handle(self, *, dump: Path, **options: Any) -> None:
        try:
            head = load(dump)
        except NotADump as error:
            raise CommandError(f"Nothing was loaded. {error}", returncode=2) from error
        except (DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was loaded: {' '.join(str(error).split())}", returncode=2) from error
        self.stdout.write(f"{head.sequence} events.\nHead of the record: {head.digest}")
