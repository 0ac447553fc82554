"""The first page: how far have we come?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import (
    FollowUp,
    Forum,
    Milestone,
    Recommendation,
    Responsibility,
    Roundtable,
    Status,
    Theme,
    fold,
)
from tracker.progress import today
from tracker.sentences import overview_answer
from tracker.views.head import caveats
from tracker.views.page import render_page, site_of
from tracker.views.public import public
from tracker.views.structured import the_tracker
from tracker.views.tally import Tally

LATEST = 5
LATEST_READINGS = 3
ADDRESSED = 12


@dataclass
class Part:
    """A roundtable, or the closing part, with its count."""

    roundtable: Roundtable
    counted: Tally = field(default_factory=Tally)


@dataclass
class Edition:
    """A Forum with its roundtables and closing parts, counted apart and never added."""

    forum: Forum
    parts: list[Part] = field(default_factory=list)

    @property
    def roundtables(self) -> list[Part]:
        """The roundtables with recommendations on record."""
        return [part for part in self.parts if part.roundtable.kind == Roundtable.Kind.ROUNDTABLE]

    @property
    def closing(self) -> list[Part]:
        """The closing parts."""
        return [part for part in self.parts if part.roundtable.kind == Roundtable.Kind.CLOSING]

    @property
    def counted(self) -> Tally:
        """The headline count: the recommendations of roundtables."""
        return added(self.roundtables)

    @property
    def closing_counted(self) -> Tally:
        """The count of the items about the Forum itself."""
        return added(self.closing)


def added(parts: list[Part]) -> Tally:
    """Return the sum of parts of one track."""
    whole = Tally()
    for part in parts:
        for status, number in part.counted.counts.items():
            whole.counts[status] += number
        whole.provisional += part.counted.provisional
    return whole


def editions(forum: Forum | None = None) -> list[Edition]:
    """Return the Forums with roundtables on record, or one, newest first, each counted today; in two queries."""
    recommendations = Recommendation.objects.published()
    if forum is not None:
        recommendations = recommendations.of_forum(forum)
    return editions_on(recommendations.tallied("roundtable_id"), forum)


def editions_on(rows: Iterable[tuple[int, str, str, int]], forum: Forum | None = None) -> list[Edition]:
    """Return the Forums as ``rows`` count them: a roundtable's key, status, standing and number."""
    counts: defaultdict[int, Tally] = defaultdict(Tally)
    for roundtable, status, standing, number in rows:
        counts[roundtable].add(status, standing, number)
    roundtables = Roundtable.objects.select_related("forum")
    found: dict[int, Edition] = {}
    for table in roundtables.filter(forum=forum) if forum else roundtables.filter(pk__in=list(counts)):
        edition = found.setdefault(table.forum_id, Edition(table.forum))
        edition.parts.append(Part(table, counts[table.pk]))
    return list(found.values())


@dataclass(frozen=True)
class Whole:
    """All Forums with recommendations on record: the answer of the overview, and what it counts."""

    editions: list[Edition]

    @cached_property
    def counted(self) -> Tally:
        """The headline count of all of them."""
        return added([part for edition in self.editions for part in edition.roundtables])

    @cached_property
    def closing(self) -> Tally:
        """The count of the items about the Forum itself."""
        return added([part for edition in self.editions for part in edition.closing])

    @cached_property
    def answer(self) -> str:
        """The sentence that says how far all of it has come."""
        return overview_answer([edition.forum for edition in self.editions], self.counted, self.closing.total)


@dataclass(frozen=True)
class Way:
    """A way further in: a name, its address, and how many recommendations stand behind it."""

    label: str
    address: str
    number: int


@dataclass(frozen=True)
class Ways:
    """Ways of one kind, under their heading."""

    heading: str
    listed: list[Way]


def ways() -> list[Ways]:
    """Return the ways to those whom recommendations address, and to what they are about; none that leads nowhere."""
    found = [Ways(_("Who is asked, and what they did"), addressed()), Ways(_("What it is about"), subjects())]
    return [one for one in found if one.listed]


def addressed() -> list[Way]:
    """Return those whom recommendations address most often, by name."""
    rows = Responsibility.objects.on_published().most_addressed(ADDRESSED)
    found = sorted(rows, key=lambda row: row[2])
    return [Way(name, reverse("actor", args=[slug]), number) for slug, name, _key, number in found]


def subjects() -> list[Way]:
    """Return the themes with recommendations, by name."""
    found = sorted(Theme.objects.numbered(), key=lambda row: fold(row[1]))
    return [Way(name, reverse("theme", args=[slug]), number) for slug, name, number in found]


@public()
def overview(request: HttpRequest) -> HttpResponse:
    """Show the progress of each Forum and roundtable, and what was entered last."""
    whole = Whole(editions())
    first = min((edition.forum.closes_on for edition in whole.editions), default=today())
    entries = FollowUp.objects.published().for_lines().latest_first()
    context = {
        "editions": whole.editions,
        "counted": whole.counted,
        "answer": whole.answer,
        "things": the_tracker(site_of(request), whole.answer),
        "nothing_known": whole.counted.counts[Status.NO_INFORMATION],
        "latest": list(entries.follow_ups()[:LATEST]),
        "readings": list(entries.assessments()[:LATEST_READINGS]),
        "ways": ways(),
        "milestones": list(Milestone.objects.after(first).past(today()).order_by("-date")),
        **caveats(request, provisional=whole.counted.provisional + whole.closing.provisional),
    }
    return render_page(request, "tracker/overview.html", context)
