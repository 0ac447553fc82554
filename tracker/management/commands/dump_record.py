"""``manage.py dump_record``: write all that is public, with the chain, as a directory or a ZIP file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tracker.dump import write
from tracker.dump.writing import archived


class Command(BaseCommand):
    """Write a dump: the chain, the tables, the files of evidence, and a descriptor with checksums."""

    help = "Write the public record and its chain to a new directory, or to a ZIP file (a name that ends in .zip)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT", help="a directory or a .zip file that does not exist")

    def handle(self, *, out: Path, **options: Any) -> None:
        try:
            head = archived(out) if out.suffix == ".zip" else write(out)
        except FileExistsError as error:
            raise CommandError(f"{error}: name another, nothing was written.", returncode=2) from None
        except OSError as error:
            raise CommandError(f"Nothing was written: {error}.", returncode=2) from error
        except DatabaseError as error:
            raise CommandError(f"The database is not ready: {' '.join(str(error).split())}", returncode=2) from error
        self.stdout.write(f"{out}: {head.sequence} events.\nHead: {head.digest}")
