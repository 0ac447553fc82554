"""The progress report of a Forum or of some of its roundtables, on a page made for print and as PDF."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.filters.parameters import FORMS_OF_VALUES, MOST_VALUES
from tracker.models import Forum, Milestone, Roundtable, StatusCount
from tracker.progress import today
from tracker.report.choice import Choice
from tracker.report.content import report_on
from tracker.report.facts import Report
from tracker.report.paper import MOST_HANDED_OUT, report_pdf
from tracker.report.wording import wording
from tracker.sentences import figure
from tracker.views.day_form import Choice as Day
from tracker.views.day_form import days_to_show
from tracker.views.head import record_head
from tracker.views.page import address_of, render_page, site_of
from tracker.views.parameters import BadParameter, asked_day, offered
from tracker.views.public import public

NEWEST = 5
"""Forums that the form offers; the page of each Forum leads to its report."""


@dataclass(frozen=True)
class Offer:
    """What a form offers of one Forum: roundtables and days, and which of them are shown."""

    forum: Forum
    roundtables: list[Day]
    days: list[Day]


@public("forum", "as_of", "day", several=("roundtable",))
def report(request: HttpRequest) -> HttpResponse:
    """Show the report that is asked for, or the form in which one is chosen."""
    if moved := _typed_day(request):
        return moved
    choice = _asked(request)
    if choice is None:
        return _form(request)
    found = _found(request, choice)
    context = {
        "address": replace(address_of(request, {}), canonical=choice.path),
        "report": found,
        "say": wording(found),
        "answer": found.answer,
        "reconstruction": found.reconstruction,
        "notice": found.notice,
        "choice": choice,
        "offer": _offer(choice.forum, choice.forum.roundtables.all(), choice.past, choice),
        "pdf": f"{reverse('report_pdf')}?{choice.query}" if len(found.lines) <= MOST_HANDED_OUT else "",
    }
    return render_page(request, "tracker/report_page.html", context)


@public("forum", "as_of", "day", several=("roundtable",))
def pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the report as PDF; where none is named, the form is shown."""
    if moved := _typed_day(request):
        return moved
    choice = _asked(request)
    if choice is None:
        return HttpResponseRedirect(reverse("report"))
    found = _found(request, choice)
    if len(found.lines) > MOST_HANDED_OUT:
        raise _too_long(request, found)
    response = HttpResponse(report_pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{choice.file_name}.pdf"'
    response.headers["Content-Language"] = found.language
    return response


def _found(request: HttpRequest, choice: Choice) -> Report:
    return report_on(choice, record_head(request), site=site_of(request), read_on=today())


def _too_long(request: HttpRequest, found: Report) -> BadParameter:
    name = "roundtable" if request.GET.get("roundtable") else "forum"
    allowed = _(
        "fewer roundtables: a PDF holds at most %(most)s recommendations, and these are %(number)s. "
        "The page holds them all, and can be printed: %(address)s"
    )
    said = {"most": figure(MOST_HANDED_OUT), "number": figure(len(found.lines)), "address": found.address}
    return BadParameter(name, request.GET[name], allowed % said)


def _typed_day(request: HttpRequest) -> HttpResponseRedirect | None:
    """Return where the form leads: what was typed as day wins over what was selected; what is empty goes."""
    if "day" not in request.GET:
        return None
    given = request.GET.copy()
    if day := given.pop("day")[-1]:
        given["as_of"] = str(day)
    for name, values in list(given.lists()):
        given.setlist(name, [value for value in values if value])
    return HttpResponseRedirect(f"{request.path}?{given.urlencode()}" if given else request.path)


def _asked(request: HttpRequest) -> Choice | None:
    """Return what is asked for, None where neither a Forum nor a roundtable is named."""
    keys = list(dict.fromkeys(filter(None, request.GET.getlist("roundtable"))))
    year = request.GET.get("forum") or (keys[0].partition("-")[0] if keys else "")
    if not year:
        return None
    name = "forum" if request.GET.get("forum") else "roundtable"
    forum = _forum(year)
    if forum is None:
        raise BadParameter(name, request.GET[name], str(FORMS_OF_VALUES[name]))
    milestones = tuple(Milestone.objects.all())
    return Choice(forum, milestones, _roundtables(forum, keys), asked_day(request, forum, milestones))


def _forum(year: str) -> Forum | None:
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        return None
    roundtables = Prefetch("roundtables", Roundtable.objects.all())
    return Forum.objects.filter(year=int(year)).prefetch_related("chairs", roundtables).first()


def _roundtables(forum: Forum, keys: list[str]) -> tuple[Roundtable, ...]:
    """Return those that are named, in order; all of them are of one Forum."""
    known = {f"{forum.year}-{table.code}": table for table in forum.roundtables.all()}
    for key in keys[:MOST_VALUES]:
        if key not in known:
            raise BadParameter("roundtable", key, _("year and code of roundtables of one Forum, as in 2010-RT1"))
    return tuple(table for key, table in known.items() if key in keys)


def _form(request: HttpRequest) -> HttpResponse:
    forums = list(StatusCount.objects.forums().newest(NEWEST))
    tables = list(Roundtable.objects.filter(forum__in=forums))
    milestones = list(Milestone.objects.all())
    context: dict[str, Any] = {
        "trail": [(_("Report"), request.path)],
        "offers": [
            _offer(forum, [one for one in tables if one.forum_id == forum.pk], offered(milestones, forum))
            for forum in forums
        ],
        "are_more": bool(forums) and forums[0].among > len(forums),
        "answer": _("Where a Forum or its roundtables stand, or stood on a past day: on paper, for a meeting."),
    }
    return render_page(request, "tracker/report_form.html", context)


def _offer(
    forum: Forum, roundtables: Iterable[Roundtable], milestones: list[Milestone], choice: Choice | None = None
) -> Offer:
    chosen = {table.pk for table in choice.roundtables} if choice else set()
    tables = [Day(f"{forum.year}-{table.code}", _name(table), table.pk in chosen) for table in roundtables]
    return Offer(forum, tables, days_to_show(milestones, choice.asked if choice else None))


def _name(table: Roundtable) -> str:
    return f"{table.label}: {table.title}" if table.number else table.label
