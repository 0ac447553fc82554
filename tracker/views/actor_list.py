"""The list of actors: by kind and name, or those whose names hold the words that are looked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models import Actor
from tracker.models.actor_list import actor_numbers, listed
from tracker.sentences import actors_answer
from tracker.views.list_pages import asked_page
from tracker.views.page import render_page
from tracker.views.paging import Total
from tracker.views.public import public
from tracker.views.take_away import list_files
from tracker.views.words_asked import words_asked

PER_PAGE = 500
"""Names are short: so many are read quicker on one page than on ten."""
HEADINGS: dict[Actor.Kind, str | Promise] = {
    Actor.Kind.GOVERNMENT: _("Governments"),
    Actor.Kind.UN_BODY: _("United Nations bodies"),
    Actor.Kind.INTERNATIONAL_ORGANISATION: _("International organisations"),
    Actor.Kind.REGIONAL_BODY: _("Regional bodies"),
    Actor.Kind.CIVIL_SOCIETY: _("Civil society"),
    Actor.Kind.FORUM_BODY: _("Bodies of the Forum"),
}


@dataclass(frozen=True)
class Listed:
    """A line of the list: an actor, and how much is on record of it."""

    actor: Actor
    done: Total
    asked: Total

    @property
    def is_quiet(self) -> bool:
        """Whether nothing on record names it."""
        return not (self.done.number or self.asked.number or self.actor.is_collective)


@dataclass(frozen=True)
class Kind:
    """The actors of one kind; those whom nothing on record names stand apart."""

    label: str
    named: list[Listed]
    quiet: list[Listed]


@public("q", "page", "cursor")
def actors(request: HttpRequest) -> HttpResponse:
    """List the actors by kind and name, five hundred a page, or those that are looked for."""
    asked, numbers = words_asked(request), actor_numbers()
    found = listed(asked.search.matching_actors(Actor.objects.all()))
    page = asked_page(request, found, None if asked else Total(numbers.total), per_page=PER_PAGE)
    context = {
        "kinds": kinds(page.rows, apart=not asked),
        "asked": asked,
        "trail": [(gettext("Actors"), request.path)],
        "answer": actors_answer(*numbers),
        "paging": page.paging,
        "take_away": list_files("actors", page.paging.total, asked.query),
    }
    return render_page(request, "tracker/actor_list.html", context, spelled={"cursor": ""})


def kinds(rows: Iterable[Actor], *, apart: bool) -> list[Kind]:
    """Group listed actors by kind, in the order of kinds. ``apart``: those whom nothing names stand by themselves."""
    found = []
    lines = [_line(row) for row in rows]
    for kind in Actor.Kind:
        own = [one for one in lines if one.actor.kind == kind]
        quiet = [one for one in own if one.is_quiet and apart]
        if own:
            found.append(Kind(str(HEADINGS[kind]), [one for one in own if one not in quiet], quiet))
    return found


def _line(row: Any) -> Listed:
    return Listed(row, Total(row.done), Total(row.asked))
