"""The same request in several Forums is told as one story, on the pages of its recommendations and themes."""

import pytest

from tests import factories
from tests.reading import parts, words
from tracker.models import Recommendation
from tracker.views.story import stories, story_of

pytestmark = pytest.mark.django_db


def said(year: int, headline: str, **draft) -> Recommendation:
    """Return a published recommendation of a Forum of its own."""
    table = factories.RoundtableFactory(forum=factories.ForumFactory(year=year))
    return factories.published_recommendation(roundtable=table, headline_en=headline, **draft)


@pytest.fixture
def told():
    """2008 ← 2010 ← 2016, and 2008 ← 2012: one story; 2009 ← 2011: another; 2014 alone."""
    themes = [factories.ThemeFactory(slug="pensions")]
    found = {year: said(year, f"Said in {year}", themes=themes) for year in (2008, 2009, 2010, 2011, 2012, 2014, 2016)}
    for earlier, later in ((2008, 2010), (2010, 2016), (2008, 2012), (2009, 2011)):
        factories.ReiterationFactory(earlier=found[earlier], later=found[later])
    return found


def years(story) -> list[int]:
    return [one.roundtable.forum.year for one in story]


def test_a_story_holds_all_that_is_tied_in_either_direction_as_it_was_said(told):
    for year in (2008, 2010, 2012, 2016):
        assert years(story_of(told[year])) == [2008, 2010, 2012, 2016]
    assert years(story_of(told[2011])) == [2009, 2011]
    assert story_of(told[2014]) == []


def test_stories_are_told_apart(told, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = stories(one.pk for one in told.values())
    assert [years(story) for story in found] == [[2008, 2010, 2012, 2016], [2009, 2011]]
    with django_assert_num_queries(1):
        assert stories([told[2014].pk]) == []
    assert stories([]) == []


def test_a_circle_ends(told):
    factories.ReiterationFactory(earlier=told[2016], later=told[2008])
    assert years(story_of(told[2010])) == [2008, 2010, 2012, 2016]


def test_drafts_are_in_no_story(told):
    draft = factories.RecommendationFactory(headline_en="Not yet")
    factories.ReiterationFactory(earlier=told[2014], later=draft)
    assert (story_of(told[2014]), stories([told[2014].pk])) == ([], [])


def test_the_page_of_a_recommendation_tells_its_story_and_marks_its_own_place(client, told):
    page = client.get(told[2010].get_absolute_url())
    assert parts(page, "ol.story")[0].startswith("City 2008 2008 Said in 2008 RT1-01 No information City 2010 2010")
    assert '<b aria-current="true">Said in 2010</b>' in page.content.decode()
    assert "Asked for again" not in words(client.get(told[2014].get_absolute_url()))


def test_the_page_of_a_past_day_keeps_it_and_says_no_status_of_today(client, told):
    page = client.get(told[2016].get_absolute_url() + "?as_of=2017-01-01")
    assert f'href="{told[2008].get_absolute_url()}?as_of=2017-01-01"' in page.content.decode()
    assert "No information" not in parts(page, "ol.story")[0]


def test_the_page_of_a_theme_tells_each_story_once(client, told):
    page = client.get("/themes/pensions/")
    assert len(parts(page, "ol.story")) == 2
    assert "2014" not in " ".join(parts(page, "ol.story"))


def test_the_page_of_a_theme_without_one_has_no_such_heading(client):
    factories.published_recommendation(themes=[factories.ThemeFactory(slug="gender")])
    assert "Asked for again" not in words(client.get("/themes/gender/"))
