"""What a recommendation is tied to: whom it addresses and where each stands, themes, and what it reiterates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Actor, FollowUp, Recommendation, Responsibility, fold
from tracker.sentences import clauses, join, spelled


@dataclass(frozen=True)
class Link:
    """A name and its address."""

    label: str
    address: str


@dataclass(frozen=True)
class Part:
    """One actor's part: how it comes to be named, how much it did, and the entry that says where it stands."""

    actor: Link
    role: str
    done: str
    claim: FollowUp | None = None

    @property
    def words(self) -> str:
        """The part in words: "Addressed by the text; two follow-ups"."""
        return clauses(self.role, self.done)


@dataclass
class Connections:
    """All of it, sorted. ``rests``: by the reference of each assessment, the references of what it rests on."""

    parts: list[Part] = field(default_factory=list)
    themes: list[Link] = field(default_factory=list)
    earlier: list[Link] = field(default_factory=list)
    later: list[Link] = field(default_factory=list)
    rests: dict[str, set[str]] = field(default_factory=dict)


Rows = list[tuple[str, str, str, str]]
Seats = dict[str, list[tuple[str, str]]]


def connections(recommendation: Recommendation, entries: Iterable[FollowUp]) -> Connections:
    """Return what a recommendation is tied to. ``entries``: the published ones that count, latest first."""
    rows: Rows = list(Recommendation.objects.filter(pk=recommendation.pk).connections())
    follow_ups = [entry for entry in entries if not entry.is_assessment]
    rests: defaultdict[str, set[str]] = defaultdict(set)
    for kind, assessment, entry, _detail in rows:
        if kind == "rests":
            rests[assessment].add(entry)
    return Connections(
        rests=rests,
        parts=_parts(rows, follow_ups),
        themes=_links(rows, "theme", "theme"),
        earlier=_links(rows, "earlier", "recommendation"),
        later=_links(rows, "later", "recommendation"),
    )


def _links(rows: Rows, kind: str, view: str) -> list[Link]:
    found = sorted(((label, name) for one, name, label, _detail in rows if one == kind), key=lambda row: fold(row[0]))
    return [Link(label, reverse(view, args=[name])) for label, name in found]


def _parts(rows: Rows, follow_ups: list[FollowUp]) -> list[Part]:
    """Return those addressed, then those who acted without being named."""
    seats: Seats = defaultdict(list)
    for kind, collective, label, member in rows:
        if kind == "seat":
            seats[member].append((collective, label))
    addressed = {name: (label, how) for kind, name, label, how in rows if kind == "addressed"}
    actors = {entry.actor.slug: entry.actor for entry in follow_ups if entry.actor}
    in_order = sorted(addressed.items(), key=lambda row: fold(row[1][0]))
    named = [_named(slug, label, how, follow_ups, seats) for slug, (label, how) in in_order]
    others = [
        _acting(actor, follow_ups, [label for slug, label in seats[actor.slug] if slug in addressed])
        for actor in sorted(actors.values(), key=lambda actor: fold(str(actor.name)))
        if actor.slug not in addressed
    ]
    return named + others


def _named(slug: str, label: str, how: str, follow_ups: list[FollowUp], seats: Seats) -> Part:
    own = [entry for entry in follow_ups if entry.actor and entry.actor.slug == slug]
    members = {
        entry.actor.slug
        for entry in follow_ups
        if entry.actor and any(collective == slug for collective, _label in seats[entry.actor.slug])
    }
    return Part(
        actor=Link(label, reverse("actor", args=[slug])),
        role=str(Responsibility.Addressed(how).label),
        done=_done(len(own), len(members)),
        claim=_claim(own),
    )


def _acting(actor: Actor, follow_ups: list[FollowUp], through: list[str]) -> Part:
    own = [entry for entry in follow_ups if entry.actor == actor]
    role = _("Also acting")
    if through:
        role = _("Addressed as a member of %(collectives)s") % {"collectives": join(sorted(through, key=fold))}
    return Part(Link(str(actor.name), actor.get_absolute_url()), role, _done(len(own), 0), _claim(own))


def _done(own: int, members: int) -> str:
    """Return "two follow-ups; three members have follow-ups"."""
    done = ngettext("one follow-up", "%(number)s follow-ups", own) % {"number": spelled(own)}
    through = ngettext("one member has follow-ups", "%(number)s members have follow-ups", members)
    parts = (done if own else "", through % {"number": spelled(members)} if members else "")
    return clauses(*parts) or _("no follow-up on record")


def _claim(own: list[FollowUp]) -> FollowUp | None:
    """Return the entry in which a body last reported a status of itself. ``own``: latest first."""
    return next((entry for entry in own if entry.basis == FollowUp.Basis.REPORTED and entry.status), None)
