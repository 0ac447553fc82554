"""Every action is written whole or not at all: it fails where its last row is written, and nothing has changed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models.signals import post_save

from tests.factories import (
    AdministratorFactory,
    FollowUpFactory,
    RecommendationFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tests.tampering import dump
from tracker import actions
from tracker.actions import Reading
from tracker.models import FollowUp, Recommendation, User

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """Happens in the middle."""


@pytest.fixture
def power_cut() -> Iterator[Callable[[], None]]:
    """Return what makes every further save of an entry or a recommendation fail, after it was written."""

    def fail(**facts: Any) -> None:
        raise PowerCut

    def cut() -> None:
        for model in (FollowUp, Recommendation):
            post_save.connect(fail, sender=model)

    yield cut
    for model in (FollowUp, Recommendation):
        post_save.disconnect(fail, sender=model)


def _correct(by: User) -> Callable[[], Any]:
    entry = published_entry()
    draft = actions.start_correction(entry, by=by)
    return lambda: actions.correct(entry, by=by, replacement=draft, reason="A slip")


def _retract(by: User) -> Callable[[], Any]:
    entry = published_entry()
    assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
    return lambda: actions.retract(entry, by=by, reason="Wrong", together_with=[assessment])


def _withhold(by: User) -> Callable[[], Any]:
    entry = published_entry()
    return lambda: actions.withhold(entry, by=by, reason="A court order")


def _assess(by: User) -> Callable[[], Any]:
    entry = published_entry()
    facts = {"status": "in_progress", "standing": "provisional", "reasoning": "So.", "remaining": "Much."}
    return lambda: actions.assess(
        entry.recommendation, by=by, occurred_from=entry.occurred_from, rests_on=[entry], **facts
    )


def _publish(by: User) -> Callable[[], Any]:
    draft = FollowUpFactory()
    return lambda: actions.publish(draft, by=by)


def _submit(by: User) -> Callable[[], Any]:
    draft = FollowUpFactory()
    return lambda: actions.submit(draft, by=by)


def _submit_together(by: User) -> Callable[[], Any]:
    drafts = [FollowUpFactory(), FollowUpFactory()]
    return lambda: actions.submit_together(drafts, by=by)


def _log_on_others(by: User) -> Callable[[], Any]:
    draft, others = FollowUpFactory(), [published_recommendation(), published_recommendation()]
    return lambda: actions.log_on_others(draft, recommendations=others, by=by)


def _publish_and_assess(by: User) -> Callable[[], Any]:
    draft = FollowUpFactory()
    facts = {"status": "in_progress", "reasoning": "So.", "remaining": "Much."}
    return lambda: actions.publish_and_assess(draft, by=by, **facts)


def _publish_recommendation(by: User) -> Callable[[], Any]:
    draft = RecommendationFactory()
    return lambda: actions.publish_recommendation(draft, by=by)


def _correct_official_text(by: User) -> Callable[[], Any]:
    recommendation = published_recommendation()
    return lambda: actions.correct_official_text(recommendation, by=by, text="Other words.", reason="A misprint")


def _withdraw(by: User) -> Callable[[], Any]:
    recommendation = published_recommendation()
    return lambda: actions.withdraw_recommendation(recommendation, by=by, reason="Not one")


def _assess_several(by: User) -> Callable[[], Any]:
    day = published_entry().occurred_from
    reading = Reading(status="no_information", standing="provisional", reasoning="So.", occurred_from=day)
    readings = {published_recommendation(): reading for _number in range(2)}
    return lambda: actions.assess_several(readings, by=by)


def _publish_several(by: User) -> Callable[[], Any]:
    drafts = FollowUpFactory.create_batch(2)
    return lambda: actions.publish_several(drafts, by=by)


def _return_several(by: User) -> Callable[[], Any]:
    entries = [actions.submit(draft, by=by) for draft in FollowUpFactory.create_batch(2)]
    return lambda: actions.return_several(entries, by=by, reason="Which page?")


ACTIONS = (
    *(_submit, _publish, _assess, _retract, _correct, _withhold),
    *(_submit_together, _log_on_others, _publish_and_assess),
    *(_assess_several, _publish_several, _return_several),
    *(_publish_recommendation, _correct_official_text, _withdraw),
)


@pytest.mark.parametrize("prepare", ACTIONS, ids=lambda prepare: prepare.__name__.strip("_"))
def test_interrupted_action_leaves_nothing(
    prepare: Callable[[User], Callable[[], Any]], power_cut: Callable[[], None]
) -> None:
    act = prepare(AdministratorFactory())
    before = dump()
    power_cut()
    with pytest.raises(PowerCut):
        act()
    assert dump() == before
