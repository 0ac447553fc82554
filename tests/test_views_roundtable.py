"""The page of a roundtable: where it stands, where it stood, and who has follow-ups."""

import datetime as dt

import pytest
import time_machine

from tests import factories
from tests.reading import links, parts, words
from tracker.models import Actor, Status
from tracker.progress import progress
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
PAGE = "/forums/2010/roundtables/rt1/"


@pytest.fixture
def record():
    """RT1: 01 in progress since 2011 and implemented since 2013; 02 with a follow-up nobody has read; 03 bare."""
    body = factories.ActorFactory(slug="body", kind=Actor.Kind.UN_BODY)
    first, second, _third = (factories.published_recommendation() for _ in range(3))
    entry = factories.published_entry(recommendation=first, occurred_from=dt.date(2011, 5, 1), actor=body)
    factories.published_assessment(
        recommendation=first, status=Status.IN_PROGRESS, occurred_from=dt.date(2011, 5, 1), remaining="Laws."
    )
    factories.published_assessment(
        recommendation=first, status=Status.IMPLEMENTED, occurred_from=dt.date(2013, 10, 5), rests_on=[entry]
    )
    factories.published_entry(recommendation=second, occurred_from=dt.date(2012, 1, 1))
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="2013 High-level Dialogue")
    return first.roundtable


def test_today_in_a_sentence_a_bar_and_rows(client, record):
    page = client.get(PAGE)
    assert parts(page, "p.answer")[0] == (
        "Roundtable 1: of 3 recommendations, 1 is implemented and 2 have no reading yet; 1 has changed status since "
        "the 2013 High-level Dialogue. Two follow-ups are on record; none refers to the Forum; the last is from "
        "1 January 2012."
    )
    assert parts(page, "ul.legend") == ["1 Implemented 2 No information"]
    assert parts(page, "div.side") == [
        "Implemented since 5 October 2013 before: in progress 1 follow-up, 1 May 2011",
        "No information Not yet assessed 1 follow-up, 1 January 2012",
        "No information no follow-up on record",
    ]
    assert parts(page, "li.rec")[0].startswith("RT1-01 Thing 1 of RT1 Governments should do thing 1 of RT1.")


@pytest.mark.parametrize("day", ["hld-2013", "2013-10-04"])
def test_a_past_day_says_so_and_stays_on_the_links(client, record, day):
    page = client.get(f"{PAGE}?as_of={day}")
    assert parts(page, "p.answer")[0].startswith(
        "Roundtable 1 on 4 October 2013: of 3 recommendations, 1 is in progress and 2 have no reading yet; "
        "1 has changed status since the Forum closed."
    )
    assert "Reconstructed in" in words(page)
    assert "What remains Laws." in parts(page, "li.rec")[0]
    assert f"/recommendations/GFMD-2010-RT1-01/?as_of={day}" in links(page)


def test_counts_are_those_of_progress(client, record):
    for day in (None, dt.date(2010, 11, 11), dt.date(2011, 5, 1), dt.date(2013, 10, 4), dt.date(2013, 10, 5)):
        found = progress(record.forum, roundtable=record, as_of=day)
        said = [f"{number} {status.label}" for status, number in found.counts.items() if number]
        if not found.counts[Status.NO_INFORMATION]:
            said.append("0 No information")
        page = client.get(PAGE, {"as_of": day.isoformat()} if day else {})
        assert parts(page, "ul.legend") == [" ".join(said)]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2010-11-10", "On 10 November 2010 the Forum had not closed"),
        ("2999-01-01", "A date after today"),
        ("yesterday", "a date, as in 2013-10-04, or the name of a milestone"),
        ("2013-02-30", "a date, as in 2013-10-04, or the name of a milestone"),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_named(client, record, day, said):
    page = client.get(PAGE, {"as_of": day})
    assert page.status_code == 400
    assert f"The parameter as_of cannot be {day}." in words(page)
    assert said in words(page)


