"""The trend: how statuses changed over time, on the pages of a roundtable and a Forum."""

import datetime as dt
import re

import pytest

from tests import factories
from tests.reading import parts, words
from tracker.models import Milestone, Standing, Status, StatusChange
from tracker.record.chain import writing
from tracker.views.trend import Trend, levels, thinned

PAGE = "/forums/2010/roundtables/rt1/"
CLOSED = dt.date(2010, 11, 11)
LAST = dt.date(2016, 1, 1)


def day(year, month=6):
    return dt.date(year, month, 1)


def counts(**given):
    return {status: given.get(status.value, 0) for status in Status}


class TestLevels:
    """From steps to counts: pure."""

    def test_counts_add_up_from_day_to_day(self):
        steps = [(CLOSED, "no_information", 3), (day(2012), "in_progress", 2), (day(2012), "no_information", -2)]
        assert levels(steps, CLOSED) == [
            (CLOSED, counts(no_information=3)),
            (day(2012), counts(in_progress=2, no_information=1)),
        ]

    def test_a_step_of_nought_is_no_change(self):
        steps = [(CLOSED, "in_progress", 1), (day(2012), "in_progress", 0)]
        assert levels(steps, CLOSED) == [(CLOSED, counts(in_progress=1))]

    def test_one_that_goes_as_another_comes_is_no_change(self):
        steps = [(CLOSED, "ongoing", 1), (day(2012), "ongoing", -1), (day(2012), "ongoing", 1)]
        assert levels(steps, CLOSED) == [(CLOSED, counts(ongoing=1))]

    def test_what_lies_before_the_closing_day_counts_from_it(self):
        steps = [(day(2009), "no_information", 1), (CLOSED, "ongoing", 1)]
        assert levels(steps, CLOSED) == [(CLOSED, counts(no_information=1, ongoing=1))]

    def test_nothing_at_all(self):
        assert levels([], CLOSED) == [(CLOSED, counts())]


class TestTrend:
    """Rows and marks: pure."""

    STEPS = [
        (CLOSED, "no_information", 2),
        (day(2012), "implemented", 1),
        (day(2012), "no_information", -1),
    ]
    SUMMIT = Milestone(slug="summit", date=day(2014), title_en="Summit")
    CLOSING = Milestone(slug="gfmd-2012", date=day(2012), title_en="GFMD 2012", forum_id=5)

    def rows(self, *milestones, last=LAST):
        trend = Trend(self.STEPS, milestones, CLOSED, last)
        return [(row.day, row.occasions, [held for _status, held in row.counts]) for row in trend.rows()]

    def test_rows_are_the_ends_the_changes_and_the_milestones(self):
        assert self.rows(self.CLOSING, self.SUMMIT) == [
            (CLOSED, [], [0, 2]),
            (day(2012), ["GFMD 2012"], [1, 1]),
            (day(2014), ["Summit"], [1, 1]),
            (LAST, [], [1, 1]),
        ]

    def test_a_change_on_the_last_day_has_one_row(self):
        assert self.rows(last=day(2012)) == [(CLOSED, [], [0, 2]), (day(2012), [], [1, 1])]

    def test_milestones_outside_of_the_time_are_not_marked(self):
        early = Milestone(slug="early", date=CLOSED, title_en="The closing itself")
        assert self.rows(early, self.SUMMIT, last=day(2013)) == self.rows(last=day(2013))

    def test_marks_tell_closings_from_other_milestones(self):
        trend = Trend(self.STEPS, [self.CLOSING, self.SUMMIT], CLOSED, day(2014))
        assert [(mark.title, mark.is_closing) for mark in trend.marks()] == [
            ("GFMD 2012, 1 June 2012", True),
            ("Summit, 1 June 2014", False),
        ]
        assert trend.marks()[-1].place == "100%"

    def test_only_statuses_that_ever_occurred_are_named(self):
        steps = [*self.STEPS, (day(2013), "implemented", -1), (day(2013), "superseded", 1)]
        assert Trend(steps, [], CLOSED, LAST).statuses == [
            Status.IMPLEMENTED,
            Status.SUPERSEDED,
            Status.NO_INFORMATION,
        ]

    def test_without_a_change_there_is_nothing_to_draw(self):
        assert not Trend(self.STEPS[:1], [], CLOSED, LAST).has_changed


