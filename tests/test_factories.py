"""Every model has its factory, and each makes a row without being told anything."""

import pytest
from django.apps import apps
from simple_history.models import HistoricalChanges

from tests import factories
from tests.factories import FOLLOWING
from tracker.models import FollowUp, User
from tracker.record.verification import verify

MODELS = [model for model in apps.get_app_config("tracker").get_models() if not issubclass(model, HistoricalChanges)]
FACTORIES = [
    made
    for name, made in vars(factories).items()
    if name.endswith("Factory") and not name.startswith("_") and made.__module__ == factories.__name__
]


def test_every_model_has_its_factory() -> None:
    assert {made._meta.model for made in FACTORIES} | set(FOLLOWING) == set(MODELS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "made", [made for made in FACTORIES if made is not factories.ClosingPartFactory], ids=lambda made: made.__name__
)
def test_factory_twice_makes_two_rows(made: type) -> None:
    assert made().pk != made().pk


@pytest.mark.django_db
def test_closing_part_is_made_once_a_forum_and_counted_apart() -> None:
    assert factories.ClosingPartFactory().track == "closing"
    assert factories.ClosingPartFactory(forum=factories.ForumFactory()).forum.year == 2011


@pytest.mark.django_db
def test_published_helpers_leave_a_record_that_verifies() -> None:
    entry = factories.published_entry()
    factories.published_report(recommendation=entry.recommendation, status="in_progress")
    factories.published_assessment(recommendation=entry.recommendation, status="implemented", rests_on=[entry])
    entry.recommendation.refresh_from_db()
    references = FollowUp.objects.order_by("sequence").values_list("reference", flat=True)
    assert list(references) == ["GFMD-2010-RT1-01-F1", "GFMD-2010-RT1-01-F2", "GFMD-2010-RT1-01-A1"]
    assert (entry.recommendation.status, entry.recommendation.followup_count) == ("implemented", 2)
    assert verify().problems == []


@pytest.mark.django_db
def test_accounts_have_the_rights_of_their_groups_and_no_others() -> None:
    verbs = ["submit_followup", "publish_followup", "withhold_followup"]

    def rights(user: User) -> list[str]:
        return [verb for verb in verbs if user.has_perm(f"tracker.{verb}")]

    assert rights(factories.UserFactory()) == []
    assert rights(factories.EditorFactory()) == verbs[:1]
    assert rights(factories.ReviewerFactory()) == verbs[:2]
    assert rights(factories.AdministratorFactory()) == verbs
    assert factories.EditorFactory(password="a long password").check_password("a long password")
