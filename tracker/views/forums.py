"""The Forums, and what each Chair concluded."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Conclusion, Forum, ForumFigure, ForumSource, Milestone, StatusChange, StatusCount
from tracker.progress import today
from tracker.sentences import forum_answer, forums_answer, listed, span_words
from tracker.views.head import caveats
from tracker.views.list_pages import asked_page
from tracker.views.lookup import the_forum
from tracker.views.overview import edition_of, headlines
from tracker.views.page import render_page
from tracker.views.paging import Total
from tracker.views.public import public
from tracker.views.structured import forum_trail
from tracker.views.trend import Trend, shown_trend

MOST_NAMED = 3
"""Forums that the list's sentence names; of more it gives the number."""
# The facts of a Forum whose sources are named, as its page calls them.
FACTS: dict[str, str | Promise] = {
    "chairs": gettext_lazy("Chairs"),
    "host_city": gettext_lazy("host city"),
    "opens_on": gettext_lazy("opens on"),
    "closes_on": gettext_lazy("closes on"),
    "central_theme": gettext_lazy("central theme"),
    "reported_themes": gettext_lazy("reported themes"),
    "presented_at": gettext_lazy("presented at"),
}


@dataclass(frozen=True)
class Section:
    """A section of the Chair's document."""

    title: str
    conclusions: list[Conclusion]


@dataclass(frozen=True)
class Fact:
    """One thing that was counted, with every source's figure."""

    label: str
    figures: list[ForumFigure]

    @property
    def differ(self) -> bool:
        """Whether sources give different numbers."""
        return len({(one.value, one.qualifier) for one in self.figures if one.value is not None}) > 1


@dataclass(frozen=True)
class Source:
    """Where facts about a Forum were found."""

    citation: str
    note: str
    is_link: bool
    facts: str


@public("page", "cursor")
def forums(request: HttpRequest) -> HttpResponse:
    """List the Forums, newest first, fifty a page."""
    held, first_year = Forum.objects.order_by().aggregate(number=Count("pk"), first_year=Min("year")).values()
    recorded = list(StatusCount.objects.forums().newest(MOST_NAMED))
    page = asked_page(request, Forum.objects.for_list(), Total(held))
    context = {
        "trail": [(_("Forums"), request.path)],
        "answer": forums_answer(held, first_year, recorded, recorded[0].among if recorded else 0),
        "forums": headlines(page.rows, StatusCount.objects.of_forums([forum.pk for forum in page.rows])),
        "paging": page.paging,
    }
    return render_page(request, "tracker/forum_list.html", context, spelled={"cursor": ""})


@public()
def forum(request: HttpRequest, year: int) -> HttpResponse:
    """Show one Forum: facts, roundtables with their progress, conclusions, milestones."""
    found = the_forum(Forum.objects.for_page(), year)
    edition = edition_of(found)
    counted, closing = edition.counted, edition.closing_counted
    themes = list(found.reported_themes.all())
    past = list(Milestone.objects.after(found.closes_on).past(today())) if edition.parts else []
    context = {
        "forum": found,
        "trail": forum_trail(found),
        "edition": edition,
        "counted": counted,
        "query": f"forum={year}&track=roundtables",
        "dates": span_words(found.opens_on, found.closes_on, "day"),
        "sources": sources(found.sources.all()),
        "themes": themes,
        "facts": facts(found.figures.all()),
        "sections": sections(found.conclusions.all()),
        "milestones": past,
        "trend": _trend(request, found, past) if counted.total else None,
        "answer": forum_answer(found, counted, closing.total, len(themes)),
        **caveats(request, provisional=counted.provisional + closing.provisional),
    }
    return render_page(request, "tracker/forum_page.html", context)


def _trend(request: HttpRequest, forum: Forum, past: list[Milestone]) -> dict[str, Any]:
    steps = StatusChange.objects.of_headline(forum).by_day(today())
    return shown_trend(request, Trend(steps, past, forum.closes_on, today()), str(forum))


def facts(figures: Iterable[ForumFigure]) -> list[Fact]:
    """Group figures by what is counted, in the order of their first mention; sources that differ stand together."""
    found: dict[str, list[ForumFigure]] = {}
    for figure in figures:
        found.setdefault(figure.get_kind_display(), []).append(figure)
    return [Fact(label, listed) for label, listed in found.items()]


def sections(conclusions: Iterable[Conclusion]) -> list[Section]:
    """Group conclusions by the section of the document they stand in."""
    return [Section(title, list(rows)) for title, rows in groupby(conclusions, key=lambda row: row.section)]


def sources(rows: Iterable[ForumSource]) -> list[Source]:
    """Group sources by what they are, each with the facts that were found there."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        found.setdefault((row.citation, row.note), []).append(str(FACTS.get(row.fact, row.fact)))
    return [
        Source(citation, note, citation.startswith(("https://", "http://")), listed(facts))
        for (citation, note), facts in found.items()
    ]
