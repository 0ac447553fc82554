"""What commands share that write anew what follows from something else."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.record.chain import writing


class RebuildCommand(BaseCommand):
    """Write everything of a kind anew; with --check only name what differs, and end with 1 if anything does."""

    written: str
    """What is said at the end, with the number in the place of ``{count}``."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer --check."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, or write."""
        if options["check"]:
            self._check()
        else:
            with writing():
                count = self.rebuild()
            self.stdout.write(self.written.format(count=count))

    def _check(self) -> None:
        count = 0
        for reference, names in self.differences():
            count += 1
            self.stdout.write(f"{reference}: {', '.join(names)}")
        self.stdout.write(f"{count} differences.")
        if count:
            sys.exit(1)

    def rebuild(self) -> int:
        """Write it; return how many were written."""
        raise NotImplementedError

    def differences(self) -> Iterable[tuple[str, list[str]]]:
        """Return the reference of whatever differs, and what of it does."""
        raise NotImplementedError
