"""Where everything is, and the description of it all."""

from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.shapes import IndexShape
from tracker.api.views import ApiView
from tracker.models import RecordHead
from tracker.sentences import notice

LISTS = ("forums", "roundtables", "recommendations", "entries", "actors", "themes", "milestones", "events")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class IndexView(ApiView):
    """The first page of the API."""

    operation = "read_index"
    meaning = "Where everything is; the licence of the data; the end of the chain."
    answer = IndexShape

    def get(self, request: Request) -> Response:
        """Answer with the addresses of all lists."""
        head = RecordHead.objects.get(pk=1)
        others = ("progress", "schema", "docs")
        told: IndexShape = {
            "title": "GFMD recommendation tracker",
            "licence": LICENCE,
            "notice": notice(head.opened_at),
            "record": {"sequence": head.sequence, "digest": head.digest},
            "links": {name: self.links.to(f"api_{name}") for name in (*LISTS, *others)},
        }
        return Response(told)
