"""The order in which both indexes give what is found: the newest Forum's first, the last published first."""

import pytest
from django.http import QueryDict

from tests.factories import (
    AdministratorFactory,
    FollowUpFactory,
    ForumFactory,
    RecommendationFactory,
    RoundtableFactory,
    published_entry,
    published_recommendation,
)
from tests.reading import links, parts
from tracker import actions
from tracker.filters import RecommendationFilter
from tracker.models import FollowUp, Forum, Recommendation
from tracker.record.chain import writing
from tracker.search import Search, differences, entry_differences, number_of, parse
from tracker.views.paging import PER_PAGE

pytestmark = pytest.mark.django_db
YEARS = (2010, 2047, 2018, 2011)
"""Of several bands, which PostgreSQL looks through one after the other."""


@pytest.fixture
def some_forums() -> dict[int, list[Recommendation]]:
    """Return two recommendations about camels of each Forum, and one that is a draft."""
    made = {}
    for year in YEARS:
        table = RoundtableFactory(forum=ForumFactory(year=year))
        made[year] = [
            published_recommendation(roundtable=table, headline_en="Camels", official_text=text)
            for text in ("Count them.", "Feed the animals.")
        ]
        with writing():
            RecommendationFactory(roundtable=table, headline_en="Camels")
    return made


def first_found(typed: str, most: int) -> set[Recommendation]:
    keys = Search(parse(typed)).published_keys(most, first=True)
    assert keys is not None
    return set(Recommendation.objects.filter(pk__in=keys))


def test_the_first_are_those_of_the_newest_forum_as_they_were_entered(some_forums):
    assert first_found("camel", 3) == {*some_forums[2047], some_forums[2018][0]}
    assert first_found("camel", 100) == {one for made in some_forums.values() for one in made}
    assert first_found('camel "the animals"', 2) == {some_forums[2047][1], some_forums[2018][1]}
    assert first_found("anim*", 1) == {some_forums[2047][1]}
    found = Search(parse("camel")).published_keys(5)
    assert found is not None
    assert number_of(found) == 5


def test_nothing_is_first_where_terms_must_not_be_found(some_forums):
    assert Search(parse("camel -animals")).published_keys(3, first=True) is None
    assert Search(parse("-animals")).latest_keys(3) is None


def test_lines_follow_the_year_of_the_forum(some_forums):
    with writing():
        Forum.objects.filter(year=2047).update(year=2009, ordinal=99)
    assert list(differences()) == []
    assert first_found("camel", 2) == set(some_forums[2018])


def test_pages_with_numbers_are_those_of_the_whole_order(some_forums, monkeypatch):
    monkeypatch.setattr("tracker.filters.filterset.MOST_RANKED", 3)
    chosen = RecommendationFilter.asked(QueryDict("q=camel"))
    whole = list(chosen.sorted(chosen.qs, 8))
    assert whole == [one for year in sorted(YEARS, reverse=True) for one in some_forums[year]]
    assert list(chosen.first(5, 8)) == whole[:5]
    assert list(chosen.first(0, 8)) == whole
    others = RecommendationFilter.asked(QueryDict("q=camel&forum=2010"))
    assert list(others.first(1, 8)) == some_forums[2010]


def test_entries_on_record_stand_from_the_last_published_on():
    made = [published_entry(title=f"Camels {number}") for number in range(4)]
    with writing():
        draft = FollowUpFactory(title="Camels")
    assert list(entry_differences()) == []
    search = Search(parse("camel"))
    assert set(FollowUp.objects.filter(pk__in=search.latest_keys(2))) == set(made[2:])
    assert set(FollowUp.objects.filter(pk__in=search.latest_keys(9))) == set(made)
    assert set(search.matching_entries(FollowUp.objects.all())) == {*made, draft}
    actions.withhold(made[3], by=AdministratorFactory(), reason="An order")
    assert set(FollowUp.objects.filter(pk__in=search.latest_keys(2))) == set(made[1:3])


def test_many_updates_are_read_in_pages_from_the_last_published_on(client, monkeypatch):
    about = published_recommendation()
    for number in range(PER_PAGE + 2):
        published_entry(recommendation=about, title=f"Camels {number}")
    monkeypatch.setattr("tracker.views.updates.MOST_GATHERED", 1)
    monkeypatch.setattr("tracker.views.list_pages.MOST_NUMBERED", 1)
    first = client.get("/updates/?q=camel")
    assert parts(first, "h3") == [f"Camels {number}" for number in range(PER_PAGE + 1, 1, -1)]
    (onwards,) = (link for link in links(first) if "cursor" in link)
    assert parts(client.get(f"/updates/{onwards}"), "h3") == ["Camels 1", "Camels 0"]
