"""``manage.py report``: the progress report of a Forum or of some of its roundtables, as a PDF or one HTML file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from tracker.errors import Refused
from tracker.management.named import day_named, forum_named, roundtable_named, wrong
from tracker.models import Language, Milestone, RecordHead
from tracker.progress import check_day, today
from tracker.report.choice import Choice
from tracker.report.content import report_on
from tracker.report.facts import Report
from tracker.report.file import report_html
from tracker.report.paper import report_pdf


class Command(BaseCommand):
    """Write what a Chair puts on the table."""

    help = "Write the progress report of a Forum, or of some of its roundtables, to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forum", required=True, help="the year of the Forum, such as 2010")
        parser.add_argument("--roundtable", nargs="+", default=[], help="codes of its roundtables, such as RT1 RT2")
        parser.add_argument("--as-of", metavar="DATE|MILESTONE", help="2013-10-04, or a milestone such as hld-2013")
        parser.add_argument("--language", choices=Language.values, default=Language.ENGLISH)
        parser.add_argument("--format", choices=["pdf", "html"], default="pdf")
        parser.add_argument(
            "--out", metavar="FILE", type=Path, help="where to write it; a name of its own unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        choice = _choice(options)
        with override(options["language"]):
            head = RecordHead.objects.get(pk=1)
            found = report_on(choice, head, site=settings.SITE_URL, read_on=today())
            path = options["out"] or Path(f"{choice.file_name}.{options['format']}")
            _write(path, found, options["format"])
        self.stdout.write(f"{path}: {found.subject}, {found.as_of}.")


def _choice(options: dict[str, Any]) -> Choice:
    forum = forum_named(options["forum"])
    named = {roundtable_named(forum, code) for code in options["roundtable"]}
    tables = tuple(table for table in forum.roundtables.all() if table in named)
    day = day_named(options["as_of"])
    try:
        check_day(forum, day or today())
    except Refused as refusal:
        raise wrong(f"--as-of {options['as_of'] or 'today'}: {refusal}") from refusal
    return Choice(forum, tuple(Milestone.objects.all()), tables, day)


def _write(path: Path, found: Report, kind: str) -> None:
    content = report_pdf(found) if kind == "pdf" else report_html(found).encode()
    try:
        path.write_bytes(content)
    except OSError as error:
        raise wrong(f"--out {path}: {error.strerror}.") from error
