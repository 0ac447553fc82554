"""What the five commands share that import spreadsheets: their options, what they print, and how they end."""

import gc
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.imports.reference_data import system_account
from tracker.imports.sheets.applying import apply_sheet
from tracker.imports.sheets.kinds import KINDS
from tracker.imports.sheets.mapping import match
from tracker.imports.sheets.planning import dry_run
from tracker.imports.sheets.sheet import Sheet, opened
from tracker.management.imported import JsonOutput, Mending, Output, TextOutput
from tracker.management.named import wrong
from tracker.models import SheetImport, SheetKind, User

TOLD_EVERY = 2_000
"""Rows after which the progress is told again."""


class ImportCommand(BaseCommand):
    """Import a sheet of one kind."""

    kind: ClassVar[SheetKind]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a sheet, CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="say what each row would do, and write nothing")
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=KEY", help="read a heading as this column; repeat it"
        )
        parser.add_argument("--source", help="whose sheet it is: its columns are read the same way next time")
        parser.add_argument("--by", metavar="USER", help="whose act it is; without it, that of the system account")
        parser.add_argument("--only-good", action="store_true", help="import the good rows, and leave the refused out")
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="write the sheet back with its errors beside it"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, file: Path, source: str | None, **options: Any) -> None:
        output = JsonOutput(self.stdout) if options["format"] == "json" else TextOutput(self.stdout)
        try:
            with _what_is_loaded_stays(), opened(file) as sheet:
                self._import(sheet, output, source=source or file.stem, **options)
        except Refused as refusal:
            output.end(None)
            raise CommandError(_("Nothing was imported. %(why)s") % {"why": refusal}) from refusal
        except OSError as error:
            raise wrong(f"{error.filename}: {error.strerror}.") from error
        except DatabaseError as error:
            said = " ".join(str(error).split())
            raise wrong(f"The database is not ready: run `manage.py migrate` first ({said}).") from error

    def _import(self, sheet: Sheet, output: Output, *, source: str, by: str | None, **options: Any) -> None:
        kind = KINDS[self.kind]
        given = dict(_pair(text) for text in options["map"])
        output.begin(kind, source, match(kind, sheet.headings, source=source, given=given))
        named: dict[str, Any] = {"by": account_named(by), "source": source, "columns": given, "progress": tell}
        with ExitStack() as stack:
            outputs: list[Any] = [output]
            if options["errors"]:
                outputs.append(stack.enter_context(Mending(options["errors"], sheet.headings, kind.columns)))
            output.end(self._done(sheet, outputs, named, options))

    def _done(
        self, sheet: Sheet, outputs: list[Any], named: dict[str, Any], options: dict[str, Any]
    ) -> SheetImport | None:
        """Do it, or only say what it would do; each output is told of each row."""

        def each(result: Any) -> None:
            for one in outputs:
                one.row(result)

        if not options["dry_run"]:
            return apply_sheet(sheet, self.kind, only_good=options["only_good"], each=each, **named)
        for result in dry_run(sheet, self.kind, **named):
            each(result)
        if outputs[0].refused and not options["only_good"]:
            outputs[0].end(None)
            raise CommandError(_("Rows would be refused: mend them, or import the good rows alone."))
        return None


@contextmanager
def _what_is_loaded_stays() -> Iterator[None]:
    """Keep the garbage collector from looking through all that is loaded, again and again: a sixth of an import."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _pair(text: str) -> tuple[str, str]:
    """Return heading and key of "Their heading=key"; a heading may hold an equals sign."""
    heading, equals, key = text.rpartition("=")
    if not equals:
        raise wrong(f"--map {text}: write HEADING=KEY, such as --map 'Text of recommendation=official_text'.")
    return heading.strip(), key.strip()


def account_named(username: str | None) -> User:
    """Return the account of that name, the system account for none; it ends the command where there is none."""
    if username is None:
        return system_account()
    user: User | None = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise wrong(f"--by {username}: no such account, or it is closed.")
    return user


def tell(done: int, total: int) -> None:
    """Say on the other stream how far it is, so that what is printed stays clean."""
    if done % TOLD_EVERY == 0 or done >= total:
        sys.stderr.write(f"{done:,} of about {max(done, total):,} rows\n")
        sys.stderr.flush()
