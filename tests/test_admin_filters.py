"""The filters of the desk's lists: what each leaves, what is refused, and that nothing is counted twice."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin_desk import Desk
from tests.factories import (
    ActorFactory,
    AssessmentFactory,
    EditorFactory,
    FollowUpFactory,
    ForumFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
    ThemeFactory,
    published_recommendation,
)
from tracker.models import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(ReviewerFactory())


def listed(desk: Desk, name: str, query: str) -> set[Any]:
    answer = desk.open(f"{name}_changelist", query=query)
    assert answer.status_code == 200
    return set(answer.context["cl"].result_list)


def offered(desk: Desk, name: str, query: str = "") -> list[str]:
    return [spec.title for spec in desk.open(f"{name}_changelist", query=query).context["cl"].filter_specs]


def test_entries_of_mine(desk: Desk) -> None:
    mine = FollowUpFactory(created_by=desk.user)
    FollowUpFactory(created_by=EditorFactory())
    assert listed(desk, "followup", "?author=me") == {mine}


def test_entries_with_evidence_and_without(desk: Desk) -> None:
    with_it, without = FollowUpFactory(evidence=2), FollowUpFactory(evidence=0)
    assert listed(desk, "followup", "?evidence=yes") == {with_it}
    assert listed(desk, "followup", "?evidence=no") == {without}


def test_entries_of_a_forum(desk: Desk) -> None:
    FollowUpFactory()
    other = RoundtableFactory(forum=ForumFactory())
    entry = FollowUpFactory(recommendation=published_recommendation(roundtable=other))
    assert listed(desk, "followup", f"?recommendation__roundtable__forum__id__exact={other.forum_id}") == {entry}


def test_recommendations_with_a_theme(desk: Desk) -> None:
    wanted, unwanted = ThemeFactory(), ThemeFactory()
    found, other = RecommendationFactory(), RecommendationFactory()
    found.themes.set([wanted, unwanted])
    other.themes.set([unwanted])
    assert listed(desk, "recommendation", f"?theme={wanted.pk}") == {found}
    assert listed(desk, "recommendation", f"?theme={unwanted.pk}") == {found, other}


def test_entries_of_a_kind_of_actor(desk: Desk) -> None:
    entry = FollowUpFactory(actor=ActorFactory(kind=Actor.Kind.UN_BODY))
    FollowUpFactory(actor=ActorFactory(kind=Actor.Kind.GOVERNMENT))
    AssessmentFactory()
    assert listed(desk, "followup", "?kind=un_body") == {entry}


@pytest.mark.parametrize("query", ["?author=them", "?evidence=perhaps"])
def test_a_choice_that_is_none_is_refused(desk: Desk, query: str) -> None:
    answer = desk.open("followup_changelist", query=query)
    assert (answer.status_code, answer.url) == (302, desk.address("followup_changelist") + "?e=1")


def test_the_roundtables_of_the_chosen_forum(desk: Desk) -> None:
    part, other = RoundtableFactory(), RoundtableFactory()
    elsewhere = RoundtableFactory(forum=ForumFactory())
    wanted, unwanted = RecommendationFactory(roundtable=part), RecommendationFactory(roundtable=other)
    far = RecommendationFactory(roundtable=elsewhere)
    forum = f"?roundtable__forum__id__exact={part.forum_id}"
    assert "roundtable" not in offered(desk, "recommendation")
    assert "roundtable" in offered(desk, "recommendation", forum)
    assert listed(desk, "recommendation", forum) == {wanted, unwanted}
    assert listed(desk, "recommendation", f"{forum}&part={part.pk}") == {wanted}
    # Another Forum was chosen after the roundtable: the roundtable is forgotten, the list is not empty.
    assert listed(desk, "recommendation", f"?roundtable__forum__id__exact={elsewhere.forum_id}&part={part.pk}") == {far}


@pytest.mark.parametrize("key", ["x", "²", "9" * 30])
def test_a_forum_that_is_none_breaks_nothing(desk: Desk, key: str) -> None:
    answer = desk.open("recommendation_changelist", query=f"?roundtable__forum__id__exact={key}")
    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("name", ["followup", "recommendation", "actor", "roundtable"])
def test_a_list_counts_its_rows_once(desk: Desk, name: str) -> None:
    FollowUpFactory.create_batch(3)
    with CaptureQueriesContext(connection) as queries:
        page = desk.open(f"{name}_changelist", query="?_facets=True")
    counts = [query["sql"] for query in queries if "COUNT(*)" in query["sql"]]
    assert len(counts) == 1
    assert page.content.decode().count("<option") <= 4  # of actions, and none picked; no row is an option
