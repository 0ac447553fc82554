"""What lists are sorted by follows whatever is written, and by whatever way."""

import pytest

from tests.factories import ForumFactory, RoundtableFactory, published_assessment, published_recommendation
from tracker.models import Forum, Recommendation, Roundtable
from tracker.record.places import misplaced, place_all

pytestmark = pytest.mark.django_db


def in_order() -> list[str]:
    return list(Recommendation.objects.in_order().values_list("reference", flat=True))


def placed(recommendation: Recommendation) -> tuple[int, int, int]:
    row = Recommendation.objects.filter(pk=recommendation.pk).values_list("place", "forum_year", "status_place")
    return row.get()


def test_newest_forum_first_closing_part_last_then_by_number() -> None:
    old, new = ForumFactory(year=2010), ForumFactory(year=2012)
    closing = RoundtableFactory(forum=new, code="FUT", kind="closing", number=None)
    second, tenth = (RoundtableFactory(forum=new, code=f"RT{number}", number=number) for number in (2, 10))
    for roundtable, number in ((RoundtableFactory(forum=old, code="RT1", number=1), 1), (closing, 1), (tenth, 1)):
        published_recommendation(roundtable=roundtable, number=number)
    for number in (11, 2):
        published_recommendation(roundtable=second, number=number)
    assert in_order() == [
        "GFMD-2012-RT2-02",
        "GFMD-2012-RT2-11",
        "GFMD-2012-RT10-01",
        "GFMD-2012-FUT-01",
        "GFMD-2010-RT1-01",
    ]


def test_new_drafts_have_their_places_however_many_are_written_at_once() -> None:
    roundtable = RoundtableFactory(forum=ForumFactory(year=2012), number=2)
    rows = [Recommendation(roundtable=roundtable, number=number, reference=f"R-{number}") for number in (1, 2)]
    Recommendation.objects.bulk_create(rows)
    assert [placed(row) for row in rows] == [(7988_00002_00001, 2012, 7), (7988_00002_00002, 2012, 7)]


def test_a_place_follows_the_year_of_its_forum_and_the_number_of_its_roundtable() -> None:
    recommendation = published_recommendation()
    roundtable = recommendation.roundtable
    Forum.objects.filter(pk=roundtable.forum_id).update(year=2031)
    Roundtable.objects.filter(pk=roundtable.pk).update(number=7)
    assert placed(recommendation) == (7969_00007_00000 + recommendation.number, 2031, 7)
    assert list(misplaced()) == []


def test_the_place_of_a_status_follows_its_reading() -> None:
    recommendation = published_recommendation()
    published_assessment(recommendation=recommendation, status="in_progress")
    assert placed(recommendation)[2] == 2


def test_a_place_that_is_written_by_hand_is_put_right_in_the_same_statement() -> None:
    recommendation = published_recommendation()
    right = placed(recommendation)
    Recommendation.objects.filter(pk=recommendation.pk).update(place=1, forum_year=1, status_place=1)
    assert placed(recommendation) == right
    place_all()
    assert list(misplaced()) == []