def test_two_days_cannot_be_asked_for_at_once(client, record):
    page = client.get(f"{PAGE}?as_of=2013-10-04&as_of=2014-10-04")
    assert page.status_code == 400
    assert "one value; the address gives several" in words(page)


def test_who_has_follow_ups_goes_by_membership_on_the_date(client):
    agency = factories.ActorFactory(slug="agency", kind=Actor.Kind.UN_BODY)
    group = factories.CollectiveFactory(slug="group", kind=Actor.Kind.UN_BODY, acronym_en="GRP", groups_follow_ups=True)
    factories.MembershipFactory(collective=group, member=agency, since_year=2012, until_year=2018)
    recommendation = factories.published_recommendation()
    for year in (2011, 2012, 2018, 2019):
        factories.published_entry(recommendation=recommendation, actor=agency, occurred_from=dt.date(year, 6, 1))
    factories.published_entry(recommendation=recommendation, actor=group, occurred_from=dt.date(2013, 1, 1))
    for kind in (Actor.Kind.GOVERNMENT, Actor.Kind.REGIONAL_BODY, Actor.Kind.CIVIL_SOCIETY, Actor.Kind.FORUM_BODY):
        actor = factories.ActorFactory(kind=kind)
        factories.published_entry(recommendation=recommendation, actor=actor, occurred_from=dt.date(2014, 1, 1))
    page = client.get(PAGE)
    assert parts(page, "th") == [
        "Recommendation",
        "Governments",
        "The GRP and its members",
        "Other organisations",
        "Regional bodies",
        "Civil society",
        "The Forum",
        "RT1-01",
    ]
    assert parts(page, "td") == [
        "1 1 January 2014",
        "3 1 June 2018",
        "2 1 June 2019",
        "1 1 January 2014",
        "1 1 January 2014",
        "1 1 January 2014",
    ]


def test_what_is_not_published_is_not_shown(client, record):
    factories.RecommendationFactory(roundtable=record, headline_en="A secret draft")
    factories.FollowUpFactory(recommendation=record.recommendations.first(), title="A secret entry")
    assert "secret" not in client.get(PAGE).content.decode()


def test_an_empty_roundtable_says_so(client):
    factories.RoundtableFactory(title_en="Nothing yet")
    page = client.get(PAGE)
    assert parts(page, "p.answer") == ["Roundtable 1: no recommendation is on record yet."]
    assert "<table" not in page.content.decode()


def test_provisional_readings_carry_the_notice_and_confirmed_ones_do_not(client):
    entry = factories.published_entry()
    assert "Not endorsed by the Chair" not in words(client.get(PAGE))
    factories.published_assessment(recommendation=entry.recommendation, occurred_from=entry.counts_from)
    assert "Not endorsed by the Chair, the Steering Group or any government." in words(client.get(PAGE))


def test_addresses_in_other_letters_lead_to_the_canonical_one(client, record):
    moved = client.get("/forums/2010/roundtables/RT1/?as_of=hld-2013")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"{PAGE}?as_of=hld-2013")
    assert client.get("/forums/2010/roundtables/rt9/").status_code == 404
    assert client.get("/forums/1999/roundtables/rt1/").status_code == 404


@pytest.mark.parametrize("number", [1, 12])
def test_seven_queries_whatever_the_size(client, number, django_assert_num_queries):
    table = factories.usual_roundtable()
    with writing():
        for _ in range(number):
            entry = factories.published_entry(recommendation=factories.published_recommendation(roundtable=table))
            factories.published_assessment(recommendation=entry.recommendation, occurred_from=entry.counts_from)
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4))
    for address in (PAGE, f"{PAGE}?as_of=hld-2013", f"{PAGE}?since=2010-11-11"):
        with django_assert_num_queries(7):
            assert client.get(address).status_code == 200


def test_a_day_counts_by_utc(client, record):
    with time_machine.travel(dt.datetime(2030, 6, 1, 23, 59, tzinfo=dt.UTC)):
        assert client.get(PAGE, {"as_of": "2030-06-01"}).status_code == 200
        assert client.get(PAGE, {"as_of": "2030-06-02"}).status_code == 400