@pytest.mark.django_db
class TestSteps:
    """What the one query reads."""

    def test_a_change_of_standing_alone_is_a_step_of_nought(self):
        found = factories.published_assessment(occurred_from=day(2012)).recommendation
        factories.published_assessment(
            recommendation=found, occurred_from=day(2013), standing=Standing.CONFIRMED, evidence=1
        )
        steps = list(StatusChange.objects.by_day(LAST))
        assert (day(2013), "in_progress", 0) in steps
        assert [at for at, _counts in levels(steps, CLOSED)] == [CLOSED, day(2012)]

    def test_later_days_are_left_out(self):
        factories.published_assessment(occurred_from=day(2012))
        assert list(StatusChange.objects.by_day(day(2011))) == [(CLOSED, "no_information", 1)]

    def test_the_headline_leaves_out_the_closing_part_and_other_forums(self):
        ours = factories.published_recommendation()
        factories.published_recommendation(roundtable=factories.ClosingPartFactory())
        factories.published_recommendation(roundtable=factories.RoundtableFactory(forum=factories.ForumFactory()))
        found = StatusChange.objects.of_headline(ours.roundtable.forum)
        assert [change.recommendation for change in found] == [ours]


def read(status, year, recommendation=None, **facts):
    """Publish a follow-up and an assessment of June of a year."""
    entry = factories.published_entry(
        recommendation=recommendation or factories.published_recommendation(), occurred_from=day(year)
    )
    return factories.published_assessment(
        recommendation=entry.recommendation, status=status, occurred_from=day(year), rests_on=[entry], **facts
    ).recommendation


def last_figures(page):
    """Return the last row of the table behind the chart, without the statuses that do not occur."""
    cells = re.findall(r'<td\s+data-label="([^"]+)"[^>]*>\s*(\d+)', page.content.decode())
    return {label: int(number) for label, number in dict(cells).items() if number != "0"}


def bar(page):
    """Return what the legend of the bar says, without the statuses that do not occur."""
    labels = "|".join(str(status.label) for status in Status)
    said = re.findall(rf"(\d+) ({labels})", parts(page, "ul.legend")[0])
    return {label: int(number) for number, label in said if number != "0"}


