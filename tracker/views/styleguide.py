"""The system of parts, each in every state, for those who change it: it answers only with DEBUG.

The parts are the very includes of the pages. What they show here is made up and never saved, so that no state is
missing because the record happens not to hold it. Of the record, its head alone is read.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from tracker.filters import Chip, Field, Option, Sort
from tracker.models import (
    Actor,
    DatePrecision,
    Evidence,
    FollowUp,
    Forum,
    Milestone,
    Nature,
    Recommendation,
    Roundtable,
    Standing,
    Status,
    Told,
)
from tracker.readings.found import Found
from tracker.readings.links import Link
from tracker.readings.matrix import Cell, Matrix, Row
from tracker.readings.reading import Reading
from tracker.readings.stand import Change
from tracker.readings.tally import Tally
from tracker.search import Piece
from tracker.sentences import FollowUps
from tracker.views.citing import Citation
from tracker.views.day_form import Choice, days_to_show
from tracker.views.overview import Edition, Part, Whole
from tracker.views.page import render_page, site_of
from tracker.views.paging import Paging, Total
from tracker.views.parameters import BadParameter
from tracker.views.public import public
from tracker.views.record_pages import Turned
from tracker.views.specimen import specimen
from tracker.views.take_away import list_files
from tracker.views.timeline import Elsewhere, Item
from tracker.views.trend import Trend, shown_trend
from tracker.views.words_asked import WordsAsked

MOMENT = dt.datetime(2026, 1, 5, 10, 0, tzinfo=dt.UTC)
DAY = dt.date(2013, 10, 4)
FORUM = Forum(
    pk=1,
    year=2010,
    ordinal=4,
    host_city="Puerto Vallarta",
    opens_on=dt.date(2010, 11, 8),
    closes_on=dt.date(2010, 11, 11),
)
TABLE = Roundtable(pk=1, forum=FORUM, code="RT2", number=2, title_en="Human mobility and human development")
CLOSING = Roundtable(
    pk=2,
    forum=FORUM,
    code="FUT",
    kind=Roundtable.Kind.CLOSING,
    title_en="The future of the Forum and the agenda",
)
MINISTRY = Actor(pk=1, slug="philippines", name_en="Philippines", kind=Actor.Kind.GOVERNMENT)
AGENCY = Actor(pk=2, slug="ilo", name_en="International Labour Organization", acronym_en="ILO", kind=Actor.Kind.UN_BODY)
MILESTONES = [
    Milestone(pk=1, slug="ga-2011", date=dt.date(2011, 5, 19), title_en="2011 General Assembly debate"),
    Milestone(pk=2, slug="hld-2013", date=DAY, title_en="2013 High-level Dialogue"),
]


@dataclass(frozen=True)
class Sample:
    """A part in one state: what the state is called, and what the part is given."""

    label: str
    given: Any


@public()
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part in every state; without DEBUG there is no such page."""
    if not settings.DEBUG:
        raise Http404
    context = {
        "answer": "Every part of the pages in every state. What is shown is made up.",
        "forum": FORUM,
        "milestones": MILESTONES,
        "days": days_to_show(MILESTONES, DAY),
        "days_before": [Choice("", "The last milestone before", True), Choice("ga-2011", "19 May 2011", False)],
        "as_of": DAY,
        "statuses": list(Status),
        "bars": bars(),
        "query": "forum=2010",
        "edition": Edition(FORUM, [Part(TABLE, counted(3, 2)), Part(CLOSING, counted(1))]),
        "whole": Whole(earlier=[(FORUM, counted(3, 2))], number=9),
        "readings": readings(),
        "changes": changes(),
        "changes_answer": "Two recommendations have another status than on 19 May 2011.",
        "trends": [Sample(label, shown_trend(request, trend, "Roundtable 2")) for label, trend in trends()],
        "matrix": matrix(),
        "items": items(),
        "story": [recommendation(2, status=Status.IMPLEMENTED), recommendation(3), recommendation(4)],
        "lines": [item.entry for item in items()],
        "fields": fields(),
        "take_away": list_files("recommendations", Total(13), QueryDict("forum=2010")),
        "chips": [Chip("Forum", "Puerto Vallarta 2010", "status=implemented"), Chip("Status", "Implemented", "")],
        "sorts": [Sort("Forum, newest first", "sort=forum", True), Sort("Reference", "sort=reference", False)],
        "boxes": [Sample("Something to look for", WordsAsked("pensions")), Sample("Nothing", WordsAsked("% _"))],
        "actors": [Link("/actors/ilo/", "International Labour Organization (ILO)", "3 follow-ups"), Link("/", "GMG")],
        "pages": pages(),
        "turned": [Turned("F60", 2, "?page=2#F60"), Turned("F3", 3, "?page=3#F3"), Turned("A1", 3, "?page=3#A1")],
        "refusal": BadParameter("as_of", "yesterday", "a date, as in 2013-10-04, or the name of a milestone"),
        "citation": Citation(recommendation(3), site_of(request), MOMENT, DAY),
        "paragraph": "RT2-03 of the Forum of 2010 is partly implemented since May 2011.",
        "recommendation": recommendation(3),
        "arabic": specimen(),
    }
    return render_page(request, "tracker/styleguide.html", context)


