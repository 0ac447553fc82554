"""``manage.py progress``: how far the recommendations of a Forum have come, in words, JSON or CSV."""

import csv
import io
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.errors import Refused
from tracker.management.named import day_named, forum_named, roundtable_named, wrong
from tracker.models import Status, Track
from tracker.progress import GROUPINGS, Progress, facts, progress
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
        forum = forum_named(options["forum"])
        roundtable = roundtable_named(forum, options["roundtable"]) if options["roundtable"] is not None else None
        track = options["track"] or Track.ROUNDTABLES
        if roundtable and options["track"] and roundtable.track != track:
            raise wrong(f"--track {track}: {roundtable.code} is on the track {roundtable.track.value}.")
        as_of = day_named(options["as_of"])
        try:
            found = progress(forum, track=track, roundtable=roundtable, as_of=as_of, by=options["by"])
        except Refused as refusal:
            raise wrong(f"--as-of {options['as_of'] or 'today'}: {refusal}") from refusal
        self.stdout.write({"text": progress_in_words, "json": _json, "csv": _csv}[options["format"]](found))


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
