"""oEmbed (https://oembed.com): what a site shows of an address of ours that somebody put into it.

A roundtable comes as a frame with its sentence and bar, a recommendation as a link with its name.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker.models import Milestone, Recommendation, Roundtable
from tracker.sentences import author_words, tracker_name
from tracker.views.embed_drawing import WIDTH
from tracker.views.embeds import HEIGHT, HEIGHT_NARROW, NARROW, as_of_query, embed_path, frame_code
from tracker.views.languages import language_of
from tracker.views.lookup import Moved, the_recommendation, the_roundtable
from tracker.views.page import site_of
from tracker.views.parameters import BadParameter, named_day
from tracker.views.public import public

Answer = dict[str, Any]
PICTURE = {"thumbnail_width": 1200, "thumbnail_height": 630}
MOST_DIGITS = 6


@public("url", "format", "maxwidth", "maxheight")
def oembed(request: HttpRequest) -> HttpResponse:
    """Say how a page of this site is shown on another."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(_("Only format=json is spoken here."), status=501, content_type="text/plain; charset=utf-8")
    room = {name: _pixels(request, name) for name in ("maxwidth", "maxheight")}
    path, query = _own(request)
    with override(language_of(path)):
        return JsonResponse(_answer(request, path, query, room))


def _pixels(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:MOST_DIGITS])) or len(text) > MOST_DIGITS:
        raise BadParameter(name, text, _("a number of pixels"))
    return int(text)


def _own(request: HttpRequest) -> tuple[str, str]:
    """Return path and query of the address that is asked about; that of another site is not found here."""
    text = request.GET.get("url", "")
    if not text:
        raise BadParameter("url", text, _("the address of a page of this site"))
    try:
        asked = urlsplit(text)
    except ValueError:
        raise Http404 from None
    path = unquote(asked.path)
    ours = urlsplit(site_of(request)).netloc.lower()
    if asked.scheme not in {"http", "https"} or asked.netloc.lower() != ours or "\0" in path:
        raise Http404(_("This is no address of this site."))
    return path, asked.query


def _answer(request: HttpRequest, path: str, query: str, room: dict[str, int | None]) -> Answer:
    match = resolve(path)
    describe = PAGES.get(match.url_name or "")
    if describe is None:
        raise Http404(_("Only roundtables and recommendations can be shown on other pages."))
    try:
        found = describe(request, match.kwargs, parse_qs(query).get("as_of", [""])[0], room)
    except Moved as move:
        return _answer(request, move.path, query, room)
    except BadParameter as refusal:
        raise Http404(str(refusal.allowed)) from None
    site = site_of(request)
    shared: Answer = {"version": "1.0", "provider_name": tracker_name(), "provider_url": f"{site}{reverse('overview')}"}
    if all((room[f"max{side}"] or size) >= size for side, size in (("width", 1200), ("height", 630))):
        picture = f"{site}{reverse(f'{match.url_name}_picture', kwargs=match.kwargs)}"
        shared |= {"thumbnail_url": picture, **PICTURE}
    return shared | found


def _roundtable(request: HttpRequest, named: Answer, day: str, room: dict[str, int | None]) -> Answer:
    found = the_roundtable(Roundtable.objects.select_related("forum"), **named)
    asked = named_day(day, found.forum, Milestone.objects.all()) if day else None
    width = min(WIDTH, room["maxwidth"] or WIDTH)
    height = HEIGHT if width >= NARROW else HEIGHT_NARROW
    height = min(height, room["maxheight"] or height)
    title = f"{found.forum}: {found.title}"
    address = f"{site_of(request)}{embed_path(found)}{as_of_query(asked)}"
    html = frame_code(address, title, width, height)
    return {"type": "rich", "title": title, "html": html, "width": width, "height": height}


def _recommendation(request: HttpRequest, named: Answer, day: str, room: dict[str, int | None]) -> Answer:
    found = the_recommendation(Recommendation.objects.for_page(), **named)
    forum = found.roundtable.forum
    return {
        "type": "link",
        "title": f"{found.short_reference} {found.headline}, {forum}",
        "author_name": author_words(forum),
    }


PAGES: dict[str, Callable[[HttpRequest, Answer, str, dict[str, int | None]], Answer]] = {
    "roundtable": _roundtable,
    "recommendation": _recommendation,
}
