"""What a recommendation repeats, chosen at the desk."""

import pytest

from tests.admin_desk import Desk, said
from tests.factories import (
    EditorFactory,
    ForumFactory,
    RecommendationFactory,
    RoundtableFactory,
    UserFactory,
    published_recommendation,
)
from tests.refusals import assert_refused
from tracker.actions.reiterating import reiterate
from tracker.models import Recommendation, Reiteration

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Recommendation, Recommendation]:
    """Make a published recommendation of 2010 and a draft of 2011 that repeats its words."""
    text = "Recognise <b>certificates</b> of nurses."
    earlier = published_recommendation(roundtable=RoundtableFactory(forum=ForumFactory(year=2010)), official_text=text)
    later = RecommendationFactory(roundtable=RoundtableFactory(forum=ForumFactory(year=2011)), official_text=text)
    return earlier, later


def test_the_likeliest_is_suggested_and_ticked(pair: tuple[Recommendation, Recommendation]) -> None:
    earlier, later = pair
    desk = Desk(EditorFactory())
    page = desk.open("recommendation_reiterations", later.pk)
    assert [one.recommendation for one in page.context["likeliest"]] == [earlier]
    assert "Recognise <b>" not in page.content.decode()
    answer = desk.send("recommendation_reiterations", later.pk, typed={"earlier": [earlier.pk]})
    assert said(desk.client.get(answer.url)) == ["It repeats 1 recommendation more."]
    assert list(Reiteration.objects.values_list("later", "earlier")) == [(later.pk, earlier.pk)]
    later.refresh_from_db()
    assert later.version == 2
    again = desk.send("recommendation_reiterations", later.pk, typed={"earlier": [earlier.pk]})
    assert (again.status_code, Reiteration.objects.count()) == (200, 1)


@pytest.mark.parametrize(("sought", "number"), [("nurses RECOGNISE", 1), ("nurses towns", 0), ("x" * 201, 0), ("%", 0)])
def test_others_are_searched_for(pair: tuple[Recommendation, Recommendation], sought: str, number: int) -> None:
    page = Desk(EditorFactory()).open("recommendation_reiterations", pair[1].pk, query=f"?q={sought}")
    assert len(page.context["found"]) == number


def test_what_is_no_earlier_one_is_refused(pair: tuple[Recommendation, Recommendation]) -> None:
    earlier, later = pair
    desk = Desk(EditorFactory())
    for key in (later.pk, 10**12, "x"):
        answer = desk.send("recommendation_reiterations", later.pk, typed={"earlier": [earlier.pk, key]})
        assert answer.status_code == 200
    assert desk.send("recommendation_reiterations", later.pk, typed={}).context["form"].errors["earlier"] == [
        "Tick what it repeats."
    ]
    assert Reiteration.objects.count() == 0


def test_the_form_of_the_recommendation_leads_there(pair: tuple[Recommendation, Recommendation]) -> None:
    desk, later = Desk(EditorFactory()), pair[1]
    page = desk.open("recommendation_change", later.pk).content.decode()
    assert desk.address("recommendation_reiterations", later.pk) in page
    answer = desk.client.get(desk.address("recommendation_reiterations", 10**12), follow=True)
    assert said(answer) == ["recommendation with ID “1000000000000” doesn’t exist. Perhaps it was deleted?"]


def test_not_allowed(pair: tuple[Recommendation, Recommendation]) -> None:
    earlier, later = pair
    assert_refused("not_allowed", reiterate, later, earlier=[earlier], by=UserFactory())
