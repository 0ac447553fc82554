"""Actors: what each is asked, and what it did."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models import Actor, FollowUp, FollowUpQuerySet, Membership, Recommendation, Responsibility, Track
from tracker.record.copies import shown_precision
from tracker.sentences import FollowUps, actor_answer, actors_answer, day_words
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.page import render_page
from tracker.views.paging import paging
from tracker.views.public import public
from tracker.views.reading import kept_reading
from tracker.views.tally import split

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

    slug: str
    name: str
    acronym: str
    kind: str
    is_collective: bool
    done: int
    asked: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing on record names it."""
        return not (self.done or self.asked or self.is_collective)


@dataclass(frozen=True)
class Kind:
    """The actors of one kind; those whom nothing on record names stand apart."""

    label: str
    named: list[Listed]
    quiet: list[Listed]


@public()
def actors(request: HttpRequest) -> HttpResponse:
    """List the actors by kind and name."""
    listed = [Listed(*row) for row in Actor.objects.listed()]
    acting, addressed = sum(one.done > 0 for one in listed), sum(one.asked > 0 for one in listed)
    context = {"kinds": kinds(listed), "answer": actors_answer(len(listed), acting, addressed)}
    return render_page(request, "tracker/actor_list.html", context)


def kinds(listed: Iterable[Listed]) -> list[Kind]:
    """Group actors by kind, in the order of kinds."""
    found = []
    for kind in Actor.Kind:
        own = [one for one in listed if one.kind == kind]
        if own:
            named, quiet = [one for one in own if not one.is_quiet], [one for one in own if one.is_quiet]
            found.append(Kind(str(HEADINGS[kind]), named, quiet))
    return found


@dataclass(frozen=True)
class Seat:
    """A collective in which an actor sits, its years, and how many recommendations address it."""

    membership: Membership
    asked: int


@public("page")
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one actor: what is asked of it, what it reported, what was found, fifty follow-ups a page."""
    found = by_slug(Actor.objects.select_related("succeeded_by"), slug)
    asked = [kept_reading(one) for one in Recommendation.objects.published().addressing([found]).for_list()]
    roundtables, closing = split(Recommendation.objects.published().tallied("roundtable__kind"))
    apart = sum(reading.recommendation.roundtable.track == Track.CLOSING for reading in asked)
    entries = FollowUp.objects.published().follow_ups().naming(found).for_lines().latest_first()
    numbers = entries.in_numbers(found)
    paged = paging(request, numbers["total"])
    seats = seats_of(found)
    context = {
        "actor": found,
        "trail": [(gettext("Actors"), reverse("actors")), (str(found.name), found.get_absolute_url())],
        "asked": asked,
        "seats": seats,
        "members": list(found.memberships.with_members()),
        "entries": list(entries[paged.rows]),
        "paging": paged,
        "answer": actor_answer(
            found,
            asked=(len(asked) - apart, apart),
            counted=(roundtables.total, closing.total),
            through=[str(seat.membership.collective) for seat in seats if seat.asked],
            follow_ups=FollowUps(**numbers, last=last_words(entries)),
        ),
        **caveats(request, provisional=len(asked)),
    }
    return render_page(request, "tracker/actor_page.html", context)


def seats_of(actor: Actor) -> list[Seat]:
    """Return where an actor sits, with how many published recommendations address each collective."""
    memberships = list(actor.seats.select_related("collective"))
    numbers = dict(Responsibility.objects.on_published().numbered([seat.collective_id for seat in memberships]))
    return [Seat(seat, numbers.get(seat.collective_id, 0)) for seat in memberships]


def last_words(entries: FollowUpQuerySet) -> str:
    """Return the date of the last of ``entries``, sorted latest first, at its precision."""
    last = entries.first()
    return day_words(last.counts_from, shown_precision(last)) if last else ""