def counted(*numbers: int) -> Tally:
    """Return a count: so many of the first status, of the second, and so on."""
    whole = Tally()
    for status, number in zip(Status, numbers, strict=False):
        whole.add(status, Standing.PROVISIONAL, number)
    return whole


def bars() -> list[Sample]:
    """Return counts of none, one, many of one status, and all statuses."""
    return [
        Sample("Nothing to count", counted()),
        Sample("One", counted(1)),
        Sample("Many of one status", counted(0, 120)),
        Sample("One beside many", counted(1, 0, 240)),
        Sample("Every status", counted(*range(1, len(Status) + 1))),
    ]


def recommendation(number: int, **said: Any) -> Recommendation:
    """Return a recommendation of Roundtable 2."""
    texts = {
        "official_text": "Governments, in partnership with others, should consider portable pensions.",
        "headline_en": "Portable pensions and health insurance",
        "nature": Nature.REQUEST,
    }
    reference = f"GFMD-2010-RT2-{number:02d}"
    return Recommendation(pk=number, roundtable=TABLE, number=number, reference=reference, **{**texts, **said})


def reading(number: int, status: Status, follow_ups: int, **said: Any) -> Reading:
    """Return where a recommendation stands, and how many follow-ups it has."""
    standing = said.pop("standing", Standing.PROVISIONAL if status is not Status.NO_INFORMATION else "")
    return Reading(
        recommendation=recommendation(number, sic=said.pop("sic", "")),
        status=status,
        standing=standing,
        since=said.pop("since", "since May 2011" if standing else ""),
        remaining=Told(said.pop("remaining", "")),
        follow_ups=FollowUps(follow_ups, last="2022" if follow_ups else ""),
        before=said.pop("before", None),
        found=said.pop("found", None),
    )


def readings() -> list[Reading]:
    """Return a line for each status, with everything that a line may say beside it."""
    left = "Agreements beyond some regions; health care models."
    return [
        reading(1, Status.IMPLEMENTED, 4, before=Status.IN_PROGRESS, standing=Standing.CONFIRMED),
        reading(2, Status.PARTIALLY_IMPLEMENTED, 1, remaining=left, sic="GMDF, for GFMD"),
        reading(3, Status.IN_PROGRESS, 2, remaining=left),
        reading(4, Status.ONGOING, 12),
        reading(5, Status.SUPERSEDED, 1, before=Status.PARTIALLY_IMPLEMENTED),
        reading(6, Status.NOT_PURSUED, 0),
        reading(7, Status.NO_INFORMATION, 3),
        reading(8, Status.NO_INFORMATION, 0),
        *(reading(9, Status.IN_PROGRESS, 1, found=found) for found in found_differently()),
    ]


def found_differently() -> list[Found]:
    """Return what a search found in the words of a recommendation, and what it found elsewhere."""
    plain = [Piece("Portable pensions")]
    words = [Piece("… agreements on the "), Piece("portability", found=True), Piece(" of pensions …")]
    return [Found([Piece("Portable", found=True), Piece(" pensions")], words, "en"), Found(plain, [], "")]


def trends() -> list[tuple[str, Trend]]:
    """Return nothing that changed, and every status in its turn."""
    begun = [(FORUM.closes_on, Status.NO_INFORMATION.value, len(Status))]
    steps = [(dt.date(2011 + year, 3, 1), status.value) for year, status in enumerate(Status)]
    taken = [(day, Status.NO_INFORMATION.value, -1) for day, _status in steps]
    moved = sorted([*begun, *((day, status, 1) for day, status in steps), *taken])
    last = dt.date(2019, 1, 1)
    return [
        ("Nothing has changed", Trend(begun, MILESTONES, FORUM.closes_on, last)),
        ("Every status", Trend(moved, MILESTONES, FORUM.closes_on, last)),
    ]


def changes() -> list[Change]:
    """Return a recommendation that has come further, with what remains, and one of which something is known now."""
    left = "Agreements elsewhere."
    return [
        Change(reading(1, Status.IN_PROGRESS, 1), reading(1, Status.PARTIALLY_IMPLEMENTED, 2, remaining=left)),
        Change(reading(2, Status.NO_INFORMATION, 0), reading(2, Status.IMPLEMENTED, 3)),
    ]


def matrix() -> Matrix:
    """Return who has follow-ups: a group with some, and groups with none."""
    columns = ["Governments", "The GMG and its members", "Civil society"]
    full = [Cell(columns[0], 2, "May 2011", (MINISTRY,)), Cell(columns[1], 1, "2022", (AGENCY,)), Cell(columns[2])]
    return Matrix(columns, [Row(recommendation(1), full), Row(recommendation(2), [Cell(name) for name in columns])])


