"""``manage.py dump_record``: write all that is public, with the chain, as a directory or a ZIP file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tracker.dump import publish, write
from tracker.dump.writing import archived


class Command(BaseCommand):
    """Write a dump: the chain, the tables, the files of evidence, and a descriptor with checksums."""

    help = "Write the public record and its chain to a new directory, or to a ZIP file (a name that ends in .zip)."

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("out", nargs="?", type=Path, metavar="OUT", help="a directory or a .zip file to be made")
        where.add_argument("--publish", action="store_true", help="for /data/: made if anything has changed")

    def handle(self, *, out: Path | None, **options: Any) -> None:
        try:
            self.stdout.write(_written(out) if out else _published())
        except FileExistsError as error:
            raise CommandError(f"{error}: name another, nothing was written.", returncode=2) from None
        except OSError as error:
            raise CommandError(f"Nothing was written: {error}.", returncode=2) from error
        except DatabaseError as error:
            raise CommandError(f"The database is not ready: {' '.join(str(error).split())}", returncode=2) from error


def _written(out: Path) -> str:
    head = archived(out) if out.suffix == ".zip" else write(out)
    return f"{out}: {head.sequence} events.\nHead: {head.digest}"


def _published() -> str:
    made = publish()
    if made is None:
        return "Nothing has changed since the newest dump: none was made."
    return f"{made.path}: {made.events} events.\nHead: {made.head}"
