"""``manage.py rebuild_search``: write what search looks in anew, or check it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.record.chain import writing
from tracker.search import differences, rebuild


class Command(BaseCommand):
    """Documents for searching follow from the record and what staff write; this writes them all anew."""

    help = "Write the documents for searching anew; with --check, only name what differs (exit 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        else:
            with writing():
                count = rebuild()
            self.stdout.write(f"{count} documents written.")

    def _check(self) -> None:
        count = 0
        for reference, names in differences():
            count += 1
            self.stdout.write(f"{reference}: {', '.join(names)}")
        self.stdout.write(f"{count} differences.")
        if count:
            sys.exit(1)
