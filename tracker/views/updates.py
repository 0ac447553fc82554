"""The record as it grows: all entries, newest publication first."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.models import FollowUp
from tracker.sentences import updates_answer
from tracker.views.head import caveats
from tracker.views.list_pages import asked_page
from tracker.views.page import render_page
from tracker.views.public import public


@public("page", "cursor")
def updates(request: HttpRequest) -> HttpResponse:
    """List what was published, retracted and withheld, fifty entries a page."""
    on_record = FollowUp.objects.on_record()
    follow_ups, assessments, newest = on_record.published().growth()
    page = asked_page(request, on_record.for_lines())
    context = {
        "trail": [(_("Updates"), request.path)],
        "answer": updates_answer(follow_ups, assessments, newest),
        "entries": page.rows,
        "paging": page.paging,
        **caveats(request, provisional=assessments),
    }
    return render_page(request, "tracker/update_list.html", context, spelled={"cursor": ""})
