"""How many recommendations are found, and beside each choice how many one would get: as many as one then gets."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import factories
from tracker.filters import RecommendationFilter, counts
from tracker.filters.parameters import SEVERAL
from tracker.models import Actor, FollowUp, Nature, Status

pytestmark = pytest.mark.django_db
MODULE = "tracker.filters.counting"


def asked(query: str) -> RecommendationFilter:
    return RecommendationFilter.asked(QueryDict(query))


def got_with(query: str, name: str, value: str) -> int:
    """Return how many are found where the only choice of a parameter is this one."""
    address = QueryDict(query, mutable=True)
    address[name] = value
    chosen = RecommendationFilter.asked(address)
    assert chosen.refusal() is None
    return len(chosen.qs)


@pytest.fixture
def record() -> None:
    """Two Forums with a closing part; two collectives, one in the other; readings, partners, follow-ups on dates."""
    forum = factories.usual_forum()
    ilo, iom = factories.ActorFactory(slug="ilo", kind=Actor.Kind.UN_BODY), factories.ActorFactory(slug="iom")
    inner = factories.CollectiveFactory(slug="inner", members=[ilo])
    factories.CollectiveFactory(slug="outer", members=[inner, iom])
    return_, gender = factories.ThemeFactory(slug="return"), factories.ThemeFactory(slug="gender")
    table = factories.usual_roundtable()
    first = factories.published_recommendation(roundtable=table, themes=[return_, gender], addressed=[inner, ilo])
    second = factories.published_recommendation(roundtable=table, nature=Nature.PRINCIPLE, themes=[gender])
    third = factories.published_recommendation(roundtable=factories.ClosingPartFactory(forum=forum), addressed=[iom])
    later = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    factories.published_recommendation(roundtable=later, themes=[return_])
    found = factories.published_entry(
        recommendation=first, actor=iom, partners=[ilo], occurred_from=dt.date(2012, 1, 1)
    )
    factories.published_entry(
        recommendation=first, actor=iom, relation=FollowUp.Relation.REFERS_TO_FORUM, occurred_from=dt.date(2014, 1, 1)
    )
    factories.published_entry(recommendation=third, actor=ilo, occurred_from=dt.date(2014, 1, 1))
    factories.published_assessment(recommendation=first, rests_on=[found], occurred_from=dt.date(2012, 2, 1))
    factories.RecommendationFactory(roundtable=table, themes=[return_])
    assert second.status == Status.NO_INFORMATION


ASKED = [
    "",
    "forum=2010",
    "forum=2010&forum=2011&status=no_information",
    "status=in_progress&standing=provisional",
    "theme=gender&nature=request",
    "actor=ilo&actor=outer",
    "kind=un_body&relation=none",
    "relation=refers_to_forum&theme=return",
    "track=roundtables&q=thing",
    "as_of=2013-01-01",
    "as_of=2013-01-01&actor=iom&status=in_progress",
    "as_of=2010-12-01&relation=none",
    "last_followup_since=2013-01-01",
]


@pytest.mark.usefixtures("record")
def test_the_number_beside_a_choice_is_what_one_gets_with_it():
    for query in ASKED:
        chosen = asked(query)
        counted = counts(chosen)
        assert counted.total == len(chosen.qs), query
        assert sorted(counted.beside) == sorted(SEVERAL), query
        offered = {name: [value for value, _words in chosen.choices(name)] for name in SEVERAL}
        said = {(name, value): counted.beside[name].get(value, 0) for name in SEVERAL for value in offered[name]}
        assert said == {(name, value): got_with(query, name, value) for name, value in said}, query


@pytest.mark.usefixtures("record")
def test_all_numbers_take_one_query_and_of_the_whole_record_two(django_assert_num_queries):
    for query, queries in (("status=in_progress&forum=2010&actor=ilo&theme=gender", 1), ("sort=status", 2)):
        chosen = asked(query)
        with django_assert_num_queries(queries):
            counts(chosen)


@pytest.mark.usefixtures("record")
def test_the_tally_is_by_kind_of_roundtable_status_and_standing():
    assert sorted(counts(asked("forum=2010")).tally) == [
        ("closing", "no_information", "", 1),
        ("roundtable", "in_progress", "provisional", 1),
        ("roundtable", "no_information", "", 1),
    ]
    assert sorted(counts(asked("as_of=2011-01-01")).tally) == [
        ("closing", "no_information", "", 1),
        ("roundtable", "no_information", "", 2),
    ]


@pytest.mark.usefixtures("record")
def test_numbers_beside_choices_are_left_out_where_many_are_found(monkeypatch):
    monkeypatch.setattr(f"{MODULE}.MOST_BESIDE", 1)
    assert counts(asked("forum=2010")).beside == {}
    found = counts(asked("theme=return&forum=2011"))
    assert (found.total, found.more) == (1, False)
    assert found.beside["status"] == {"no_information": 1}
    assert set(SEVERAL) - set(found.beside) == {"forum"}
    assert counts(asked("sort=status")).beside == {}


@pytest.mark.usefixtures("record")
def test_no_more_are_counted_than_is_quick(monkeypatch):
    monkeypatch.setattr(f"{MODULE}.MOST_COUNTED", 2)
    monkeypatch.setattr(f"{MODULE}.MOST_TALLIED", 2)
    found = counts(asked("forum=2010"))
    assert (found.total, found.more, found.tally) == (2, True, [])


@pytest.mark.usefixtures("record")
def test_of_many_only_their_number_is_said(monkeypatch, client):
    monkeypatch.setattr(f"{MODULE}.MOST_TALLIED", 2)
    found = counts(asked("forum=2010"))
    assert (found.total, found.more, found.tally) == (3, False, [])
    assert "3 recommendations match these filters." in client.get("/recommendations/?forum=2010").content.decode()
    assert sum(number for *_what, number in counts(asked("as_of=2011-01-01")).tally) == 3


@pytest.mark.usefixtures("record")
def test_the_whole_record_is_counted_to_its_end_since_its_numbers_are_kept(monkeypatch):
    monkeypatch.setattr(f"{MODULE}.MOST_COUNTED", 2)
    monkeypatch.setattr(f"{MODULE}.MOST_BESIDE", 2)
    found = counts(asked(""))
    assert (found.total, found.more) == (4, False)
    assert sum(number for *_what, number in found.tally) == 4
