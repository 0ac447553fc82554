"""How far the recommendations of a Forum have come: the figures of ``manage.py progress``, with the same keys."""

import datetime as dt

from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.parameters import Parameter, choice
from tracker.api.problems import unusable
from tracker.api.record_resources import AS_OF
from tracker.api.shapes import ProgressShape
from tracker.api.views import ApiView
from tracker.errors import Refused
from tracker.filters.parameters import FORMS_OF_VALUES
from tracker.models import Forum, Roundtable, Track
from tracker.progress import GROUPINGS, facts, parse_as_of, progress

FORUM = Parameter(
    "forum",
    "The year of the Forum.",
    {"type": "string", "pattern": "^[0-9]{4}$"},
    FORMS_OF_VALUES["forum"],
    required=True,
)
ROUNDTABLE = Parameter(
    "roundtable",
    "One of its roundtables, as in 2010-RT1.",
    {"type": "string", "pattern": "^[0-9]{4}-[A-Za-z0-9_-]{1,8}$"},
    FORMS_OF_VALUES["roundtable"],
)
TRACK = choice(
    "track", "The part of the conclusions; the two are never added.", Track.values, default=Track.ROUNDTABLES.value
)
BY = choice("by", "Adds the counts of each group.", GROUPINGS)


class ProgressView(ApiView):
    """Counts by status, today or on a past day."""

    operation, tag = "read_progress", "progress"
    meaning = (
        "How many recommendations of a Forum, or of one of its roundtables, have which status, today or as of a day. "
        "The unit is a recommendation. The keys are those of manage.py progress --format json."
    )
    parameters = (FORUM, ROUNDTABLE, TRACK, AS_OF, BY)
    answer = ProgressShape

    def get(self, request: Request) -> Response:
        """Answer with the counts."""
        forum = self._forum()
        roundtable = self._roundtable(forum)
        try:
            found = progress(
                forum,
                track=self.asked.one("track") or Track.ROUNDTABLES,
                roundtable=roundtable,
                as_of=self._day(),
                by=self.asked.one("by") or None,
            )
        except Refused as refusal:
            raise unusable("as_of", self.asked.one("as_of"), str(refusal)) from None
        return Response(facts(found))

    def _forum(self) -> Forum:
        year = self.asked.one("forum")
        forum = Forum.objects.filter(year=int(year)).first()
        if forum is None:
            raise unusable("forum", year, FORUM.words)
        return forum

    def _roundtable(self, forum: Forum) -> Roundtable | None:
        text = self.asked.one("roundtable")
        if not text:
            return None
        year, _dash, code = text.partition("-")
        roundtable = forum.roundtables.filter(code=code).first() if int(year) == forum.year else None
        if roundtable is None:
            codes = ", ".join(f"{forum.year}-{one}" for one in forum.roundtables.values_list("code", flat=True))
            raise unusable("roundtable", text, codes)
        track = self.asked.one("track")
        if track and roundtable.track != track:
            raise unusable("track", track, roundtable.track.value)
        return roundtable

    def _day(self) -> dt.date | None:
        text = self.asked.one("as_of")
        try:
            return parse_as_of(text) if text else None
        except ValueError:
            raise unusable("as_of", text, AS_OF.words) from None
