"""Whom recommendations address."""

import pytest

from tests.factories import CollectiveFactory, EditorFactory, RecommendationFactory, ResponsibilityFactory, UserFactory
from tests.refusals import assert_refused
from tracker.actions.addressing import address_actors
from tracker.models import Recommendation, Responsibility

pytestmark = pytest.mark.django_db


def test_choices_are_made_rows_and_what_is_not_chosen_stays() -> None:
    row = ResponsibilityFactory(addressed="explicit")
    gone, other = ResponsibilityFactory(recommendation=row.recommendation), ResponsibilityFactory()
    new = CollectiveFactory()
    choices = {
        row.recommendation_id: {row.actor_id: "inferred", gone.actor_id: "", new.pk: "explicit"},
        other.recommendation_id: {other.actor_id: "explicit", new.pk: ""},
    }
    assert address_actors(choices, by=EditorFactory()) == [row.recommendation_id]
    rows = Responsibility.objects.order_by("pk").values_list("recommendation", "actor", "addressed")
    assert list(rows) == [
        (row.recommendation_id, row.actor_id, "inferred"),
        (other.recommendation_id, other.actor_id, "explicit"),
        (row.recommendation_id, new.pk, "explicit"),
    ]
    versions = dict(Recommendation.objects.values_list("pk", "version"))
    assert versions == {row.recommendation_id: 2, other.recommendation_id: 1}
    assert row.history.count() == 2


def test_not_allowed() -> None:
    recommendation, actor = RecommendationFactory(), CollectiveFactory()
    assert_refused("not_allowed", address_actors, {recommendation.pk: {actor.pk: "explicit"}}, by=UserFactory())