@pytest.mark.django_db
class TestPages:
    """The pages of a roundtable and a Forum."""

    @pytest.fixture
    def record(self):
        """RT1: 01 in progress since 2011 and implemented since 2014; 02 continuing since 2012; 03 bare."""
        first = read(Status.IN_PROGRESS, 2011)
        read(Status.IMPLEMENTED, 2014, first)
        read(Status.SUPERSEDED, 2012)
        factories.published_recommendation()
        factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="2013 Dialogue")
        return first.roundtable

    def test_the_chart_has_a_name_words_a_key_and_a_source(self, client, record):
        page = client.get(f"{PAGE}?as_of=2016-01-01")
        assert "Roundtable 1: how many had which status, from 11 November 2010 to 1 January 2016" in parts(
            page, "title"
        )
        assert parts(page, "p.trend-answer") == [
            (
                "On 11 November 2010, all 3 recommendations have no reading yet. On 1 January 2016, of 3 "
                "recommendations, 1 is implemented, 1 has been overtaken by events and 1 has no reading yet."
            )
        ]
        assert parts(page, "ul.key") == ["Implemented In progress Overtaken by events No information Milestone"]
        assert parts(page, "figcaption")[0].startswith(
            "Source: the assessments on this record that count by 1 January 2016, as read on "
        )
        assert "Days before 1 January 2016 are reconstructed" in parts(page, "figcaption")[0]

    def test_the_figures_stand_behind_it(self, client, record):
        page = client.get(f"{PAGE}?as_of=2016-01-01")
        assert parts(page, "table.figures") == [
            (
                "From this day on Implemented In progress Overtaken by events No information "
                "11 November 2010 0 0 0 3 1 June 2011 0 1 0 2 1 June 2012 0 1 1 1 "
                "4 October 2013 2013 Dialogue 0 1 1 1 1 June 2014 1 0 1 1 1 January 2016 1 0 1 1"
            )
        ]

    @pytest.mark.parametrize("query", ["", "?as_of=hld-2013", "?as_of=2011-06-01", "?as_of=2014-06-01"])
    def test_the_last_figures_of_a_roundtable_are_those_of_its_bar(self, client, record, query):
        page = client.get(f"{PAGE}{query}")
        assert last_figures(page) == bar(page) != {}

    def test_the_last_figures_of_a_forum_are_those_of_its_bar(self, client, record):
        read(Status.IN_PROGRESS, 2012, factories.published_recommendation(roundtable=factories.ClosingPartFactory()))
        page = client.get("/forums/2010/")
        assert last_figures(page) == bar(page) == {"Implemented": 1, "Overtaken by events": 1, "No information": 1}

    def test_the_forum_shows_its_roundtables_together(self, client, record):
        read(Status.IMPLEMENTED, 2012, factories.published_recommendation(roundtable=factories.RoundtableFactory()))
        read(Status.IMPLEMENTED, 2011, factories.published_recommendation(roundtable=factories.ClosingPartFactory()))
        page = client.get("/forums/2010/")
        assert parts(page, "p.trend-answer")[0].startswith("On 11 November 2010, all 4 recommendations have no reading")
        assert "1 June 2012 1 1 1 1" in parts(page, "table.figures")[0]

    def test_before_the_first_change_a_sentence_stands_for_the_chart(self, client, record):
        page = client.get(f"{PAGE}?as_of=2011-01-01")
        assert parts(page, "p.trend-answer")[0] == (
            "No status has changed since the Forum closed on 11 November 2010: "
            "all 3 recommendations have no reading yet."
        )
        assert parts(page, "figure.trend") == parts(page, "table.figures") == []

    def test_the_closing_day_has_no_chart(self, client, record):
        assert parts(client.get(f"{PAGE}?as_of=2010-11-11"), "figure.trend") == []

    @pytest.mark.parametrize("path", [PAGE, "/forums/2010/"])
    def test_without_recommendations_there_is_nothing_over_time(self, client, path):
        factories.RoundtableFactory()
        assert "Over time" not in words(client.get(path))

    @pytest.mark.parametrize("number", [1, 12])
    def test_a_forum_takes_the_same_queries_whatever_the_size(self, client, number, django_assert_num_queries):
        with writing():
            for place in range(number):
                table = factories.RoundtableFactory() if place % 10 == 0 else None
                read(
                    Status.IMPLEMENTED,
                    2011 + place % 5,
                    factories.published_recommendation(**({"roundtable": table} if table else {})),
                )
                factories.MilestoneFactory(date=day(2012) + dt.timedelta(days=place))
        with django_assert_num_queries(12):
            assert client.get("/forums/2010/").status_code == 200


class TestThinned:
    """So many days as can be drawn and read."""

    def test_few_stay_as_they_are(self):
        few = [(CLOSED, counts(ongoing=1)), (day(2012), counts(ongoing=2))]
        assert thinned(few) == few

    def test_of_many_the_last_of_each_period_stays_and_the_first_of_all(self):
        days = [CLOSED + dt.timedelta(days=7 * week) for week in range(300)]
        kept = [found for found, _counts in thinned([(one, counts(ongoing=1)) for one in days])]
        quarters = {(one.year, (one.month - 1) // 3) for one in days[1:]}
        assert (kept[0], kept[-1], len(kept)) == (days[0], days[-1], 1 + len(quarters))
