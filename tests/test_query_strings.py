"""The whole query string of the list: whatever it says, never a 500; and its pages hold each recommendation once."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given

from tests import factories
from tests.query_strings import ANY, CHOSEN, LIST, SLOW, make_record, read_through, single
from tests.reading import links, words
from tracker.filters import RecommendationFilter
from tracker.filters.ordering import SORTS
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> None:
    make_record()


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
    address = urlencode(single(asked), doseq=True)
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


def test_pages_of_a_long_list_follow_each_other_in_every_order(client):
    with writing():
        for _ in range(53):
            factories.published_recommendation()
    for sort in SORTS:
        chosen = RecommendationFilter.asked(QueryDict(f"q=thing&sort={sort}"))
        whole = [one.reference for one in chosen.sorted(chosen.qs, 53)]
        assert len(whole) == 53
        assert read_through(client, f"q=thing&sort={sort}") == whole


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
def test_bad_input_is_answered_in_words(client, prefix):
    for kind, (query, status) in BAD.items():
        page = client.get(f"{prefix}{LIST}?{query}")
        assert (kind, page.status_code) == (kind, status)
        if status != 302:
            assert len(words(page)) > 100, kind
            assert f"{prefix}{LIST}" in links(page), kind
