"""``manage.py import_conclusions FILE``: a Chair's document becomes drafts, or is only told with ``--dry-run``."""

import datetime as dt
import json
import stat
from argparse import ArgumentTypeError
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.errors import Refused
from tracker.imports.document import Outline, known_here, read_document, with_readings
from tracker.imports.document.drafting import draft_outline
from tracker.imports.document.facts import EARLIEST, LATEST
from tracker.imports.document.reading import MEGABYTE, MOST_BYTES
from tracker.imports.document.suggesting import Known
from tracker.management.importing import account_named
from tracker.management.named import wrong
from tracker.models import Language


class Command(BaseCommand):
    """Say what is found in the document; make drafts of what is new, published never."""

    help = "Draft the recommendations of a Chair's document: text, Markdown, HTML, DOCX or PDF. Again: 0 changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="text, Markdown, HTML, DOCX or PDF with text")
        parser.add_argument("--year", type=_year, help="the year of the Forum, where the document does not say it")
        parser.add_argument("--language", choices=Language.values, help="its language, where it is not to be guessed")
        parser.add_argument("--opens", type=_day, metavar="DATE", help="the first day of a Forum that is not on record")
        parser.add_argument("--closes", type=_day, metavar="DATE", help="its last day")
        parser.add_argument("--dry-run", action="store_true", help="say what is found, and write nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--by", metavar="USER", help="whose act it is; without it, that of the system account")

    def handle(self, *, file: Path, dry_run: bool, by: str | None, **options: Any) -> None:
        outline = self._outline(file, **options)
        told = outline.to_json()
        if not outline.recommendations:
            self._tell(told, options["format"])
            raise CommandError(
                _("No recommendations were found under a heading of them in a roundtable. Nothing was written.")
            )
        try:
            changes = None if dry_run else draft_outline(outline, by=account_named(by))
        except Refused as refusal:
            self._tell(told, options["format"])
            raise CommandError(_("Nothing was written. %(reason)s") % {"reason": refusal}) from refusal
        except DatabaseError as error:
            said = " ".join(str(error).split())
            raise wrong(f"The database is not ready: run `manage.py migrate` first ({said}).") from error
        if changes is not None:
            told["changes"] = {str(model._meta.verbose_name_plural): number for model, number in changes.made.items()}
        self._tell(told, options["format"])
        if changes is not None and options["format"] == "text":
            self._tell_changes(changes.changes, changes.unknown)

    def _outline(self, file: Path, *, year: int | None, language: str | None, **options: Any) -> Outline:
        """Return what is found, or end with the reason, which JSON has among its warnings."""
        try:
            outline = read_document(_content_of(file), file.name, language, year)
        except Refused as refusal:
            empty = Outline().to_json() | {"warnings": [{"line": 0, "sentence": str(refusal)}]}
            self._tell(empty, options["format"])
            raise CommandError(f"{file.name}: {refusal}") from refusal
        opens, closes = options["opens"] or outline.forum.opens_on, options["closes"] or outline.forum.closes_on
        outline = replace(outline, forum=replace(outline.forum, opens_on=opens, closes_on=closes))
        return with_readings(outline, _known(outline.forum.year))

    def _tell(self, told: dict[str, Any], form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for part in told["roundtables"]:
            self.stdout.write(f"{part['code']} {part['title']}")
            for one in part["recommendations"]:
                addressed = ", ".join(f"{who['actor']} ({who['addressed']})" for who in one["reading"]["addressees"])
                words = one["text"].replace("\n", "\n      ")
                self.stdout.write(f"  {one['number']:2} {words}")
                self.stdout.write(f"     [{one['line']}] {one['reading']['nature']['value']}; {addressed}")
        for one in told["statements"]:
            if one["proposed"] == "closing_item":
                self.stdout.write(f"FUT [{one['line']}] {one['text']}")
        number = sum(one["proposed"] == "conclusion" for one in told["statements"])
        self.stdout.write(ngettext("%(number)d statement", "%(number)d statements", number) % {"number": number})
        for doubt in told["warnings"]:
            self.stdout.write(f"? [{doubt['line']}] {doubt['sentence']}")

    def _tell_changes(self, changes: int, unknown: list[str]) -> None:
        if unknown:
            keys = ", ".join(sorted(set(unknown)))
            self.stdout.write(_("Not on record, and left out: %(keys)s") % {"keys": keys})
        self.stdout.write(ngettext("%(number)d change.", "%(number)d changes.", changes) % {"number": changes})


def _year(text: str) -> int:
    if not text.isdecimal() or not EARLIEST <= int(text) <= LATEST:
        raise ArgumentTypeError(f"{text} is no year from {EARLIEST} to {LATEST}")
    return int(text)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _content_of(file: Path) -> bytes:
    """Return what the file holds. A name that is no file's, or a file that is too large, is refused unread."""
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused("file_directory")
        if not stat.S_ISREG(found.st_mode):
            raise Refused("file_not_regular")
        if found.st_size > MOST_BYTES:
            raise Refused("file_too_large", most=MOST_BYTES // MEGABYTE)
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise Refused("file_unreachable", reason=getattr(error, "strerror", None) or error) from error


def _known(year: int | None) -> Known:
    """Return what is on record; nothing where the database is not ready, which a dry run does not need."""
    try:
        return known_here(year)
    except DatabaseError:
        return Known()
