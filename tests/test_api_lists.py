"""The lists of the API: what the pages list, in the same order, in parts that hold each thing once."""

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tracker import actions
from tracker.filters import PARAMETERS
from tracker.filters.ordering import SORTS
from tracker.models import FollowUp, Nature, Recommendation, RecordEvent, Roundtable, Status

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def answer(path: str, query: str = "") -> Any:
    """Return what the API answers to a query string."""
    got = Client().get(f"{API}{path}?{query}")
    assert got.status_code == 200, got.content
    return got.json()


def references(query: str, path: str = "recommendations/", key: str = "reference") -> list[Any]:
    """Return the references of a whole list, from its first part to its last."""
    found, part = [], answer(path, query)
    while True:
        found += [row[key] for row in part["results"]]
        if part["next"] is None:
            return found
        part = Client().get(part["next"]).json()


def on_pages(query: str) -> list[str]:
    """Return the references that the pages of the site show, from the first page to the last."""
    shown: list[str] = []
    address = f"/recommendations/?{query}"
    while address:
        got = Client().get(address, follow=True)
        if (path := urlsplit(got.request["PATH_INFO"]).path) != "/recommendations/":
            return [path.split("/")[2]]  # one whose whole reference was typed
        html = got.content.decode()
        assert got.status_code == 200, html
        shown += dict.fromkeys(re.findall(r'class="rec">.*?/recommendations/(GFMD-[\w-]+)/', html, re.DOTALL))
        following = re.findall(r'href="([^"]*)"\s+rel="next"', html)
        address = "/recommendations/" + following[0].replace("&amp;", "&") if following else ""
    return shown


@pytest.fixture
def record() -> None:
    """Two Forums with a closing part; statuses, natures, actors, themes and dates that differ."""
    ilo = factories.ActorFactory(slug="ilo", kind="un_body", name_en="Labour Office", acronym_en="ILO")
    factories.CollectiveFactory(slug="all", members=[ilo])
    theme = factories.ThemeFactory(slug="return")
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4))
    table = factories.usual_roundtable()
    later = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    tables: list[Roundtable] = [table, table, table, later, later, factories.ClosingPartFactory(forum=table.forum)]
    natures = [Nature.REQUEST, Nature.REQUEST, Nature.PRINCIPLE]
    for place, roundtable in enumerate(tables):
        one = factories.published_recommendation(
            roundtable=roundtable,
            nature=natures[place % 3],
            themes=[theme] * (place % 2),
            addressed=[ilo] * (place % 2),
        )
        if place < 4:
            day = dt.date(2012, 1 + place, 1)
            entry = factories.published_entry(recommendation=one, actor=ilo, occurred_from=day, title="On pensions")
            status = Status.ONGOING if one.nature == Nature.PRINCIPLE else Status.IN_PROGRESS
            factories.published_assessment(recommendation=one, rests_on=[entry], status=status, occurred_from=day)
    factories.RecommendationFactory(headline_en="A draft")
    actions.withdraw_recommendation(
        factories.published_recommendation(), by=factories.AdministratorFactory(), reason="Twice."
    )


QUERIES = [
    "",
    "q=pensions",
    "q=pens",
    "q=pension&sort=-relevance",
    "q=thing&sort=status",
    "q=zzz",
    "q=GFMD-2010-RT1",
    "q=RT1-02&forum=2010",
    "q=GFMD-2010-RT1-01",
    "q=%25",
    "forum=2010",
    "forum=2010&forum=2011",
    "roundtable=2010-FUT",
    "roundtable=2010-RT1&roundtable=2011-RT1",
    "track=closing",
    "track=closing&track=roundtables",
    "status=in_progress",
    "status=ongoing&status=no_information",
    "standing=provisional",
    "nature=principle",
    "actor=ilo",
    "actor=all",
    "actor=ILO",
    "actor=Labour+Office",
    "kind=un_body",
    "theme=return&status=in_progress",
    "relation=same_subject",
    "relation=none",
    "last_followup_before=2012-02-15",
    "last_followup_since=2012-02-01",
    "as_of=2012-02-15",
    "as_of=2012-02-15&status=in_progress",
    "as_of=hld-2013&status=in_progress&sort=last_followup",
    "as_of=2011-01-01",
    *(f"sort={sort}" for sort in SORTS if not sort.endswith("relevance")),
    *(f"q=thing&sort={sort}" for sort in SORTS),
]


@pytest.mark.usefixtures("record")
def test_a_query_string_finds_the_same_as_on_the_page_in_the_same_order() -> None:
    shown = {query: on_pages(query) for query in QUERIES}
    assert {query: references(query) for query in QUERIES} == shown
    assert {query: references(f"{query}&per_page=2") for query in QUERIES} == shown
    assert {name for query in QUERIES for name, _value in parse_qsl(query)} == set(PARAMETERS)
    assert len([query for query in QUERIES if shown[query]]) > 30


ORDERS = {
    "forums/": ("year", lambda: [2011, 2010]),
    "roundtables/": ("roundtable", lambda: ["2011-RT1", "2010-RT1", "2010-FUT"]),
    "entries/": (
        "sequence",
        lambda: list(FollowUp.objects.on_record().order_by("-sequence").values_list("sequence", flat=True)),
    ),
    "actors/": ("slug", lambda: ["all", "ilo"]),
    "themes/": ("slug", lambda: ["return"]),
    "milestones/": ("slug", lambda: ["hld-2013"]),
    "events/": ("sequence", lambda: list(range(1, RecordEvent.objects.count() + 1))),
}


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("size", [1, 2, 200])
def test_the_parts_of_each_list_hold_each_thing_once_in_order(size: int) -> None:
    for path, (key, expected) in ORDERS.items():
        assert references(f"per_page={size}", path, key) == expected(), path


