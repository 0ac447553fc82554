"""The pictures of pages: what sites show beside a link to one. An address names what a page shows, and nothing else."""

import datetime as dt
from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.models import Actor, Forum, Milestone, Recommendation, Roundtable, StatusCount, Theme
from tracker.progress import today
from tracker.readings.reading import reading_on
from tracker.readings.stand import Stand
from tracker.readings.tally import Tally, split
from tracker.sentences import day_words, forum_answer, roundtable_answer, theme_answer, withdrawn_answer
from tracker.views import actors, milestones
from tracker.views.drawing import Counts, Picture, drawn
from tracker.views.head import caveats
from tracker.views.lookup import Moved, by_slug, the_forum, the_recommendation, the_roundtable
from tracker.views.overview import edition_of, whole
from tracker.views.page import site_of
from tracker.views.parameters import asked_day
from tracker.views.public import View, public

P = ParamSpec("P")
FILE = "picture.png"


def picture(*parameters: str) -> Callable[[Callable[Concatenate[HttpRequest, P], Picture]], View[P]]:
    """Make a public view of what is to be drawn. Another spelling of a page's address leads to its picture."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], Picture]) -> View[P]:
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                found = view(request, *args, **kwargs)
            except Moved as move:
                raise Moved(f"{move.path}{FILE}") from None
            return HttpResponse(drawn(found, _source(request)), content_type="image/png")

        update_wrapper(answer, view)
        return public(*parameters)(answer)

    return decorate


def _source(request: HttpRequest) -> str:
    site = site_of(request).partition("://")[2]
    return _("%(site)s, as read on %(day)s (UTC)") % {"site": site, "day": day_words(today())}


def _on(request: HttpRequest, day: dt.date | None, answer: str) -> str:
    """Return an answer for a past day with the words that say how it is known."""
    return f"{answer} {caveats(request, day, provisional=0)['reconstruction']}".rstrip()


def _counts(counted: Tally) -> Counts:
    return tuple(counted.counts.items())


@picture()
def overview(request: HttpRequest) -> Picture:
    """Draw the overview."""
    found = whole()
    return Picture(_("How far have the recommendations come?"), found.answer, _counts(found.counted))


@picture()
def forum(request: HttpRequest, year: int) -> Picture:
    """Draw a Forum."""
    found = the_forum(Forum.objects.all(), year)
    edition = edition_of(found)
    themes = found.reported_themes.count()
    answer = forum_answer(found, edition.counted, edition.closing_counted.total, themes)
    return Picture(str(found.central_theme or found), answer, _counts(edition.counted))


@picture("as_of")
def roundtable(request: HttpRequest, year: int, code: str) -> Picture:
    """Draw a roundtable, today or on a past day."""
    found = the_roundtable(Roundtable.objects.select_related("forum"), year, code)
    asked = asked_day(request, found.forum, Milestone.objects.all())
    stand = Stand(found, asked or today())
    answer = roundtable_answer(found, stand.counted, stand.in_numbers(), changed=0, since="", day=asked)
    return Picture(f"{found.forum}: {found.title}", _on(request, asked, answer), _counts(stand.counted))


@picture("as_of")
def recommendation(request: HttpRequest, reference: str) -> Picture:
    """Draw a recommendation, today or on a past day."""
    found = the_recommendation(Recommendation.objects.for_page(), reference)
    if found.state == Recommendation.State.WITHDRAWN:
        return Picture(str(found.roundtable.forum), withdrawn_answer(found))
    asked = asked_day(request, found.roundtable.forum, Milestone.objects.all())
    entries = found.entries.published().order_by("counts_from", "precedence")
    reading = reading_on(found, entries, asked or today())
    counted = Tally()
    counted.add(reading.status, reading.standing)
    return Picture(
        f"{found.roundtable.forum}: {found.headline}", _on(request, asked, reading.answer(asked)), _counts(counted)
    )


@picture()
def actor(request: HttpRequest, slug: str) -> Picture:
    """Draw an actor: its sentence without a bar, which would look like a mark that it was given."""
    found = by_slug(Actor.objects.all(), slug)
    answer = actors.answer_of(found, actors.asked_of(found), actors.in_numbers(found))
    return Picture(str(found.get_kind_display()), answer)


@picture()
def theme(request: HttpRequest, slug: str) -> Picture:
    """Draw a theme."""
    found = by_slug(Theme.objects.all(), slug)
    roundtables, closing = split(StatusCount.objects.of_theme(found.pk))
    return Picture(_("Theme"), theme_answer(found, roundtables, closing.total), _counts(roundtables))


@picture()
def milestone(request: HttpRequest, slug: str) -> Picture:
    """Draw where everything stood on the day of a milestone."""
    found = by_slug(Milestone.objects.all(), slug)
    stood = milestones.whole_on(found)
    return Picture(str(found), _on(request, found.date, milestones.answer_of(found, stood)), _counts(stood.counted))