def entry(number: int, basis: FollowUp.Basis, evidence: Sequence[Evidence] = (), **said: Any) -> FollowUp:
    """Return an entry on record. ``evidence`` stands with it as if it had been fetched."""
    assessed = basis is FollowUp.Basis.ASSESSED
    kind = "A" if assessed else "F"
    usual: dict[str, Any] = {
        "recommendation": recommendation(3),
        "reference": f"GFMD-2010-RT2-03-{kind}{number}",
        "actor": None if assessed else MINISTRY,
        "relation": "" if assessed else FollowUp.Relation.SAME_SUBJECT,
        "standing": Standing.PROVISIONAL if assessed else "",
        "occurred_from": DAY,
        "occurred_until": DAY,
        "counts_from": DAY,
        "published_at": MOMENT,
        "title": "" if assessed else "Agreement on the recruitment of nurses",
        "body": "Two governments signed an agreement. It *names* the Forum:\n\n- pensions\n- health insurance",
        "state": FollowUp.State.PUBLISHED,
    }
    made = FollowUp(pk=number + 1000 * assessed, number=number, basis=basis, **{**usual, **said})
    made.__dict__["_prefetched_objects_cache"] = {"evidence": evidence}
    return made


def evidence() -> list[Evidence]:
    """Return a source of each shape: a link, a file, words alone."""
    return [
        Evidence(
            pk=1, citation="Agreement of 19 March 2013, Articles 3 and 4", url="https://www.example.org/agreement"
        ),
        Evidence(pk=2, file="evidence/a.pdf", file_name="Agreement.pdf", file_size=184_320, quality="press"),
        Evidence(pk=3, citation="Official gazette, page 12, read on paper", quality="secondary"),
    ]


def items() -> list[Item]:
    """Return entries of every basis and state, with everything that may stand with one."""
    basis, state = FollowUp.Basis, FollowUp.State
    documented = entry(1, basis.DOCUMENTED, evidence(), relation=FollowUp.Relation.REFERS_TO_FORUM)
    reported = entry(
        2, basis.REPORTED, status=Status.NOT_STARTED, precision=DatePrecision.MONTH, waiver_reason="Alone on duty."
    )
    retracted = entry(
        3, basis.DOCUMENTED, state=state.RETRACTED, retracted_at=MOMENT, retraction_reason="It was never signed."
    )
    correction = entry(4, basis.DOCUMENTED)
    withheld = entry(
        5,
        basis.REPORTED,
        state=state.WITHHELD,
        withheld_at=MOMENT,
        withholding_reason="It named a private person.",
        title="",
        body="",
    )
    provisional = entry(1, basis.ASSESSED, status=Status.PARTIALLY_IMPLEMENTED, remaining="Agreements elsewhere.")
    confirmed = entry(2, basis.ASSESSED, status=Status.IMPLEMENTED, standing=Standing.CONFIRMED)
    elsewhere = [Elsewhere("RT2-04", "Recognition of skills", "/recommendations/GFMD-2010-RT2-04/#F1")]
    return [
        Item(confirmed, [], rests_on=[documented, reported], decides=True, before=Status.PARTIALLY_IMPLEMENTED),
        Item(provisional, [], rests_on=[documented]),
        Item(documented, [AGENCY], elsewhere=elsewhere),
        Item(reported, []),
        Item(retracted, [], successor=correction),
        Item(correction, [], predecessor=retracted),
        Item(withheld, []),
    ]


def fields() -> list[Field]:
    """Return a field of the filters of each shape; one holds more than it can show."""
    choices = [Option(one.value, str(one.label), one is Status.IMPLEMENTED, number=7) for one in list(Status)[:3]]
    return [
        Field("q", "Words", "search", [], value="migrant women"),
        Field("status", "Status", "checks", choices),
        Field(
            "actor", "Actor", "select", [Option("ilo", str(AGENCY.name), True)], more=("philippines",), is_named=True
        ),
        Field("roundtable", "Roundtable", "select", []),
        Field("as_of", "Stand as of", "day", [Option("hld-2013", "2013 High-level Dialogue", False)]),
        Field("last_followup_since", "Last follow-up since", "date", [], value="2013-10-04"),
    ]


def pages() -> list[Sample]:
    """Return the first, a middle and the last page of a list, and a page far into one that is not counted."""
    before, after = "?page=1", "?page=3"
    return [
        Sample("First page", Paging(1, 50, Total(120), number=1, last=3, next=after)),
        Sample("Middle page", Paging(51, 100, Total(120), number=2, last=3, previous=before, next=after)),
        Sample("Last page", Paging(101, 120, Total(120), number=3, last=3, previous=before)),
        Sample("Far page", Paging(5051, 5100, Total(10_000, more=True), previous="?cursor=a", next="?cursor=b")),
    ]
