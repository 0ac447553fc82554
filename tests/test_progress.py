"""Progress: two independent ways to a figure, held against each other and against a slow, obvious count."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    ClosingPartFactory,
    CollectiveFactory,
    ForumFactory,
    MilestoneFactory,
    RecommendationFactory,
    RoundtableFactory,
    ThemeFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    system_account,
)
from tests.refusals import assert_refused
from tracker import actions
from tracker.models import FollowUp, Forum, Nature, Recommendation, RecordHead, Roundtable, Standing, Status, Track
from tracker.progress import GROUPINGS, from_changes, parse_as_of, progress

pytestmark = pytest.mark.django_db

CLOSES = dt.date(2010, 11, 11)
DAY = dt.timedelta(days=1)


def assessed(recommendation: Recommendation, day: dt.date, status: str, standing: str = "provisional") -> FollowUp:
    """Publish an assessment with evidence of its own."""
    facts = {"status": status, "standing": standing, "evidence": 1}
    return published_assessment(recommendation=recommendation, occurred_from=day, **facts)


@pytest.fixture
def forum() -> Forum:
    """A Forum of two roundtables and a closing part, with seven recommendations whose readings come and go."""
    forum = ForumFactory(year=2010)
    kenya, nepal = ActorFactory(slug="kenya"), ActorFactory(slug="nepal")
    iom = ActorFactory(slug="iom", kind="international_organisation")
    all_of_them = CollectiveFactory(slug="governments", members=[kenya, nepal])
    care, data = ThemeFactory(slug="care"), ThemeFactory(slug="data")
    one, two = RoundtableFactory.create_batch(2, forum=forum)
    end = ClosingPartFactory(forum=forum)
    made = [
        published_recommendation(roundtable=table, nature=nature, themes=themes, addressed=actors)
        for table, nature, themes, actors in (
            (one, Nature.REQUEST, [care], [kenya]),
            (one, Nature.REQUEST, [care, data], [kenya, iom]),
            (one, Nature.FINDING, [], []),
            (two, Nature.REQUEST, [data], [all_of_them]),
            (two, Nature.UNDERTAKING, [], [iom]),
            (end, Nature.REQUEST, [care], [kenya]),
            (end, Nature.PRINCIPLE, [], [nepal]),
        )
    ]
    year = dt.date(2011, 5, 1)
    assessed(made[0], CLOSES - DAY, "in_progress")
    assessed(made[0], year, "partially_implemented")
    taken_back = assessed(made[0], dt.date(2012, 5, 1), "implemented")
    assessed(made[0], dt.date(2013, 5, 1), "implemented", Standing.CONFIRMED)
    assessed(made[1], dt.date(2012, 5, 1), "implemented")
    assessed(made[1], year, "superseded")
    assessed(made[1], year, "in_progress")
    assessed(made[2], CLOSES, "ongoing")
    removed = assessed(made[3], year, "implemented")
    assessed(made[3], year + 9 * DAY, "in_progress")
    assessed(made[5], year, "not_pursued", Standing.CONFIRMED)
    assessed(made[6], year, "ongoing")
    published_entry(recommendation=made[4])
    RecommendationFactory(roundtable=one)
    withdrawn = published_recommendation(roundtable=one)
    assessed(withdrawn, year, "implemented")
    administrator = AdministratorFactory()
    actions.withdraw_recommendation(withdrawn, by=administrator, reason="Not one")
    actions.retract(taken_back, by=administrator, reason="Too early")
    actions.withhold(removed, by=administrator, reason="A court order")
    elsewhere = published_recommendation(roundtable=RoundtableFactory(forum=ForumFactory(year=2011)))
    assessed(elsewhere, dt.date(2012, 1, 1), "implemented")
    return forum


# The slow, obvious count.


def reading_on(recommendation: Recommendation, day: dt.date) -> tuple[str, str]:
    """Return status and standing as the rule says: the latest published assessment, by date, then by publication."""
    best = None
    for entry in FollowUp.objects.all():
        if entry.recommendation_id != recommendation.pk or entry.basis != "assessed" or entry.state != "published":
            continue
        if entry.counts_from > day:
            continue
        if best is None or (entry.counts_from, entry.precedence) > (best.counts_from, best.precedence):
            best = entry
    return (best.status, best.standing) if best else ("no_information", "")


def counted(recommendations: Iterable[Recommendation], day: dt.date) -> tuple[dict[str, int], int]:
    counts = {status.value: 0 for status in Status}
    provisional = 0
    for recommendation in recommendations:
        status, standing = reading_on(recommendation, day)
        counts[status] += 1
        provisional += standing == "provisional"
    return counts, provisional


def in_scope(forum: Forum, track: str) -> list[Recommendation]:
    return [
        recommendation
        for recommendation in Recommendation.objects.filter(state="published")
        if recommendation.roundtable.forum == forum
        and (recommendation.roundtable.number is None) == (track == "closing")
    ]


DATES = [
    *(CLOSES, CLOSES + DAY, dt.date(2011, 4, 30), dt.date(2011, 5, 1), dt.date(2011, 5, 2), dt.date(2011, 5, 9)),
    *(dt.date(2011, 5, 10), dt.date(2012, 4, 30), dt.date(2012, 5, 1), dt.date(2013, 4, 30), dt.date(2013, 5, 1)),
]


class TestTwoWays:
    """Entries and status changes lead to the same figures, on every date."""

    @pytest.mark.parametrize("track", Track)
    def test_of_a_forum(self, track: Track, forum: Forum) -> None:
        for day in [*DATES, timezone.now().date(), None]:
            counts, provisional = counted(in_scope(forum, track), day or timezone.now().date())
            found = progress(forum, track=track, as_of=day)
            assert (found.counts, found.provisional, found.total) == (counts, provisional, sum(counts.values()))
            assert from_changes(forum, track=track, as_of=day) == (counts, provisional)

    def test_of_each_roundtable(self, forum: Forum) -> None:
        for table in forum.roundtables.all():
            held = [one for one in in_scope(forum, table.track) if one.roundtable == table]
            for day in DATES:
                counts, provisional = counted(held, day)
                found = progress(forum, roundtable=table, as_of=day)
                assert (found.counts, found.provisional, found.track) == (counts, provisional, table.track)
                assert from_changes(forum, roundtable=table, as_of=day) == (counts, provisional)

    def test_figures_that_were_counted_by_hand(self, forum: Forum) -> None:
        found = progress(forum, as_of=dt.date(2011, 5, 10))
        assert {status.value: number for status, number in found.counts.items() if number} == {
            "partially_implemented": 1,
            "in_progress": 2,
            "ongoing": 1,
            "no_information": 1,
        }
        assert (found.total, found.provisional) == (5, 4)
        today = progress(forum)
        assert (today.counts[Status.IMPLEMENTED], today.provisional) == (2, 3)


class TestGroups:
    """A recommendation counts once in each group that it touches."""

    @staticmethod
    def keys_of(recommendation: Recommendation, by: str) -> set[str]:
        actors = list(recommendation.addressees.all())
        ways: dict[str, Callable[[], set[str]]] = {
            "roundtable": lambda: {recommendation.roundtable.code},
            "nature": lambda: {recommendation.nature},
            "theme": lambda: {theme.slug for theme in recommendation.themes.all()},
            "actor": lambda: {actor.slug for actor in actors},
            "kind": lambda: {actor.kind for actor in actors},
        }
        return ways[by]()

    def test_every_grouping_on_every_date(self, forum: Forum) -> None:
        for by, track in product(GROUPINGS, Track):
            self.assert_groups_are_those_counted(by, track, forum)

    def assert_groups_are_those_counted(self, by: str, track: Track, forum: Forum) -> None:
        held = in_scope(forum, track)
        keys = {key for one in held for key in self.keys_of(one, by)}
        for day in [*DATES, None]:
            found = progress(forum, track=track, by=by, as_of=day).groups
            assert {group.key for group in found} == keys
            for group in found:
                members = [one for one in held if group.key in self.keys_of(one, by)]
                counts, provisional = counted(members, day or timezone.now().date())
                assert (group.total, group.counts, group.provisional) == (len(members), counts, provisional)

    def test_order_and_labels(self, forum: Forum) -> None:
        labels = {by: [group.label for group in progress(forum, by=by).groups] for by in GROUPINGS}
        assert labels == {
            "roundtable": ["Roundtable 1: Subject of RT1", "Roundtable 2: Subject of RT2"],
            "actor": ["Governments", "Iom", "Kenya"],
            "kind": ["Government", "International organisation"],
            "theme": ["Care", "Data"],
            "nature": ["Request", "Finding", "Undertaking"],
        }
        closing = progress(forum, track="closing", by="roundtable").groups
        assert [group.label for group in closing] == ["The future of the Forum and the agenda"]

    def test_labels_in_another_language(self, forum: Forum) -> None:
        with translation.override("fr"):
            assert progress(forum, by="theme").groups[0].label == "Care"

    def test_queries_do_not_grow(self, forum: Forum, django_assert_num_queries: Any) -> None:
        table = forum.roundtables.get(code="RT1")
        theme = ThemeFactory()
        for number in (0, 30):
            for _ in range(number):
                published_recommendation(roundtable=table, themes=[theme], addressed=[ActorFactory()])
            for by, queries in {"roundtable": 4, "actor": 4, "kind": 4, "theme": 4, "nature": 3}.items():
                with django_assert_num_queries(queries):
                    progress(forum, by=by, as_of=dt.date(2012, 1, 1))


class TestDays:
    """Which days can be asked for, and what is said of them."""

    def test_before_the_forum_closed(self) -> None:
        forum = ForumFactory(year=2010)
        sentence = assert_refused("forum_not_closed", progress, forum, as_of=CLOSES - DAY)
        assert "On 10 November 2010 the Forum had not closed" in sentence
        assert "from 11 November 2010 on" in sentence
        assert progress(forum, as_of=CLOSES).total == 0

    def test_after_today(self) -> None:
        tomorrow = timezone.now().date() + DAY
        assert_refused("closing_in_future", progress, ForumFactory(year=2010), as_of=tomorrow)

    def test_forum_that_has_not_closed_yet(self) -> None:
        assert_refused("forum_not_closed", progress, ForumFactory(year=timezone.now().year + 1))

    def test_reconstructed_before_the_record_was_kept(self) -> None:
        opened = timezone.now() - 9 * DAY
        RecordHead.objects.update(opened_at=opened)
        forum = ForumFactory(year=2010)
        said = {days: progress(forum, as_of=opened.date() + days * DAY).reconstructed for days in (-1, 0, 1)}
        assert said == {-1: True, 0: False, 1: False}
        assert progress(forum).reconstructed is False

    def test_today_knows_what_was_published_today(self) -> None:
        today = timezone.now().date()
        recommendation = published_recommendation()
        assessed(recommendation, today + DAY, "superseded")
        forum = recommendation.roundtable.forum
        for day in (None, today):
            assert progress(forum, as_of=day).counts[Status.SUPERSEDED] == 1
            assert from_changes(forum, as_of=day)[0][Status.SUPERSEDED] == 1
        assert progress(forum, as_of=today - DAY).counts[Status.SUPERSEDED] == 0

    def test_parsed_from_a_date_or_a_milestone(self) -> None:
        MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 3))
        assert parse_as_of("2013-10-04") == dt.date(2013, 10, 4)
        assert parse_as_of("hld-2013") == dt.date(2013, 10, 3)

    @pytest.mark.parametrize(
        "text", ["", "2013", "2013-02-30", "2013-1-1", "20131004", "hld-2012", "٢٠١٣-١٠-٠٤", "\x00"]
    )
    def test_parsed_from_nothing_else(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            parse_as_of(text or "?")


class TestUnit:
    """The unit is a published recommendation of one track of one Forum."""

    def test_every_status_is_there_in_the_order_of_pages(self) -> None:
        found = progress(ForumFactory(year=2010))
        assert list(found.counts.items()) == [(status, 0) for status in Status]
        assert list(from_changes(found.forum)[0]) == list(Status)

    def test_drafts_and_withdrawn_ones_do_not_count(self) -> None:
        draft = RecommendationFactory()
        forum = draft.roundtable.forum
        assert progress(forum).total == 0
        actions.publish_recommendation(draft, by=system_account())
        assert progress(forum).total == sum(from_changes(forum)[0].values()) == 1
        actions.withdraw_recommendation(draft, by=system_account(), reason="Not one")
        assert progress(forum).total == sum(from_changes(forum)[0].values()) == 0

    def test_tracks_are_never_added(self, forum: Forum) -> None:
        totals = {track.value: progress(forum, track=track).total for track in Track}
        assert totals == {"roundtables": 5, "closing": 2}
        assert sum(progress(forum, roundtable=table).total for table in Roundtable.objects.filter(forum=forum)) == 7

    def test_unknown_track_or_grouping(self) -> None:
        forum = ForumFactory(year=2010)
        with pytest.raises(ValueError, match="elsewhere"):
            progress(forum, track="elsewhere")
        with pytest.raises(KeyError):
            progress(forum, by="country")
