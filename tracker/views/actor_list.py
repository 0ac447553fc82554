"""The list of actors: by kind and name, or those whose names hold the words that are looked for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models import Actor
from tracker.models.actor_list import actor_numbers, listed
from tracker.models.addresses import addresses
from tracker.readings.links import Link
from tracker.sentences import actors_answer
from tracker.sentences.lists import follow_ups_in_number, recommendations_in_number
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
class Kind:
    """The actors of one kind; those whom nothing on record names stand apart."""

    label: str
    named: list[Link]
    quiet: list[Link]


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
    found: defaultdict[tuple[str, bool], list[Link]] = defaultdict(list)
    address = addresses("actor")
    for row in rows:
        words = beside(row)
        label = f"{row.name} ({row.acronym})" if row.acronym else row.name
        found[row.kind, apart and not words].append(Link(address(row.slug), label, words))
    every = (Kind(str(HEADINGS[kind]), found[kind, False], found[kind, True]) for kind in Actor.Kind)
    return [kind for kind in every if kind.named or kind.quiet]


def beside(row: Any) -> str:
    """Return what stands beside an actor: whether it is a collective, and how much is on record of it, if anything."""
    said = [gettext("collective")] if row.is_collective else []
    if row.asked:
        said.append(recommendations_in_number(row.asked))
    if row.done:
        said.append(follow_ups_in_number(row.done))
    return " · ".join(said)
