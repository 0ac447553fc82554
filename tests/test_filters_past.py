"""The list as of a day: what each recommendation was read as then, and what is left out."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import factories
from tests.reading import links, parts, words
from tracker.filters import RecommendationFilter
from tracker.models import Recommendation, Standing, Status
from tracker.progress import readings
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


@pytest.fixture
def record() -> None:
    """RT1-01 in progress from 2012 and implemented from 2014, confirmed; RT1-02 silent; a Forum that closed in 2011."""
    table = factories.usual_roundtable()
    one = factories.published_recommendation(roundtable=table)
    factories.published_recommendation(roundtable=table)
    later = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    factories.published_recommendation(roundtable=later)
    early = factories.published_entry(recommendation=one, occurred_from=dt.date(2012, 1, 1))
    late = factories.published_entry(recommendation=one, occurred_from=dt.date(2014, 1, 1))
    factories.published_assessment(recommendation=one, rests_on=[early], occurred_from=dt.date(2012, 2, 1))
    factories.published_assessment(
        recommendation=one,
        rests_on=[late],
        status=Status.IMPLEMENTED,
        standing=Standing.CONFIRMED,
        occurred_from=dt.date(2014, 2, 1),
        evidence=1,
    )
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="The Dialogue")


def kept(query: str) -> list[str]:
    chosen = RecommendationFilter.asked(QueryDict(query))
    assert chosen.refusal() is None
    return [one.reference.removeprefix("GFMD-") for one in chosen.sorted(chosen.qs, 0)]


OF_THE_DAY = {
    "as_of=2010-11-10": [],
    "as_of=2010-11-11": ["2010-RT1-01", "2010-RT1-02"],
    "as_of=2011-11-11": ["2011-RT1-01", "2010-RT1-01", "2010-RT1-02"],
    "as_of=2012-01-31&status=no_information": ["2011-RT1-01", "2010-RT1-01", "2010-RT1-02"],
    "as_of=2012-02-01&status=no_information": ["2011-RT1-01", "2010-RT1-02"],
    "as_of=hld-2013&status=in_progress": ["2010-RT1-01"],
    "as_of=hld-2013&status=implemented": [],
    "as_of=hld-2013&status=implemented&status=in_progress&standing=provisional": ["2010-RT1-01"],
    "as_of=hld-2013&standing=confirmed": [],
    "as_of=2014-02-01&standing=confirmed": ["2010-RT1-01"],
    "as_of=hld-2013&relation=none": ["2011-RT1-01", "2010-RT1-02"],
    "as_of=2011-12-31&relation=same_subject": [],
    "as_of=hld-2013&last_followup_since=2012-01-01": ["2010-RT1-01"],
    "as_of=hld-2013&last_followup_since=2013-01-01": [],
    "as_of=hld-2013&last_followup_before=2013-01-01": ["2010-RT1-01"],
    "as_of=hld-2013&sort=status": ["2010-RT1-01", "2011-RT1-01", "2010-RT1-02"],
    "as_of=hld-2013&sort=last_followup": ["2010-RT1-01", "2011-RT1-01", "2010-RT1-02"],
}


@pytest.mark.usefixtures("record")
def test_filters_and_orders_are_those_of_the_day():
    assert {query: kept(query) for query in OF_THE_DAY} == OF_THE_DAY


@pytest.mark.usefixtures("record")
def test_the_kept_changes_read_as_the_entries_themselves_do():
    columns = ("reference", "status_then", "standing_then")
    for day in ("2010-11-11", "2012-01-31", "2012-02-01", "2013-10-04", "2014-02-01", "2020-01-01"):
        chosen = RecommendationFilter.asked(QueryDict(f"as_of={day}"))
        from_entries = readings(Recommendation.objects.filter(pk__in=chosen.qs), dt.date.fromisoformat(day))
        assert sorted(chosen.qs.values_list(*columns)) == sorted(from_entries.values_list(*columns)), day


@pytest.mark.usefixtures("record")
def test_the_page_shows_the_readings_of_the_day_and_says_so(client):
    page = client.get(f"{LIST}?as_of=hld-2013&relation=same_subject")
    assert parts(page, "p.answer") == [
        (
            "What matches: the one recommendation is in progress. The reading is provisional. "
            "As it stood on 4 October 2013; recommendations of Forums that had not closed by then are left out."
        )
    ]
    assert parts(page, "span.status") == ["In progress"]
    assert "since 1 February 2012" in words(page)
    assert "Reconstructed" in words(page)
    assert "/recommendations/GFMD-2010-RT1-01/?as_of=hld-2013" in links(page)
    assert '<link rel="canonical" href="http://testserver/recommendations/?as_of=2013-10-04&' in page.content.decode()


@pytest.mark.usefixtures("record")
def test_today_is_no_past_day(client, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    page = client.get(f"{LIST}?as_of=2026-11-24")
    assert page.status_code == 200
    assert "As it stood on" not in words(page)
    assert f'<link rel="canonical" href="http://testserver{LIST}">' in page.content.decode()
    assert client.get(f"{LIST}?as_of=2026-11-25").status_code == 400


@pytest.mark.usefixtures("record")
def test_a_day_that_is_typed_takes_the_place_of_the_milestone(client):
    moved = client.get(f"{LIST}?status=implemented&status=ongoing&as_of=hld-2013&day=2014-01-01&q=")
    assert (moved.status_code, moved.headers["Location"]) == (
        302,
        f"{LIST}?as_of=2014-01-01&status=implemented&status=ongoing",
    )


@pytest.mark.parametrize("number", [1, 60])
def test_a_past_day_takes_one_query_more_whatever_the_size(client, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            entry = factories.published_entry()
            factories.published_assessment(recommendation=entry.recommendation, occurred_from=entry.counts_from)
    with django_assert_num_queries(6):
        assert client.get(f"{LIST}?as_of=2013-10-04&status=in_progress&q=thing").status_code == 200
