"""Two people, or one person twice, at the same moment: one publication, one row, nothing lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.admin_desk import Desk
from tests.factories import (
    ActorFactory,
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.models import Actor, FollowUp, RecordEvent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, each in a thread with a connection of its own; return what they return."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works, timeout=60))


def test_two_browsers_publish_one_draft_once() -> None:
    draft = FollowUpFactory()
    desks = [Desk(ReviewerFactory()) for _number in range(4)]
    forms = [desk.form("followup_change", draft.pk) for desk in desks]
    answers = at_once(
        *(
            lambda desk=desk, typed=typed: desk.send("followup_change", draft.pk, button="_publish", typed=typed)
            for desk, typed in zip(desks, forms, strict=True)
        )
    )
    recommendation = desks[0].address("recommendation_change", draft.recommendation_id)
    entry = desks[0].address("followup_change", draft.pk)
    assert sorted(answer.url for answer in answers) == sorted([recommendation, entry, entry, entry])
    assert RecordEvent.objects.filter(kind="entry_published").count() == 1
    assert FollowUp.objects.get().state == "published"


def test_a_new_entry_published_by_a_double_click_is_one() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    typed = {
        **desk.form("followup_add", query=f"?recommendation={recommendation.pk}"),
        "actor": ActorFactory().pk,
        "when": "May 2011",
        "title": "A law was adopted",
        "relation": "same_subject",
        "evidence-0-citation": "Official gazette",
    }
    answers = at_once(*[lambda: desk.send("followup_add", button="_publish", typed=typed)] * 3)
    assert {answer.url for answer in answers} == {desk.address("recommendation_change", recommendation.pk)}
    assert FollowUp.objects.count() == 1


def test_an_act_published_by_two_browsers_is_published_once_on_each() -> None:
    draft = FollowUpFactory()
    actions.log_on_others(draft, recommendations=[published_recommendation()], by=EditorFactory())
    desks = [Desk(ReviewerFactory()) for _number in range(2)]
    forms = [desk.form("followup_publish", draft.pk) for desk in desks]
    at_once(
        *(
            lambda desk=desk, typed=typed: desk.send("followup_publish", draft.pk, typed=typed)
            for desk, typed in zip(desks, forms, strict=True)
        )
    )
    assert RecordEvent.objects.filter(kind="entry_published").count() == 2
    assert [entry.state for entry in FollowUp.objects.all()] == ["published"] * 2


def test_an_act_logged_by_a_double_click_is_logged_once_on_each() -> None:
    both, desk = [published_recommendation(), published_recommendation()], Desk(EditorFactory())
    typed = {
        **desk.form("followup_add"),
        "recommendations": [recommendation.pk for recommendation in both],
        "actor": ActorFactory().pk,
        "when": "May 2011",
        "title": "A law was adopted",
    }
    at_once(*[lambda: desk.send("followup_add", typed=typed)] * 3)
    assert sorted(FollowUp.objects.values_list("recommendation", flat=True)) == sorted(one.pk for one in both)


def test_an_assessment_published_by_a_double_click_is_one() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    typed = desk.form("recommendation_assess", recommendation.pk) | {"status": "no_information", "body": "Nothing."}
    at_once(*[lambda: desk.send("recommendation_assess", recommendation.pk, typed=typed)] * 3)
    assert FollowUp.objects.count() == 1


def test_two_edits_of_one_actor_at_once_keep_one_and_refuse_the_other() -> None:
    actor, desks = ActorFactory(), [Desk(EditorFactory()) for _number in range(2)]
    forms = [{**desk.form("actor_change", actor.pk), "note": f"Note {number}"} for number, desk in enumerate(desks)]
    answers = at_once(
        *(
            lambda desk=desk, typed=typed: desk.send("actor_change", actor.pk, typed=typed).status_code
            for desk, typed in zip(desks, forms, strict=True)
        )
    )
    assert sorted(answers) == [200, 302]
    assert Actor.objects.get(pk=actor.pk).note == f"Note {answers.index(302)}"


def test_forms_and_actions_on_one_recommendation_do_not_lock_each_other_out() -> None:
    entry, desk, reviewer = published_entry(), Desk(EditorFactory()), ReviewerFactory()
    recommendation = entry.recommendation
    typed = desk.form("recommendation_change", recommendation.pk)
    draft = FollowUpFactory(recommendation=recommendation)
    saved, published, retracted = at_once(
        lambda: (
            desk.send("recommendation_change", recommendation.pk, typed={**typed, "headline_en": "New"}).status_code
        ),
        lambda: actions.publish(draft, by=reviewer).state,
        lambda: actions.retract(entry, by=reviewer, reason="A test.").state,
    )
    assert (saved, published, retracted) == (302, "published", "retracted")
    recommendation.refresh_from_db()
    assert (recommendation.headline_en, recommendation.followup_count) == ("New", 1)
