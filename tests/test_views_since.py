"""What changed since a day or a milestone, on the page of a roundtable."""

import datetime as dt

import pytest

from tests import factories
from tests.reading import links, parts, words
from tracker.models import Status

pytestmark = pytest.mark.django_db
PAGE = "/forums/2010/roundtables/rt1/"


def assessed(recommendation, year, status, **facts):
    """Publish a follow-up of the first of June of a year, and an assessment of the day after."""
    entry = factories.published_entry(recommendation=recommendation, occurred_from=dt.date(year, 6, 1))
    return factories.published_assessment(
        recommendation=recommendation, status=status, occurred_from=dt.date(year, 6, 2), rests_on=[entry], **facts
    )


@pytest.fixture
def record():
    """RT1 and two milestones: 01 goes 2011, 2014 and 2016 up a step; 02 has been in progress since 2012; 03 is bare."""
    first, second, _third = (factories.published_recommendation() for _ in range(3))
    assessed(first, 2011, Status.IN_PROGRESS, remaining="Laws.")
    assessed(second, 2012, Status.IN_PROGRESS, remaining="Money.")
    assessed(first, 2014, Status.PARTIALLY_IMPLEMENTED, remaining="Courts.")
    assessed(first, 2016, Status.IMPLEMENTED)
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="2013 High-level Dialogue")
    factories.MilestoneFactory(
        slug="gfmd-2015", title_en="GFMD 2015, Istanbul", forum=factories.ForumFactory(year=2015)
    )
    return first.roundtable


def heading(page):
    return next(title for title in parts(page, "h2") if title.startswith("What changed"))


def canonical(page):
    return next(link for link in links(page) if link.startswith("http://testserver"))


def test_today_is_compared_with_the_last_milestone_that_is_no_closing(client, record):
    page = client.get(f"{PAGE}?as_of=2020-01-01")
    assert heading(page) == "What changed since the 2013 High-level Dialogue"
    assert parts(page, "ol.changes") == ["RT1-01 Thing 1 of RT1 In progress →then Implemented since 2 June 2016"]
    assert (
        "Of 3 recommendations, 1 changed status between 4 October 2013 and 1 January 2020; 2 are unchanged. "
        "Two follow-ups date from that time."
    ) in words(page)
    assert "1 has changed status since the 2013 High-level Dialogue." in parts(page, "p.answer")[0]


def test_what_remains_is_of_the_day_that_is_shown(client, record):
    page = client.get(f"{PAGE}?as_of=2015-01-01&since=2011-06-01")
    assert parts(page, "ol.changes") == [
        (
            "RT1-01 Thing 1 of RT1 No information →then Partly implemented since 2 June 2014 What remains Courts. "
            "RT1-02 Thing 2 of RT1 No information →then In progress since 2 June 2012 What remains Money."
        )
    ]
    assert "Two follow-ups date from that time." in words(page)
    assert "/recommendations/GFMD-2010-RT1-01/?as_of=2015-01-01" in links(page)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("hld-2013", "the 2013 High-level Dialogue"),
        ("2013-10-04", "the 2013 High-level Dialogue"),
        ("gfmd-2015", "GFMD 2015, Istanbul"),
        ("2012-02-29", "29 February 2012"),
        ("2010-11-11", "the Forum closed"),
    ],
)
def test_a_day_is_called_the_same_by_its_date_and_its_milestone(client, record, since, said):
    page = client.get(PAGE, {"since": since})
    assert heading(page) == f"What changed since {said}"
    assert f"since {said}" in parts(page, "p.answer")[0]


def test_nothing_changed_says_so(client, record):
    page = client.get(f"{PAGE}?as_of=2013-01-01&since=2012-07-01")
    assert parts(page, "ol.changes") == []
    assert (
        "Between 1 July 2012 and 1 January 2013 no status changed: all 3 recommendations are unchanged. "
        "No follow-up dates from that time."
    ) in words(page)


def test_before_any_milestone_the_closing_of_the_forum_is_compared(client, record):
    page = client.get(f"{PAGE}?as_of=2011-12-31")
    assert heading(page) == "What changed since the Forum closed"
    assert parts(page, "ol.changes") == [
        "RT1-01 Thing 1 of RT1 No information →then In progress since 2 June 2011 What remains Laws."
    ]


def test_on_the_closing_day_nothing_is_compared(client, record):
    page = client.get(f"{PAGE}?as_of=2010-11-11")
    assert "What changed" not in words(page)
    assert "changed status" not in parts(page, "p.answer")[0]


def test_a_forum_without_milestones_offers_none_to_compare_with(client):
    factories.published_assessment(recommendation=factories.published_recommendation())
    page = client.get(PAGE)
    assert heading(page) == "What changed since the Forum closed"
    assert parts(page, "select") == ["Today"]


def test_the_closing_part_counts_items(client):
    table = factories.ClosingPartFactory()
    bare, read = (factories.published_recommendation(roundtable=table) for _ in range(2))
    assessed(read, 2012, Status.IMPLEMENTED)
    page = client.get("/forums/2010/roundtables/fut/?as_of=2014-01-01")
    assert (
        "Of 2 items about the Forum itself, 1 changed status between 11 November 2010 and 1 January 2014; "
        "1 is unchanged. One follow-up dates from that time."
    ) in words(page)
    assert bare.headline not in parts(page, "ol.changes")[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=hld-2013&as_of=2013-10-03", "the day that is shown (3 October 2013) or one before it"),
        ("since=2010-11-10", "On 10 November 2010 the Forum had not closed"),
        ("since=2999-01-01", "A date after today"),
        ("since=lately", "a date, as in 2013-10-04, or the name of a milestone"),
        ("since=no-such-summit", "a date, as in 2013-10-04, or the name of a milestone"),
        ("since=2012-01-01&since=2013-01-01", "one value; the address gives several"),
    ],
)
def test_a_day_that_cannot_be_compared_with_is_named(client, record, query, said):
    page = client.get(f"{PAGE}?{query}")
    assert page.status_code == 400
    assert "The parameter since cannot be" in words(page)
    assert said in words(page)
    assert PAGE in links(page)


def test_what_cannot_be_compared_with_leads_back_to_the_day_that_was_shown(client, record):
    page = client.get(f"{PAGE}?as_of=2013-10-03&since=hld-2013")
    assert {PAGE, f"{PAGE}?as_of=2013-10-03"} <= set(links(page))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("as_of=hld-2013", "?as_of=2013-10-04"),
        ("as_of=2013-10-04", "?as_of=2013-10-04"),
        ("since=hld-2013", ""),
        ("since=2013-10-04&as_of=", ""),
        ("since=gfmd-2015&as_of=2020-01-01", "?as_of=2020-01-01&since=2015-11-11"),
        ("as_of=2020-01-01&since=2015-11-11", "?as_of=2020-01-01&since=2015-11-11"),
    ],
)
def test_one_page_has_one_canonical_address(client, record, query, kept):
    assert canonical(client.get(f"{PAGE}?{query}")) == f"http://testserver{PAGE}{kept}"


def test_a_recommendation_on_a_milestone_has_the_address_of_its_date(client, record):
    place = "/recommendations/GFMD-2010-RT1-01/"
    page = client.get(f"{place}?as_of=hld-2013")
    assert canonical(page) == f"http://testserver{place}?as_of=2013-10-04"


def test_pages_that_compare_with_another_day_have_another_title(client, record):
    titles = {parts(client.get(f"{PAGE}{query}"), "title")[0] for query in ("", "?since=2012-01-01", "?as_of=hld-2013")}
    assert len(titles) == 3
