"""``manage.py rebuild_statuses``: write the copies that follow from the record anew, or check them."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.record.chain import writing
from tracker.record.copies import differences, rebuild


class Command(BaseCommand):
    """Copies of verdicts and the status changes follow from the record; this writes those that do not."""

    help = "Write the statuses that follow from the record anew; with --check, only name what differs (exit 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        else:
            with writing():
                count = rebuild()
            self.stdout.write(f"{count} recommendations rewritten.")

    def _check(self) -> None:
        count = 0
        for recommendation, names in differences():
            count += 1
            self.stdout.write(f"{recommendation.reference}: {', '.join(names)}")
        self.stdout.write(f"{count} differences.")
        if count:
            sys.exit(1)
