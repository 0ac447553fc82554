"""The orders of the list: each as it says, and none that ties two recommendations."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import factories
from tracker.filters import RecommendationFilter, sorts
from tracker.filters.ordering import SORTS
from tracker.models import Recommendation, Status
from tracker.paging.keyset import terms_of

pytestmark = pytest.mark.django_db


def asked(query: str) -> RecommendationFilter:
    chosen = RecommendationFilter.asked(QueryDict(query))
    assert chosen.refusal() is None
    return chosen


@pytest.fixture
def record() -> None:
    """RT1-01 of 2010 implemented, RT1-02 in progress with the later follow-up, FUT-01, and RT1-01 of 2011."""
    table = factories.usual_roundtable()
    for day, status in ((dt.date(2012, 1, 1), Status.IMPLEMENTED), (dt.date(2013, 1, 1), Status.IN_PROGRESS)):
        one = factories.published_recommendation(roundtable=table)
        entry = factories.published_entry(recommendation=one, occurred_from=day)
        factories.published_assessment(recommendation=one, rests_on=[entry], status=status, occurred_from=day)
    factories.published_recommendation(roundtable=factories.ClosingPartFactory(forum=table.forum))
    later = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    factories.published_recommendation(roundtable=later, headline_en="What was found", official_text="A thing.")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("sort", "references"),
    [
        ("", ["2011-RT1-01", "2010-RT1-01", "2010-RT1-02", "2010-FUT-01"]),
        ("-forum", ["2011-RT1-01", "2010-RT1-01", "2010-RT1-02", "2010-FUT-01"]),
        ("forum", ["2010-RT1-01", "2010-RT1-02", "2010-FUT-01", "2011-RT1-01"]),
        ("reference", ["2010-FUT-01", "2010-RT1-01", "2010-RT1-02", "2011-RT1-01"]),
        ("-reference", ["2011-RT1-01", "2010-RT1-02", "2010-RT1-01", "2010-FUT-01"]),
        ("last_followup", ["2010-RT1-01", "2010-RT1-02", "2011-RT1-01", "2010-FUT-01"]),
        ("-last_followup", ["2010-RT1-02", "2010-RT1-01", "2011-RT1-01", "2010-FUT-01"]),
        ("status", ["2010-RT1-01", "2010-RT1-02", "2011-RT1-01", "2010-FUT-01"]),
        ("-status", ["2011-RT1-01", "2010-FUT-01", "2010-RT1-02", "2010-RT1-01"]),
    ],
)
def test_orders(sort, references):
    chosen = asked(f"sort={sort}")
    assert [one.reference.removeprefix("GFMD-") for one in chosen.sorted(chosen.qs, 4)] == references


@pytest.mark.usefixtures("record")
def test_relevance_puts_headlines_first_or_last_and_gives_way_where_too_many_are_found():
    def found(query: str, number: int = 4) -> list[str]:
        chosen = asked(query)
        return [one.reference.removeprefix("GFMD-") for one in chosen.sorted(chosen.qs, number)]

    assert found("q=thing") == ["2010-RT1-01", "2010-RT1-02", "2010-FUT-01", "2011-RT1-01"]
    assert found("q=thing&sort=-relevance") == ["2011-RT1-01", "2010-RT1-01", "2010-RT1-02", "2010-FUT-01"]
    assert found("q=thing", 1001) == ["2011-RT1-01", "2010-RT1-01", "2010-RT1-02", "2010-FUT-01"]
    assert found("q=%25&sort=-relevance") == found("")


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_ends_in_what_no_two_share(sort):
    chosen = asked(f"q=thing&sort={sort}")
    last = terms_of(chosen.sorted(chosen.qs, 1))[-1].column
    assert last == "pk" or Recommendation._meta.get_field(last).unique


def test_each_order_is_offered_once_and_the_present_one_turned_round():
    def offered(query: str) -> list[tuple[str, str, bool]]:
        return [(sort.label, sort.query, sort.is_present) for sort in sorts(asked(query))]

    assert offered("nature=request") == [
        ("Forum, newest first", "nature=request&sort=forum", True),
        ("Reference", "nature=request&sort=reference", False),
        ("Last follow-up", "nature=request&sort=-last_followup", False),
        ("Status", "nature=request&sort=status", False),
    ]
    assert offered("sort=-reference")[:2] == [
        ("Forum", "", False),
        ("Reference, last to first", "sort=reference", True),
    ]
    assert offered("q=thing")[:2] == [
        ("Relevance", "q=thing&sort=-relevance", True),
        ("Forum", "q=thing&sort=-forum", False),
    ]
    assert offered("q=thing&sort=status")[0] == ("Relevance", "q=thing", False)


@pytest.mark.parametrize("sort", ["__class__", "roundtable__forum__year", "relevance", "--forum", "pk", "?"])
def test_another_order_is_refused(sort):
    refusal = RecommendationFilter.asked(QueryDict(f"sort={sort}")).refusal()
    assert refusal is not None
    assert refusal[:2] == ("sort", sort)
    assert "relevance" not in refusal[2]
