"""Submitting, returning and publishing follow-ups."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EditorFactory,
    EvidenceFactory,
    FollowUpFactory,
    RecommendationFactory,
    ReportFactory,
    ReviewerFactory,
    UserFactory,
    published_entry,
    published_recommendation,
    system_account,
)
from tests.queries import queries_of
from tests.refusals import assert_refused
from tracker import actions
from tracker.models import FollowUp, Nature, RecordEvent, RecordHead, Status, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

State = FollowUp.State


@pytest.fixture
def editor() -> User:
    return EditorFactory()


@pytest.fixture
def reviewer() -> User:
    return ReviewerFactory()


def today() -> dt.date:
    return timezone.now().date()


class TestSubmit:
    """A draft goes to a reviewer."""

    def test_draft(self, editor: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=editor)
        entry.refresh_from_db()
        assert (entry.state, entry.submitted_by, entry.version) == (State.SUBMITTED, editor, 2)
        assert entry.submitted_at is not None

    def test_returned_entry_again(self, editor: User, reviewer: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=editor)
        actions.return_to_author(entry, by=reviewer, reason="Which law?")
        assert actions.submit(entry, by=reviewer).state == State.SUBMITTED
        entry.refresh_from_db()
        assert (entry.submitted_by, entry.return_reason, entry.version) == (reviewer, "Which law?", 4)

    def test_without_the_right(self) -> None:
        assert_refused("not_allowed", actions.submit, FollowUpFactory(), by=UserFactory())

    def test_submitted_or_published_entry(self, editor: User) -> None:
        submitted = actions.submit(FollowUpFactory(), by=editor)
        assert "is submitted" in assert_refused("not_draft", actions.submit, submitted, by=editor)
        assert "is published" in assert_refused("not_draft", actions.submit, published_entry(), by=editor)


class TestReturn:
    """A submitted entry goes back with a reason."""

    def test_submitted_entry(self, editor: User, reviewer: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=editor)
        entry = actions.return_to_author(entry, by=reviewer, reason="  Which law? ")
        entry.refresh_from_db()
        assert (entry.state, entry.returned_by, entry.return_reason) == (State.RETURNED, reviewer, "Which law?")
        assert entry.version == 3

    def test_without_the_right(self, editor: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=editor)
        assert_refused("not_allowed", actions.return_to_author, entry, by=editor, reason="No")

    def test_without_a_reason(self, editor: User, reviewer: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=editor)
        assert_refused("reason_missing", actions.return_to_author, entry, by=reviewer, reason=" \n ")

    def test_draft(self, reviewer: User) -> None:
        sentence = assert_refused(
            "not_submitted", actions.return_to_author, FollowUpFactory(), by=reviewer, reason="No"
        )
        assert sentence == "This entry is draft: only a submitted entry can be returned."


class TestPublish:
    """For ever."""

    def test_documented_draft(self, reviewer: User) -> None:
        draft = FollowUpFactory()
        version = RecordHead.objects.get().version
        entry = actions.publish(draft, by=reviewer)
        entry.refresh_from_db()
        event = RecordEvent.objects.get(kind="entry_published")
        assert (entry.state, entry.reference, entry.number) == (State.PUBLISHED, "GFMD-2010-RT1-01-F1", 1)
        assert (entry.sequence, entry.precedence) == (event.sequence, event.sequence)
        assert (entry.published_by, entry.published_at) == (reviewer, event.at)
        assert entry.counts_from == entry.occurred_until == dt.date(2010, 11, 12)
        head = RecordHead.objects.get()
        assert (head.sequence, head.digest) == (event.sequence, event.digest)
        assert head.version > version
        assert verify().problems == []

    def test_second_time(self, reviewer: User) -> None:
        entry = published_entry()
        sentence = assert_refused("already_published", actions.publish, entry, by=reviewer)
        assert sentence == "This entry is published already as GFMD-2010-RT1-01-F1. Nothing was changed."

    def test_stale_copy_of_a_draft(self, reviewer: User) -> None:
        """What decides is the row in the database, not the object at hand."""
        draft = FollowUpFactory()
        actions.publish(draft, by=reviewer)
        assert draft.state == State.DRAFT
        assert_refused("already_published", actions.publish, draft, by=reviewer)

    def test_without_the_right(self, editor: User) -> None:
        assert_refused("not_allowed", actions.publish, FollowUpFactory(), by=editor)

    def test_returned_entry(self, editor: User, reviewer: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=editor)
        actions.return_to_author(entry, by=reviewer, reason="Which law?")
        assert_refused("is_returned", actions.publish, entry, by=reviewer)

    def test_on_a_draft_recommendation(self, reviewer: User) -> None:
        draft = FollowUpFactory(recommendation=RecommendationFactory())
        sentence = assert_refused("recommendation_not_published", actions.publish, draft, by=reviewer)
        assert sentence.startswith("Publish GFMD-2010-RT1-01 first")

    def test_on_a_withdrawn_recommendation(self, reviewer: User) -> None:
        draft = FollowUpFactory()
        actions.withdraw_recommendation(draft.recommendation, by=reviewer, reason="Not one")
        assert_refused("recommendation_not_published", actions.publish, draft, by=reviewer)

    def test_documented_without_a_source(self, reviewer: User) -> None:
        assert_refused("source_missing", actions.publish, FollowUpFactory(evidence=0), by=reviewer)

    def test_documented_with_evidence_that_says_nothing(self, reviewer: User) -> None:
        draft = FollowUpFactory(evidence=0)
        EvidenceFactory(entry=draft, citation="", url="")
        assert_refused("source_missing", actions.publish, draft, by=reviewer)


class TestFourEyes:
    """What a body reports of itself is published by another than submitted it."""

    def test_submitted_by_another(self, editor: User, reviewer: User) -> None:
        entry = actions.submit(ReportFactory(status=Status.IN_PROGRESS), by=editor)
        assert actions.publish(entry, by=reviewer).waiver_reason == ""
        assert verify().problems == []

    def test_never_submitted(self, reviewer: User) -> None:
        assert_refused("four_eyes", actions.publish, ReportFactory(), by=reviewer)

    def test_submitted_by_the_publisher(self, reviewer: User) -> None:
        entry = actions.submit(ReportFactory(), by=reviewer)
        assert_refused("four_eyes", actions.publish, entry, by=reviewer)

    def test_waived_by_an_administrator(self) -> None:
        administrator = AdministratorFactory()
        entry = actions.publish(ReportFactory(), by=administrator, waiver=" The only one on duty ")
        entry.refresh_from_db()
        assert (entry.waiver_reason, entry.submitted_by) == ("The only one on duty", None)

    def test_waived_without_the_right(self, reviewer: User) -> None:
        assert_refused("not_allowed", actions.publish, ReportFactory(), by=reviewer, waiver="In a hurry")

    def test_waived_with_blanks(self) -> None:
        assert_refused("four_eyes", actions.publish, ReportFactory(), by=AdministratorFactory(), waiver="  ")

    def test_documented_needs_no_second_person(self, reviewer: User) -> None:
        entry = actions.submit(FollowUpFactory(), by=reviewer)
        assert actions.publish(entry, by=reviewer).state == State.PUBLISHED


class TestDates:
    """Dates are those of UTC."""

    def test_tomorrow(self, reviewer: User) -> None:
        """Somewhere it is tomorrow already; it counts from the day of its publication."""
        entry = actions.publish(FollowUpFactory(occurred_from=today() + dt.timedelta(days=1)), by=reviewer)
        assert entry.counts_from == entry.published_at.date()

    def test_day_after_tomorrow(self, reviewer: User) -> None:
        draft = FollowUpFactory(occurred_from=today() + dt.timedelta(days=2))
        assert_refused("in_the_future", actions.publish, draft, by=reviewer)

    def test_month_that_has_begun_counts_from_publication(self, reviewer: User) -> None:
        until = today() + dt.timedelta(days=40)
        draft = FollowUpFactory(occurred_from=today().replace(day=1), occurred_until=until, precision="month")
        assert actions.publish(draft, by=reviewer).counts_from == today()

    def test_year_counts_from_its_last_day(self, reviewer: User) -> None:
        first, last = dt.date(2012, 1, 1), dt.date(2012, 12, 31)
        draft = FollowUpFactory(occurred_from=first, occurred_until=last, precision="year")
        assert actions.publish(draft, by=reviewer).counts_from == last

    def test_ended_before_the_forum(self, reviewer: User) -> None:
        draft = FollowUpFactory(occurred_from=dt.date(2010, 11, 7))
        sentence = assert_refused("before_forum", actions.publish, draft, by=reviewer)
        assert "8 November 2010" in sentence

    def test_ended_before_the_forum_and_confirmed(self, reviewer: User) -> None:
        draft = FollowUpFactory(occurred_from=dt.date(2010, 11, 7), before_forum_confirmed=True)
        assert actions.publish(draft, by=reviewer).counts_from == dt.date(2010, 11, 7)

    def test_ended_on_the_day_the_forum_opened(self, reviewer: User) -> None:
        draft = FollowUpFactory(occurred_from=dt.date(2010, 11, 1), occurred_until=dt.date(2010, 11, 8))
        assert actions.publish(draft, by=reviewer).state == State.PUBLISHED


class TestNumbers:
    """Follow-ups and assessments are numbered apart; no number comes twice."""

    def test_follow_ups_in_the_order_of_publication(self) -> None:
        recommendation = published_recommendation()
        second, first = FollowUpFactory.create_batch(2, recommendation=recommendation)
        references = [actions.publish(draft, by=system_account()).reference for draft in (first, second)]
        assert references == ["GFMD-2010-RT1-01-F1", "GFMD-2010-RT1-01-F2"]

    def test_retracted_number_is_not_used_again(self) -> None:
        recommendation = published_recommendation()
        entry = published_entry(recommendation=recommendation)
        actions.retract(entry, by=system_account(), reason="Wrong")
        assert published_entry(recommendation=recommendation).number == 2

    def test_reserved_number_is_kept_and_left_free_by_others(self) -> None:
        recommendation = published_recommendation()
        reserved = FollowUpFactory(recommendation=recommendation, number=4)
        assert published_entry(recommendation=recommendation).number == 5
        assert actions.publish(reserved, by=system_account()).reference == "GFMD-2010-RT1-01-F4"
        assert published_entry(recommendation=recommendation).number == 6


class TestClaims:
    """Only a body of itself claims a status, and only one that the nature has."""

    @pytest.mark.parametrize(
        ("nature", "status"),
        [
            (Nature.REQUEST, Status.ONGOING),
            (Nature.UNDERTAKING, Status.ONGOING),
            (Nature.PRINCIPLE, Status.IMPLEMENTED),
            (Nature.FINDING, Status.IN_PROGRESS),
        ],
    )
    def test_unlike_the_nature(self, nature: str, status: str, editor: User, reviewer: User) -> None:
        recommendation = published_recommendation(nature=nature)
        entry = actions.submit(ReportFactory(recommendation=recommendation, status=status), by=editor)
        assert_refused("status_of_nature", actions.publish, entry, by=reviewer)

    @pytest.mark.parametrize(
        ("nature", "status"),
        [
            (Nature.REQUEST, Status.NOT_STARTED),
            (Nature.UNDERTAKING, Status.IMPLEMENTED),
            (Nature.PRINCIPLE, Status.ONGOING),
            (Nature.FINDING, Status.NOT_STARTED),
            (Nature.REQUEST, ""),
        ],
    )
    def test_like_the_nature(self, nature: str, status: str, editor: User, reviewer: User) -> None:
        recommendation = published_recommendation(nature=nature)
        entry = actions.submit(ReportFactory(recommendation=recommendation, status=status), by=editor)
        assert actions.publish(entry, by=reviewer).status == status
        recommendation.refresh_from_db()
        assert recommendation.status == Status.NO_INFORMATION


def queries_of_publication(number: int) -> int:
    """Publish an entry with so many partners beside as many others; return how many queries that took."""
    recommendation = published_recommendation()
    for _ in range(number):
        published_entry(recommendation=recommendation)
    partners = ActorFactory.create_batch(number)
    draft = FollowUpFactory(recommendation=recommendation, partners=partners, evidence=1 + number)
    return queries_of(partial(actions.publish, draft, by=system_account()))


def test_number_of_queries_does_not_grow() -> None:
    assert [queries_of_publication(number) for number in (1, 20)] == [35, 35]
