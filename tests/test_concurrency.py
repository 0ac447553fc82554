"""Many writers at once: one publication at a time, none lost, no gap."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from queue import Empty, SimpleQueue

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import (
    ActorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    system_account,
)
from tracker import actions
from tracker.errors import Refused
from tracker.models import Evidence, FollowUp, Recommendation, RecordEvent, RecordHead, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, ENTRIES, RECOMMENDATIONS = 20, 200, 10


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all of it at the same moment, a thread each; return what came of each: ``done`` or the code of a refusal."""
    barrier = threading.Barrier(len(acts))
    outcomes = ["died"] * len(acts)

    def take_part(number: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            outcomes[number] = "done"
        except Refused as refusal:
            outcomes[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=take_part, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def drafts(recommendations: list[Recommendation], number: int) -> list[FollowUp]:
    """Make so many documented drafts, in turn on each of the recommendations."""
    facts = {
        "actor": ActorFactory(),
        "relation": FollowUp.Relation.SAME_SUBJECT,
        "title": "A law was adopted",
        "occurred_from": "2012-05-01",
        "occurred_until": "2012-05-01",
        "created_by": system_account(),
        "created_at": timezone.now(),
    }
    rows = [FollowUp(recommendation=recommendations[index % len(recommendations)], **facts) for index in range(number)]
    made = FollowUp.objects.bulk_create(rows)
    Evidence.objects.bulk_create(Evidence(entry=entry, citation="Official gazette") for entry in made)
    return made


def test_twenty_threads_publish_two_hundred_entries() -> None:
    recommendations = [published_recommendation() for _ in range(RECOMMENDATIONS)]
    waiting: SimpleQueue[FollowUp] = SimpleQueue()
    for draft in drafts(recommendations, ENTRIES):
        waiting.put(draft)
    reviewer = ReviewerFactory()
    began = RecordEvent.objects.count()

    def publish_all() -> None:
        for entry in iter_queue(waiting):
            actions.publish(entry, by=reviewer)
            connection.close()  # as at the end of a request

    assert at_once(*[publish_all] * THREADS) == ["done"] * THREADS
    sequences = list(RecordEvent.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, began + ENTRIES + 1))
    assert RecordHead.objects.get().sequence == began + ENTRIES
    for recommendation in recommendations:
        numbers = recommendation.entries.published().order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, ENTRIES // RECOMMENDATIONS + 1))
    assert verify().problems == []


def iter_queue(waiting: "SimpleQueue[FollowUp]") -> Iterator[FollowUp]:
    """Yield what is left until nothing is."""
    while True:
        try:
            yield waiting.get_nowait()
        except Empty:
            return


@pytest.fixture
def reviewers() -> list[User]:
    return [ReviewerFactory(), ReviewerFactory()]


def test_two_publish_the_same_entry(reviewers: list[User]) -> None:
    for _ in range(5):
        draft = FollowUpFactory()
        outcomes = at_once(*[partial(actions.publish, draft, by=by) for by in reviewers])
        assert sorted(outcomes) == ["already_published", "done"]
        assert RecordEvent.objects.filter(subject=f"{draft.recommendation.reference}-F1").count() == 1
    assert verify().problems == []


def test_two_correct_the_same_entry(reviewers: list[User]) -> None:
    entry = published_entry()
    versions = {by: actions.start_correction(entry, by=by) for by in reviewers}
    outcomes = at_once(
        *[
            partial(actions.correct, entry, by=by, replacement=version, reason="A slip")
            for by, version in versions.items()
        ]
    )
    assert sorted(outcomes) == ["done", "not_published"]
    assert FollowUp.objects.published().count() == 1
    assert verify().problems == []


def test_one_retracts_what_another_lets_an_assessment_rest_on(reviewers: list[User]) -> None:
    """Whoever comes second is refused; never does a published assessment rest on a retracted entry."""
    for _ in range(5):
        entry = published_entry()
        facts = {"status": "superseded", "standing": "provisional", "reasoning": "So.", "rests_on": [entry]}
        outcomes = at_once(
            partial(actions.retract, entry, by=reviewers[0], reason="Wrong"),
            partial(actions.assess, entry.recommendation, by=reviewers[1], occurred_from=entry.counts_from, **facts),
        )
        assert outcomes in (["done", "rests_on_unpublished"], ["supports_others", "done"])
    assert verify().problems == []


def test_two_assess_the_same_recommendation(reviewers: list[User]) -> None:
    recommendation = published_recommendation()
    at_once(*[partial(published_assessment, recommendation=recommendation, by=by) for by in reviewers])
    recommendation.refresh_from_db()
    assert recommendation.verdict == FollowUp.objects.order_by("-sequence").first()
    assert verify().problems == []
