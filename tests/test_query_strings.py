"""The whole query string of the list: whatever it says, never a 500; and its pages hold each recommendation once."""

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.reading import links, words
from tracker.filters import PARAMETERS, SINGLE, RecommendationFilter
from tracker.filters.ordering import SORTS
from tracker.models import Actor, FollowUp, Nature, Standing, Status

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"
GOOD = {
    "q": ["thing", '"thing 1" -two', "th*", "GFMD-2010", "rt1-02", "%"],
    "forum": ["2010", "2011"],
    "roundtable": ["2010-RT1", "2011-RT1", "2010-FUT"],
    "track": ["roundtables", "closing"],
    "status": [one.value for one in Status.of_recommendations()],
    "standing": Standing.values,
    "nature": Nature.values,
    "actor": ["ilo", "all", "Ilo"],
    "kind": Actor.Kind.values,
    "theme": ["return"],
    "relation": [*FollowUp.Relation.values, "none"],
    "last_followup_before": ["2013-01-01"],
    "last_followup_since": ["2012-06-01"],
    "as_of": ["2012-03-01", "2015-01-01", "hld-2013"],
    "sort": list(SORTS),
}
NAMES = [*PARAMETERS, "page", "cursor", "day", "utm_source", "actor__name__startswith", "__class__"]
ODD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ANY = st.lists(
    st.tuples(st.sampled_from(NAMES), ODD | st.sampled_from([value for some in GOOD.values() for value in some])),
    max_size=6,
)
CHOSEN = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), min_size=1, max_size=2) for name, values in GOOD.items()}
)
SLOW = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def record() -> None:
    """Seven recommendations of three roundtables, with readings, actors, themes and dates."""
    ilo = factories.ActorFactory(slug="ilo", name_en="Ilo", kind=Actor.Kind.UN_BODY)
    factories.CollectiveFactory(slug="all", members=[ilo])
    theme = factories.ThemeFactory(slug="return")
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4))
    table = factories.usual_roundtable()
    later = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    closing = factories.ClosingPartFactory(forum=table.forum)
    for roundtable in (table, table, table, later, later, closing, closing):
        one = factories.published_recommendation(roundtable=roundtable, themes=[theme], addressed=[ilo])
        if one.number < 3:
            entry = factories.published_entry(recommendation=one, actor=ilo, occurred_from=dt.date(2012, 1, one.number))
            factories.published_assessment(recommendation=one, rests_on=[entry], occurred_from=dt.date(2012, 2, 1))


@pytest.mark.usefixtures("record")
@SLOW
@given(ANY)
def test_any_query_string_has_an_answer(asked):
    answer = Client().get(f"{LIST}?{urlencode(asked)}")
    assert answer.status_code in {200, 302, 400}


@pytest.mark.usefixtures("record")
@SLOW
@given(CHOSEN)
def test_pages_hold_each_recommendation_of_the_set_once(asked):
    values_of = {name: values[:1] if name in SINGLE else values for name, values in asked.items()}
    address = urlencode(values_of, doseq=True)
    chosen = RecommendationFilter.asked(QueryDict(address))
    answer = Client().get(f"{LIST}?{address}")
    if answer.status_code != 200:
        assert answer.status_code in {302, 400}
        return
    whole = [one.reference for one in chosen.sorted(chosen.qs, 7)]
    assert len(set(whole)) == len(whole)
    assert set(whole) == {one.reference for one in chosen.qs}
    shown = re.findall(r"/recommendations/(GFMD-[\w-]+)/", answer.content.decode())
    if whole:
        assert list(dict.fromkeys(shown)) == whole


def read_through(client: Client, sort: str) -> list[str]:
    """Return the references that the pages of a list show, from the first page to the last."""
    shown: list[str] = []
    address = f"{LIST}?q=thing&sort={sort}"
    while address:
        html = client.get(address).content.decode()
        shown += dict.fromkeys(re.findall(r'class="rec">.*?/recommendations/(GFMD-[\w-]+)/', html, re.DOTALL))
        following = re.findall(r'href="([^"]*)"\s+rel="next"', html)
        address = LIST + following[0].replace("&amp;", "&") if following else ""
    return shown


def test_pages_of_a_long_list_follow_each_other_in_every_order(client):
    for _ in range(53):
        factories.published_recommendation()
    for sort in SORTS:
        chosen = RecommendationFilter.asked(QueryDict(f"q=thing&sort={sort}"))
        whole = [one.reference for one in chosen.sorted(chosen.qs, 53)]
        assert len(whole) == 53
        assert read_through(client, sort) == whole


BAD = {
    "60 kB": ("q=" + "a" * 60_000, 414),
    "NUL": ("q=a%00b", 400),
    "full-text syntax": (urlencode({"q": '" OR * NEAR( NOT'}), 200),
    "wildcards": ("q=%25&status=", 302),
    "an underscore": ("q=_", 200),
    "an emoji": (urlencode({"q": "🙂"}), 200),
    "500 words": (urlencode({"q": "a b " * 120}), 200),
    "more letters than anybody types": (urlencode({"q": "word " * 500}), 400),
    "an unknown status": ("status=abc", 400),
    "a Python name": ("sort=__class__", 400),
    "a lookup": ("actor__name__startswith=a", 200),
    "no date": ("last_followup_since=9999-99-99", 400),
    "no day": ("as_of=9999-99-99", 400),
    "a value 200 times": ("&".join(["status=implemented"] * 200), 200),
    "200 values": ("&".join(f"theme=t{number}" for number in range(200)), 400),
    "two of what is single": ("as_of=2013-01-01&as_of=2014-01-01", 400),
}


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_answered_in_words(client, prefix, kind):
    query, status = BAD[kind]
    page = client.get(f"{prefix}{LIST}?{query}")
    assert page.status_code == status
    if status != 302:
        assert len(words(page)) > 100
        assert f"{prefix}{LIST}" in links(page)
