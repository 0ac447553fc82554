"""``manage.py progress``: how far the recommendations of a Forum have come, in words, JSON or CSV."""

import csv
import datetime as dt
import io
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.errors import Refused
from tracker.models import Forum, Milestone, Roundtable, Status, Track
from tracker.progress import GROUPINGS, Progress, facts, parse_as_of, progress
from tracker.sentences import progress_in_words


class Command(BaseCommand):
    """Answer what a delegate asks: where does it stand, and where did it stand on that day?"""

    help = "Count a Forum's recommendations by status, today or on a past date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forum", required=True, help="the year of the Forum, such as 2010")
        parser.add_argument("--roundtable", help="the code of one of its roundtables, such as RT2")
        parser.add_argument("--track", choices=Track.values, help="roundtables (default) or closing; never both")
        parser.add_argument("--as-of", metavar="DATE|MILESTONE", help="2013-10-04, or a milestone such as hld-2013")
        parser.add_argument("--by", choices=GROUPINGS, help="add the counts of each group")
        parser.add_argument("--format", choices=["text", "json", "csv"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        forum = _forum(options["forum"])
        roundtable = _roundtable(forum, options["roundtable"])
        track = options["track"] or Track.ROUNDTABLES
        if roundtable and options["track"] and roundtable.track != track:
            raise _wrong(f"--track {track}: {roundtable.code} is on the track {roundtable.track.value}.")
        as_of = _as_of(options["as_of"])
        try:
            found = progress(forum, track=track, roundtable=roundtable, as_of=as_of, by=options["by"])
        except Refused as refusal:
            raise _wrong(f"--as-of {options['as_of'] or 'today'}: {refusal}") from refusal
        self.stdout.write({"text": progress_in_words, "json": _json, "csv": _csv}[options["format"]](found))


def _wrong(message: str) -> CommandError:
    return CommandError(message, returncode=2)


def _forum(text: str) -> Forum:
    forum = Forum.objects.filter(year=int(text)).first() if text.isascii() and text.isdigit() else None
    if forum is None:
        years = ", ".join(str(year) for year in Forum.objects.order_by("year").values_list("year", flat=True))
        raise _wrong(f"--forum {text}: no such Forum; on record are {years or 'none: run load_reference_data'}.")
    return forum


def _roundtable(forum: Forum, code: str | None) -> Roundtable | None:
    if code is None:
        return None
    roundtable = forum.roundtables.filter(code__iexact=code).first()
    if roundtable is None:
        codes = ", ".join(forum.roundtables.values_list("code", flat=True))
        raise _wrong(
            f"--roundtable {code}: no such roundtable; the Forum of {forum.year} has {codes or 'none on record'}."
        )
    return roundtable


def _as_of(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return parse_as_of(text)
    except ValueError:
        slugs = ", ".join(Milestone.objects.values_list("slug", flat=True))
        raise _wrong(f"--as-of {text}: give a date such as 2013-10-04 or a milestone: {slugs}.") from None


def _json(found: Progress) -> str:
    return json.dumps(facts(found), ensure_ascii=False, indent=2)


def _csv(found: Progress) -> str:
    """A line for the whole, then one for each group; the columns are the status values."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["forum", "track", "as_of", "group", "total", *Status.values, "provisional"])
    start = [found.forum.year, found.track.value, found.as_of.isoformat()]
    writer.writerow([*start, "", found.total, *found.counts.values(), found.provisional])
    for group in found.groups:
        writer.writerow([*start, group.key, group.total, *group.counts.values(), group.provisional])
    return out.getvalue().rstrip("\r\n")
