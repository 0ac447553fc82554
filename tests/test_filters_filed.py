"""What is read from filings is what the slow, obvious query finds, in the order of the documents."""

import datetime as dt
from itertools import combinations

import pytest
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from tests import factories
from tracker.filters import RecommendationFilter
from tracker.filters.finding import found_rows
from tracker.filters.past import concerned_then, related_then
from tracker.models import Actor, FollowUp, Recommendation, Responsibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> None:
    """Two Forums; a collective in another; who is addressed, acted and took part; two themes."""
    ilo, iom = factories.ActorFactory(slug="ilo", kind=Actor.Kind.UN_BODY), factories.ActorFactory(slug="iom")
    inner = factories.CollectiveFactory(slug="inner", members=[ilo])
    factories.CollectiveFactory(slug="outer", members=[inner, iom])
    themes = [factories.ThemeFactory(slug=slug) for slug in ("gender", "return")]
    for year in (2012, 2010, 2014):
        table = factories.RoundtableFactory(forum=factories.ForumFactory(year=year))
        first = factories.published_recommendation(roundtable=table, themes=themes, addressed=[inner])
        second = factories.published_recommendation(roundtable=table, themes=themes[:1], addressed=[ilo, iom])
        factories.published_recommendation(roundtable=table, themes=themes[1:])
        factories.published_entry(recommendation=first, actor=iom, partners=[ilo])
        factories.published_entry(recommendation=second, actor=ilo, relation=FollowUp.Relation.REFERS_TO_FORUM)


def obvious(name: str, values: list[str]) -> Q:
    """The condition over the tables from which the filings follow."""
    whom = Responsibility.objects.filter(recommendation=OuterRef("pk"), actor__kind__in=values)
    themed = Recommendation.objects.filter(themes__slug__in=values)
    return {
        "actor": lambda: concerned_then(values, dt.date.max),
        "kind": lambda: Q(Exists(whom)),
        "theme": lambda: Q(pk__in=themed.values("pk")),
        "relation": lambda: related_then(values, dt.date.max),
    }[name]()


VALUES = {
    "actor": ("ilo", "iom", "inner", "outer"),
    "kind": ("un_body", "government"),
    "theme": ("gender", "return"),
    "relation": ("none", "refers_to_forum", "same_subject"),
}


@pytest.mark.usefixtures("record")
def test_each_choice_and_each_pair_of_choices():
    choices = [(name, value) for name, values in VALUES.items() for value in values]
    for chosen in [*combinations(choices, 1), *combinations(choices, 2)]:
        wanted = Recommendation.objects.published()
        for name in VALUES:
            if values := [value for one, value in chosen if one == name]:
                wanted = wanted.filter(obvious(name, values))
        address = "&".join(f"{name}={value}" for name, value in chosen)
        found = found_rows(RecommendationFilter.asked(QueryDict(address)))
        slow = wanted.order_by("-roundtable__forum__year", "roundtable__number", "number")
        assert [one.reference for one in found] == [one.reference for one in slow], address
