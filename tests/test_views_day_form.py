"""The form in which another day is chosen: one form, which keeps what it is given."""

import datetime as dt

import pytest

from tests import factories
from tests.reading import parts, words
from tracker.models import Milestone
from tracker.readings.since import Since
from tracker.views.day_form import Choice, days_to_compare, days_to_show

PAGE = "/forums/2010/roundtables/rt1/"
DIALOGUE = Milestone(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="Dialogue")
DEBATE = Milestone(slug="debate", date=dt.date(2011, 5, 19), title_en="Debate")
DAY = dt.date(2014, 1, 1)


def chosen(choices: list[Choice]) -> list[str]:
    return [choice.value for choice in choices if choice.chosen]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        (None, ["", "debate", "hld-2013"]),
        (DIALOGUE.date, ["", "debate", "hld-2013"]),
        (DAY, ["", "2014-01-01", "debate", "hld-2013"]),
    ],
)
def test_today_and_milestones_are_offered_beside_the_day_that_is_shown(asked, values):
    assert [choice.value for choice in days_to_show([DEBATE, DIALOGUE], asked)] == values


@pytest.mark.parametrize(("asked", "value"), [(None, ""), (DIALOGUE.date, "hld-2013"), (DAY, "2014-01-01")])
def test_the_day_that_is_shown_is_selected(asked, value):
    assert chosen(days_to_show([DEBATE, DIALOGUE], asked)) == [value]


class TestComparing:
    """What a day can be compared with."""

    USUAL = Since(DIALOGUE.date, "the Dialogue")

    @pytest.fixture
    def forum(self, db):
        return factories.usual_forum()

    def test_only_what_lies_before_the_day(self, forum):
        choices = days_to_compare([DEBATE, DIALOGUE], forum, DIALOGUE.date, None, None)
        assert [choice.label for choice in choices] == [
            "The last milestone before",
            "The closing of the Forum, 11 November 2010",
            "Debate, 19 May 2011",
        ]

    @pytest.mark.parametrize(
        ("since", "value"),
        [
            (DIALOGUE.date, ""),
            (DEBATE.date, "debate"),
            (dt.date(2010, 11, 11), "2010-11-11"),
            (dt.date(2012, 1, 1), "2012-01-01"),
        ],
    )
    def test_what_was_asked_for_is_selected(self, forum, since, value):
        choices = days_to_compare([DEBATE, DIALOGUE], forum, DAY, Since(since, "the Dialogue"), self.USUAL)
        assert chosen(choices) == [value]

    def test_nothing_without_milestones(self, forum):
        assert days_to_compare([], forum, DAY, self.USUAL, self.USUAL) == []


@pytest.mark.django_db
class TestForm:
    """The form on the page."""

    def test_only_milestones_between_closing_and_today_are_offered(self, client):
        factories.published_recommendation()
        for year, title in ((2009, "Too early"), (2013, "Right"), (2999, "Too late")):
            factories.MilestoneFactory(date=dt.date(year, 1, 1), title_en=title)
        assert parts(client.get(PAGE), "select") == [
            "Today Right, 1 January 2013",
            "The last milestone before The closing of the Forum, 11 November 2010 Right, 1 January 2013",
        ]

    @pytest.mark.parametrize("path", [PAGE, "/recommendations/GFMD-2010-RT1-01/"])
    def test_one_form_asks(self, client, path):
        factories.published_recommendation()
        assert client.get(path).content.count(b"<form") == 1

    @pytest.mark.parametrize(
        ("query", "leads"),
        [
            ("day=2014-01-01", "?as_of=2014-01-01"),
            ("as_of=hld-2013&day=2014-01-01", "?as_of=2014-01-01"),
            ("as_of=&day=2014-01-01&since=2011-01-01", "?as_of=2014-01-01&since=2011-01-01"),
            ("as_of=hld-2013&day=&since=", "?as_of=hld-2013"),
            ("as_of=&day=&since=", ""),
            ("day=a%26b", "?as_of=a%26b"),
        ],
    )
    @pytest.mark.parametrize("path", [PAGE, "/recommendations/GFMD-2010-RT1-01/"])
    def test_the_form_leads_to_an_address_that_can_be_passed_on(self, client, path, query, leads):
        factories.published_recommendation()
        answer = client.get(f"{path}?{query}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}{leads}")

    def test_two_typed_days_are_refused(self, client):
        answer = client.get(f"{PAGE}?day=2014-01-01&day=2015-01-01")
        assert answer.status_code == 400
        assert "The parameter day cannot be" in words(answer)
