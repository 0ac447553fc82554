"""The copies that follow the record: each recommendation's verdict, and the status changes."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import (
    AdministratorFactory,
    ForumFactory,
    RoundtableFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    published_report,
)
from tracker import actions
from tracker.models import Nature, Recommendation, Standing, Status, StatusChange
from tracker.record.copies import differences, rebuild, refresh

pytestmark = pytest.mark.django_db

CLOSES = dt.date(2010, 11, 11)
DAY = dt.timedelta(days=1)


def assessed(recommendation: Recommendation, day: dt.date, status: str, **facts: Any) -> Any:
    """Publish an assessment of a day; evidence is added where it needs some."""
    evidence = int(status in {Status.IMPLEMENTED, Status.NOT_PURSUED} or facts.get("standing") == Standing.CONFIRMED)
    return published_assessment(
        recommendation=recommendation, occurred_from=day, status=status, evidence=evidence, **facts
    )


def copies(recommendation: Recommendation) -> dict[str, Any]:
    recommendation.refresh_from_db()
    names = "status standing status_since status_since_precision last_followup_on last_followup_precision".split()
    return {name: getattr(recommendation, name) for name in names}


def changes(recommendation: Recommendation) -> list[tuple[dt.date, str, str, int]]:
    return sorted(recommendation.status_changes.values_list("date", "status", "standing", "delta"))


class TestVerdict:
    """The latest published assessment decides: by the date it counts from, then by publication."""

    def test_without_entries(self) -> None:
        recommendation = published_recommendation()
        assert copies(recommendation) == {
            "status": "no_information",
            "standing": "",
            "status_since": None,
            "status_since_precision": "",
            "last_followup_on": None,
            "last_followup_precision": "",
        }
        assert changes(recommendation) == [(CLOSES, "no_information", "", 1)]

    def test_follow_ups_alone_decide_nothing(self) -> None:
        recommendation = published_recommendation()
        published_entry(recommendation=recommendation, occurred_from=dt.date(2012, 1, 1))
        published_report(recommendation=recommendation, occurred_from=dt.date(2011, 1, 1), status=Status.IMPLEMENTED)
        found = copies(recommendation)
        assert (found["status"], found["last_followup_on"]) == ("no_information", dt.date(2012, 1, 1))
        assert (found["last_followup_precision"], recommendation.followup_count) == ("day", 2)

    def test_latest_date_decides_not_latest_publication(self) -> None:
        recommendation = published_recommendation()
        late = assessed(recommendation, dt.date(2013, 1, 1), Status.IMPLEMENTED)
        assessed(recommendation, dt.date(2012, 1, 1), Status.IN_PROGRESS)
        assert copies(recommendation)["status"] == Status.IMPLEMENTED
        assert recommendation.verdict == late

    def test_on_one_day_the_later_publication_decides(self) -> None:
        recommendation = published_recommendation()
        assessed(recommendation, dt.date(2012, 1, 1), Status.IMPLEMENTED)
        assessed(recommendation, dt.date(2012, 1, 1), Status.SUPERSEDED)
        assert copies(recommendation)["status"] == Status.SUPERSEDED
        assert changes(recommendation) == [
            (CLOSES, "no_information", "", 1),
            (dt.date(2012, 1, 1), "no_information", "", -1),
            (dt.date(2012, 1, 1), "superseded", "provisional", 1),
        ]

    def test_before_the_forum_closed_counts_from_its_closing_day(self) -> None:
        recommendation = published_recommendation()
        assessed(recommendation, CLOSES - DAY, Status.IN_PROGRESS)
        found = copies(recommendation)
        assert (found["status"], found["status_since"], found["status_since_precision"]) == (
            "in_progress",
            CLOSES,
            "day",
        )
        assert changes(recommendation) == [(CLOSES, "in_progress", "provisional", 1)]

    def test_month_is_kept_as_a_month(self) -> None:
        recommendation = published_recommendation()
        month = {"occurred_until": dt.date(2012, 5, 31), "precision": "month"}
        assessed(recommendation, dt.date(2012, 5, 1), Status.IN_PROGRESS, **month)
        published_entry(recommendation=recommendation, occurred_from=dt.date(2012, 5, 1), **month)
        found = copies(recommendation)
        assert (found["status_since"], found["status_since_precision"]) == (dt.date(2012, 5, 31), "month")
        assert (found["last_followup_on"], found["last_followup_precision"]) == (dt.date(2012, 5, 31), "month")


class TestSince:
    """The start of the unbroken run of the status."""

    def test_same_status_again_goes_on(self) -> None:
        recommendation = published_recommendation()
        for year in (2011, 2012, 2013):
            assessed(recommendation, dt.date(year, 6, 1), Status.IN_PROGRESS)
        assert copies(recommendation)["status_since"] == dt.date(2011, 6, 1)
        assert len(changes(recommendation)) == 3

    def test_confirmation_goes_on_but_is_a_change(self) -> None:
        recommendation = published_recommendation()
        assessed(recommendation, dt.date(2011, 6, 1), Status.IN_PROGRESS)
        assessed(recommendation, dt.date(2012, 6, 1), Status.IN_PROGRESS, standing=Standing.CONFIRMED)
        found = copies(recommendation)
        assert (found["status_since"], found["standing"]) == (dt.date(2011, 6, 1), "confirmed")
        assert changes(recommendation)[-2:] == [
            (dt.date(2012, 6, 1), "in_progress", "confirmed", 1),
            (dt.date(2012, 6, 1), "in_progress", "provisional", -1),
        ]

    def test_interrupted_run_starts_again(self) -> None:
        recommendation = published_recommendation()
        for year, status in ((2011, "in_progress"), (2012, "implemented"), (2013, "in_progress")):
            assessed(recommendation, dt.date(year, 6, 1), status)
        assert copies(recommendation)["status_since"] == dt.date(2013, 6, 1)

    def test_nothing_on_record_has_no_beginning(self) -> None:
        recommendation = published_recommendation()
        assessed(recommendation, dt.date(2012, 6, 1), Status.NO_INFORMATION)
        assert copies(recommendation)["status_since"] is None


class TestRebuild:
    """``rebuild_statuses`` writes what differs; with --check it only says so."""

    @staticmethod
    def run(*options: str) -> tuple[int, str]:
        printed = StringIO()
        try:
            call_command("rebuild_statuses", *options, stdout=printed)
        except SystemExit as ending:
            return int(str(ending.code)), printed.getvalue()
        return 0, printed.getvalue()

    def test_nothing_differs(self) -> None:
        published_assessment()
        assert self.run("--check") == (0, "0 differences.\n")
        assert self.run() == (0, "0 recommendations rewritten.\n")

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("status", "implemented"),
            ("standing", ""),
            ("status_since", None),
            ("status_since_precision", "year"),
            ("last_followup_on", dt.date(2011, 1, 1)),
            ("last_followup_precision", "month"),
            ("followup_count", 7),
            ("verdict_id", None),
        ],
    )
    def test_each_copy_is_checked_and_mended(self, column: str, value: object) -> None:
        recommendation = published_assessment().recommendation
        before = Recommendation.objects.values().get()
        Recommendation.objects.filter(pk=recommendation.pk).update(**{column: value})
        assert self.run("--check") == (1, f"GFMD-2010-RT1-01: {column}\n1 differences.\n")
        assert self.run() == (0, "1 recommendations rewritten.\n")
        assert Recommendation.objects.values().get() == before
        assert self.run("--check") == (0, "0 differences.\n")

    @pytest.mark.parametrize(
        "change", [{"date": dt.date(2015, 1, 1)}, {"status": "superseded"}, {"standing": "confirmed"}, {"delta": -1}]
    )
    def test_status_changes_are_checked_and_mended(self, change: dict[str, Any]) -> None:
        published_assessment()
        before = list(StatusChange.objects.order_by("date", "delta").values_list("date", "status", "standing", "delta"))
        latest = StatusChange.objects.get(status="in_progress")
        StatusChange.objects.filter(pk=latest.pk).update(**change)
        assert self.run("--check") == (1, "GFMD-2010-RT1-01: status_changes\n1 differences.\n")
        self.run()
        after = list(StatusChange.objects.order_by("date", "delta").values_list("date", "status", "standing", "delta"))
        assert after == before

    def test_closing_day_that_moved(self) -> None:
        recommendation = published_recommendation()
        forum = recommendation.roundtable.forum
        forum.closes_on += DAY
        forum.save()
        assert [names for _one, names in differences()] == [["status_changes"]]
        assert rebuild() == 1
        assert changes(recommendation) == [(CLOSES + DAY, "no_information", "", 1)]

    def test_withdrawn_recommendation_leaves_the_counts(self) -> None:
        recommendation = published_assessment().recommendation
        actions.withdraw_recommendation(recommendation, by=AdministratorFactory(), reason="Not one")
        assert changes(recommendation) == []
        assert self.run("--check") == (0, "0 differences.\n")


def test_changes_carry_forum_and_roundtable() -> None:
    table = RoundtableFactory(forum=ForumFactory(year=2015))
    recommendation = published_recommendation(roundtable=table, nature=Nature.FINDING)
    assert list(recommendation.status_changes.values_list("forum", "roundtable")) == [(table.forum_id, table.pk)]


def test_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    """Neither with the entries of one recommendation, nor, of the check, with the recommendations."""
    recommendation = published_recommendation()
    for number in range(12):
        assessed(recommendation, dt.date(2011, 1, 1 + number), Status.IN_PROGRESS)
        if number in {0, 11}:
            with django_assert_num_queries(4):
                refresh(recommendation)
            with django_assert_num_queries(3):
                assert list(differences()) == []
            published_entry()