@pytest.mark.usefixtures("record")
def test_parts_lead_back_as_they_lead_on() -> None:
    for sort in SORTS:
        check_both_ways(sort)


def check_both_ways(sort: str) -> None:
    parts = [answer("recommendations/", urlencode({"q": "thing", "sort": sort, "per_page": 2, "fields": "reference"}))]
    while parts[-1]["next"]:
        parts.append(Client().get(parts[-1]["next"]).json())
    assert (len(parts), parts[0]["previous"]) == (3, None)
    back = [parts[-1]]
    while back[-1]["previous"]:
        back.append(Client().get(back[-1]["previous"]).json())
    assert [part["results"] for part in reversed(back)] == [part["results"] for part in parts]
    assert back[-1]["next"] is not None


def test_an_entry_that_is_published_meanwhile_moves_no_other() -> None:
    for _ in range(4):
        factories.published_entry()
    first = answer("entries/", "per_page=2")
    factories.published_entry()
    second = Client().get(first["next"]).json()
    sequences = [row["sequence"] for row in first["results"] + second["results"]]
    before = FollowUp.objects.order_by("-sequence").values_list("sequence", flat=True)[1:]
    assert sequences == list(before)


@pytest.mark.usefixtures("record")
class TestFilters:
    """The filters of the other lists."""

    def test_roundtables(self) -> None:
        assert references("forum=2010", "roundtables/", "roundtable") == ["2010-RT1", "2010-FUT"]
        assert references("forum=2010&track=closing", "roundtables/", "roundtable") == ["2010-FUT"]
        both = references("track=closing&track=roundtables", "roundtables/", "roundtable")
        assert both == ["2011-RT1", "2010-RT1", "2010-FUT"]

    def test_entries(self) -> None:
        one = "GFMD-2010-RT1-01"
        assert references(f"recommendation={one}", "entries/") == [f"{one}-A1", f"{one}-F1"]
        assert references(f"recommendation={one}&basis=assessed", "entries/") == [f"{one}-A1"]
        assert references(f"recommendation={one}&actor=ilo", "entries/") == [f"{one}-F1"]
        assert len(references("q=pensions", "entries/")) == 4
        assert references("state=retracted&state=withheld", "entries/") == []

    def test_actors(self) -> None:
        assert references("kind=un_body", "actors/", "slug") == ["ilo"]
        assert references("collective=all", "actors/", "slug") == ["ilo"]
        assert references("q=labour", "actors/", "slug") == ["ilo"]

    def test_events(self) -> None:
        last = RecordEvent.objects.count()
        assert references(f"after={last - 1}", "events/", "sequence") == [last]
        assert references("subject=GFMD-2010-RT1-01", "events/", "kind") == ["recommendation_published"]


@pytest.mark.usefixtures("record")
def test_fields_pick_keys_in_lists_and_of_one_thing() -> None:
    assert answer("recommendations/", "fields=status,reference")["results"][0] == {
        "status": "in_progress",
        "reference": "GFMD-2011-RT1-01",
    }
    assert answer("actors/ilo/", "fields=slug") == {"slug": "ilo"}


def test_names_are_in_the_order_of_the_language() -> None:
    factories.ActorFactory(slug="germany", name_en="Germany", name_fr="Allemagne")
    factories.ActorFactory(slug="france", name_en="France", name_fr="France")
    assert references("", "actors/", "slug") == ["france", "germany"]
    assert references("language=fr", "actors/", "slug") == ["germany", "france"]


QUERIES_OF_LISTS = {
    "forums/": 9,
    "roundtables/": 2,
    "recommendations/": 4,
    "recommendations/?as_of=2013-01-01": 6,
    "entries/": 7,
    "actors/": 3,
    "themes/": 2,
    "milestones/": 2,
    "events/": 2,
}


@pytest.mark.parametrize("number", [1, 12])
def test_lists_take_as_many_queries_whatever_the_size(number: int) -> None:
    collective = factories.CollectiveFactory()
    for place in range(number):
        forum = factories.ForumFactory(chairs=[factories.ActorFactory()])
        factories.ForumFigureFactory(forum=forum)
        factories.ForumSourceFactory(forum=forum)
        factories.ConclusionFactory(forum=forum)
        factories.MilestoneFactory(slug=f"m-{place}", forum=forum)
        actor = factories.ActorFactory()
        factories.MembershipFactory(collective=collective, member=actor)
        partners, theme = [factories.ActorFactory()], factories.ThemeFactory()
        one = factories.published_recommendation(addressed=[actor], themes=[theme])
        day = one.roundtable.forum.closes_on + dt.timedelta(days=1)
        entry = factories.published_entry(recommendation=one, actor=actor, partners=partners, occurred_from=day)
        factories.published_assessment(recommendation=one, rests_on=[entry], occurred_from=day)
        factories.EntryTranslationFactory(entry=entry, language="fr")
    earlier, later = Recommendation.objects.published().order_by("pk")[0], factories.published_recommendation()
    factories.ReiterationFactory(later=later, earlier=earlier)
    taken = {}
    for path in QUERIES_OF_LISTS:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"{API}{path}", {"per_page": "200"} if "?" not in path else {}).status_code == 200
        taken[path] = len(captured)
    assert taken == QUERIES_OF_LISTS
