"""An actor: what it is asked, and what it did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tracker.models import (
    Actor,
    EntryCount,
    Filing,
    FollowUp,
    Forum,
    Membership,
    Recommendation,
    StatusCount,
)
from tracker.models.actor_list import with_members
from tracker.models.addresses import addresses
from tracker.readings.links import Link
from tracker.readings.reading import kept_reading
from tracker.readings.tally import Tally, split
from tracker.record.copies import shown_precision
from tracker.sentences import FollowUps, actor_answer, day_words, years_words
from tracker.sentences.lists import follow_ups_in_number, member_since
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.page import render_page
from tracker.views.paging import paging
from tracker.views.public import public


@dataclass(frozen=True)
class Seat:
    """A collective in which an actor sits, its years, and how many recommendations address it."""

    membership: Membership
    asked: int


MOST_ASKED = 20
"""Recommendations that address an actor and stand on its page; of more, the list tells."""


@public("page")
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one actor: what is asked of it, what it reported, what was found, fifty follow-ups a page."""
    found = by_slug(Actor.objects.for_page(), slug)
    addressed = Filing.objects.keys(Filing.Scope.ADDRESSED, found.pk, slice(MOST_ASKED))
    recommendations = Recommendation.objects.filter(pk__in=addressed).for_list()
    numbers = in_numbers(found)
    paged = paging(request, numbers.total)
    asked = asked_of(found)
    context = {
        "actor": found,
        "trail": [(gettext("Actors"), reverse("actors")), (str(found.name), found.get_absolute_url())],
        "asked": [kept_reading(one) for one in recommendations],
        "asked_more": asked.total > MOST_ASKED,
        "seats": [_collective(seat) for seat in asked.seats],
        "facts": facts(found),
        **members(found),
        "heard": heard(FollowUp.objects.naming(found, paged.rows), found),
        "paging": paged,
        "answer": answer_of(found, asked, numbers),
        **caveats(request, provisional=asked.roundtables.provisional + asked.closing.provisional),
    }
    return render_page(request, "tracker/actor_page.html", context)


def _collective(seat: Seat) -> Link:
    """Return where an actor sits, since when, and how much is asked of those who sit there."""
    held, words = seat.membership, ""
    if seat.asked:
        words = ngettext("%(number)s recommendation addresses it", "%(number)s recommendations address it", seat.asked)
        words %= {"number": seat.asked}
    said = [member_since(held.since_year, held.until_year), words]
    return Link(held.collective.get_absolute_url(), held.collective.name, " · ".join(filter(None, said)))


def members(actor: Actor) -> dict[str, list[Link]]:
    """Return the members of a collective, and those of them that have follow-ups of their own on record."""
    address, every, acting = addresses("actor"), [], []
    for seat in with_members(actor.memberships.all()):
        path, name = address(seat.member.slug), seat.member.name
        since = member_since(seat.since_year, seat.until_year)
        every.append(Link(path, name, since))
        if done := seat.done:  # type: ignore[attr-defined]  # with_members counted it
            acting.append(Link(path, name, " · ".join(filter(None, [follow_ups_in_number(done), since]))))
    return {"members": every, "acting": acting}


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


@dataclass(frozen=True)
class Asked:
    """What addresses an actor, of roundtables and about the Forum itself; of how much; and where it sits."""

    roundtables: Tally
    closing: Tally
    everything: tuple[Tally, Tally]
    seats: list[Seat]

    @property
    def total(self) -> int:
        """How many recommendations address it."""
        return self.roundtables.total + self.closing.total


def asked_of(actor: Actor) -> Asked:
    """Return what is asked of an actor, and of the collectives in which it sits; in two queries."""
    memberships = list(actor.seats.select_related("collective"))
    rows = list(StatusCount.objects.addressing([actor.pk, *(seat.collective_id for seat in memberships)]))

    def of(key: int) -> tuple[Tally, Tally]:
        return split(row[1:] for row in rows if row[0] == key)

    seats = [Seat(seat, sum(part.total for part in of(seat.collective_id))) for seat in memberships]
    return Asked(*of(actor.pk), everything=of(0), seats=seats)


def answer_of(actor: Actor, asked: Asked, numbers: FollowUps) -> str:
    """Return the sentence of an actor."""
    roundtables, closing = asked.everything
    return actor_answer(
        actor,
        asked=(asked.roundtables.total, asked.closing.total),
        counted=(roundtables.total, closing.total),
        through=[str(seat.membership.collective) for seat in asked.seats if seat.asked],
        follow_ups=numbers,
    )


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


def in_numbers(actor: Actor) -> FollowUps:
    """Return the follow-ups that name an actor, as its sentence sums them up."""
    last = FollowUp.objects.last_naming(actor)
    words = day_words(last.counts_from, shown_precision(last)) if last else ""
    return FollowUps(**EntryCount.objects.in_numbers(actor.pk), last=words)
