"""A roundtable's progress for the pages of others: as a small page for a frame, and as a drawing.

The page is the only one of the site that lets itself be framed: it has nothing that could be clicked by mistake.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from tracker.models import Milestone, Roundtable, current_language
from tracker.progress import today
from tracker.readings.stand import Stand
from tracker.sentences import day_words, roundtable_answer
from tracker.views.embed_drawing import WIDTH, drawing
from tracker.views.head import caveats
from tracker.views.lookup import Moved, the_roundtable
from tracker.views.page import site_of, without_indentation
from tracker.views.parameters import asked_day
from tracker.views.public import View, public

P = ParamSpec("P")
HEIGHT, HEIGHT_NARROW, NARROW = 400, 620, 400
"""Pixels of a frame: its height, its height where it is narrower than ``NARROW``. What does not fit can be scrolled."""


@dataclass(frozen=True)
class Embedded:
    """What both forms show: the roundtable on a day, its answer, what must be said beside it, and where it is from."""

    stand: Stand
    asked: dt.date | None
    caveats: dict[str, str]
    site: str

    @property
    def roundtable(self) -> Roundtable:
        """The roundtable."""
        return self.stand.roundtable

    @property
    def subject(self) -> str:
        """Which roundtable of which Forum."""
        return f"{self.roundtable.forum}: {self.roundtable.title}"

    @property
    def answer(self) -> str:
        """The sentence of its page."""
        stand = self.stand
        numbers = stand.in_numbers()
        return roundtable_answer(self.roundtable, stand.counted, numbers, changed=0, since="", day=self.asked)

    @property
    def query(self) -> str:
        """What keeps the day on an address."""
        return as_of_query(self.asked)

    @property
    def address(self) -> str:
        """The page of the roundtable in full."""
        return f"{self.site}{self.roundtable.get_absolute_url()}{self.query}"

    @property
    def source(self) -> str:
        """Where it is from, and when it was read."""
        site = self.site.partition("://")[2]
        return _("%(site)s, as read on %(day)s (UTC)") % {"site": site, "day": day_words(today())}

    @property
    def notes(self) -> list[str]:
        """What must be said beside the readings."""
        return [words for words in self.caveats.values() if words]


def as_of_query(asked: dt.date | None) -> str:
    """Return the query that keeps a day on an address; empty for none."""
    return f"?{urlencode({'as_of': asked.isoformat()})}" if asked else ""


def embed_path(roundtable: Roundtable, name: str = "roundtable_embed") -> str:
    """Return the path of a roundtable's page for a frame, or of its drawing."""
    return reverse(name, args=[roundtable.forum.year, roundtable.code])


def _embedded(request: HttpRequest, year: int, code: str, name: str) -> Embedded:
    """Return what is asked for; another spelling of the code leads to ``name``."""
    found = the_roundtable(Roundtable.objects.select_related("forum"), year, code.lower())
    if found.code != code:
        raise Moved(embed_path(found, name))
    asked = asked_day(request, found.forum, Milestone.objects.all())
    stand = Stand(found, asked or today())
    return Embedded(stand, asked, caveats(request, asked, provisional=stand.counted.provisional), site_of(request))


def framed(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> View[P]:
    """Let pages of any origin show a view's own answer in a frame; what it refuses stays out of frames."""
    return cast("View[P]", xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view)))


@public("as_of")
@framed
def roundtable(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show a roundtable's sentence and bar in a frame."""
    found = _embedded(request, year, code, "roundtable_embed")
    context = {"embedded": found, "counted": found.stand.counted, "language": current_language()}
    return HttpResponse(without_indentation(render_to_string("tracker/roundtable_embed.html", context)))


@public("as_of")
def roundtable_drawing(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Draw a roundtable's sentence and bar."""
    found = _embedded(request, year, code, "roundtable_drawing")
    counts = [(status, number) for status, number in found.stand.counted.counts.items() if number]
    drawn = drawing(found.subject, found.answer, counts, [*found.notes, found.source])
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


@dataclass(frozen=True)
class Codes:
    """What somebody copies into a page of their own."""

    frame: str
    image: str


def codes(site: str, roundtable: Roundtable, asked: dt.date | None) -> Codes:
    """Return the code of a roundtable's frame and of its drawing, on the day that is asked for."""
    title, query = f"{roundtable.forum}: {roundtable.title}", as_of_query(asked)
    page = f"{site}{roundtable.get_absolute_url()}{query}"
    drawn = f"{site}{embed_path(roundtable, 'roundtable_drawing')}{query}"
    image = format_html('<a href="{}"><img src="{}" alt="{}" width="{}"></a>', page, drawn, title, WIDTH)
    return Codes(frame_code(f"{site}{embed_path(roundtable)}{query}", title), image)


def frame_code(address: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return the HTML of a frame, as wide as there is room up to ``width`` pixels."""
    words = (
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )
    return format_html(words, address, title, width, height)
