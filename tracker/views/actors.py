"""An actor: what it is asked, and what it did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from tracker.models import (
    Actor,
    FollowUp,
    FollowUpQuerySet,
    Forum,
    Membership,
    Recommendation,
    Responsibility,
    Track,
)
from tracker.record.copies import shown_precision
from tracker.sentences import FollowUps, actor_answer, day_words, years_words
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.page import render_page
from tracker.views.paging import paging
from tracker.views.public import public
from tracker.views.reading import kept_reading
from tracker.views.tally import split


@dataclass(frozen=True)
class Seat:
    """A collective in which an actor sits, its years, and how many recommendations address it."""

    membership: Membership
    asked: int


@public("page")
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one actor: what is asked of it, what it reported, what was found, fifty follow-ups a page."""
    found = by_slug(Actor.objects.for_page(), slug)
    asked = [kept_reading(one) for one in Recommendation.objects.published().addressing([found]).for_list()]
    entries = FollowUp.objects.published().follow_ups().naming(found).for_lines()
    numbers = in_numbers(found, entries)
    paged = paging(request, numbers.total)
    seats = seats_of(found)
    context = {
        "actor": found,
        "trail": [(gettext("Actors"), reverse("actors")), (str(found.name), found.get_absolute_url())],
        "asked": asked,
        "seats": seats,
        "facts": facts(found),
        "members": list(found.memberships.with_members()),
        "heard": heard(entries.own_words_first(found)[paged.rows], found),
        "paging": paged,
        "answer": answer_of(found, [reading.recommendation.roundtable.track for reading in asked], seats, numbers),
        **caveats(request, provisional=len(asked)),
    }
    return render_page(request, "tracker/actor_page.html", context)


@dataclass(frozen=True)
class Heard:
    """What is on record of an actor from one kind of source."""

    heading: str
    entries: list[FollowUp]


def heard(entries: Iterable[FollowUp], actor: Actor) -> list[Heard]:
    """Tell what an actor reported of itself from what was found of it: they are never mixed."""
    own: list[FollowUp] = []
    others: list[FollowUp] = []
    for entry in entries:
        (own if entry.basis == FollowUp.Basis.REPORTED and entry.actor == actor else others).append(entry)
    found = [Heard(gettext("What it reported of itself"), own), Heard(gettext("What was found of it"), others)]
    return [one for one in found if one.entries]


def answer_of(actor: Actor, asked: Sequence[Track], seats: Sequence[Seat], numbers: FollowUps) -> str:
    """Return the sentence of an actor. ``asked``: the track of each recommendation that addresses it."""
    roundtables, closing = split(Recommendation.objects.published().tallied("roundtable__kind"))
    apart = sum(track == Track.CLOSING for track in asked)
    return actor_answer(
        actor,
        asked=(len(asked) - apart, apart),
        counted=(roundtables.total, closing.total),
        through=[str(seat.membership.collective) for seat in seats if seat.asked],
        follow_ups=numbers,
    )


def seats_of(actor: Actor) -> list[Seat]:
    """Return where an actor sits, with how many published recommendations address each collective."""
    memberships = list(actor.seats.select_related("collective"))
    numbers = dict(Responsibility.objects.on_published().numbered([seat.collective_id for seat in memberships]))
    return [Seat(seat, numbers.get(seat.collective_id, 0)) for seat in memberships]


@dataclass(frozen=True)
class Fact:
    """Something known about an actor: in words, or what it names."""

    label: str
    words: str = ""
    links: Sequence[Actor | Forum] = ()


def facts(actor: Actor) -> list[Fact]:
    """Return what is known about an actor beside its record."""
    successor = [actor.succeeded_by] if actor.succeeded_by else []
    known = [
        Fact(gettext("In the United Nations"), words=str(actor.get_un_membership_display())),
        Fact(gettext("Active"), words=years_words(actor.active_from, actor.active_until)),
        Fact(gettext("Chaired"), links=list(actor.chaired_forums.all())),
        Fact(gettext("Succeeds"), links=list(actor.succeeds.all())),
        Fact(gettext("Succeeded by"), links=successor),
    ]
    return [fact for fact in known if fact.words or fact.links]


def in_numbers(actor: Actor, entries: FollowUpQuerySet) -> FollowUps:
    """Return the follow-ups that name an actor, as its sentence sums them up."""
    last = entries.latest_first().first()
    words = day_words(last.counts_from, shown_precision(last)) if last else ""
    return FollowUps(**entries.in_numbers(actor), last=words)
