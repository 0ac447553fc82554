"""Query strings of the list of recommendations, good ones and any, with a small record on which they find something."""

import datetime as dt
import re

from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests import factories
from tracker.filters import PARAMETERS, SINGLE
from tracker.filters.ordering import SORTS
from tracker.models import Actor, FollowUp, Nature, Standing, Status

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


def make_record() -> None:
    """Make seven recommendations of three roundtables, with readings, actors, themes and dates."""
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


def single(asked: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what is asked with one value of each parameter that takes one."""
    return {name: values[:1] if name in SINGLE else values for name, values in asked.items()}


def read_through(client: Client, query: str) -> list[str]:
    """Return the references that the pages of a list show, from the first page to the last."""
    shown: list[str] = []
    address = f"{LIST}?{query}"
    while address:
        html = client.get(address, follow=True).content.decode()
        shown += dict.fromkeys(re.findall(r'class="rec">.*?/recommendations/(GFMD-[\w-]+)/', html, re.DOTALL))
        following = re.findall(r'href="([^"]*)"\s+rel="next"', html)
        address = LIST + following[0].replace("&amp;", "&") if following else ""
    return shown
