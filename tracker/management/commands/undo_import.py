"""``manage.py undo_import``: take back what the import of a spreadsheet made and changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.errors import Refused
from tracker.imports.sheets.undoing import undo
from tracker.management.importing import account_named, tell
from tracker.management.named import wrong
from tracker.models import SheetImport


class Command(BaseCommand):
    """What was published or changed since is left alone, and named."""

    help = "Delete the drafts that an import made, and give what it changed its old texts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="ID", help="the number that the import printed")
        parser.add_argument("--by", metavar="USER", help="whose act it is; without it, that of the system account")

    def handle(self, *args: Any, number: int, by: str | None, **options: Any) -> None:
        imported = SheetImport.objects.filter(pk=number).first()
        if imported is None:
            raise wrong(f"There is no import {number}.")
        try:
            undone = undo(imported, by=account_named(by), progress=tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for sentence in undone.left:
            self.stdout.write(sentence)
        self.stdout.write(f"{undone.deleted:,} deleted, {undone.restored:,} restored.")
