"""Long lists in pages: every row on one page, whatever the order; cursors lead on, and only where they belong."""

import datetime as dt
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.signing import Signer
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.reading import links, parts, words
from tracker.models import Recommendation, Roundtable
from tracker.paging.keyset import Term, after, before, terms_of
from tracker.record.chain import writing
from tracker.views import list_pages

pytestmark = pytest.mark.django_db
UPDATES, LIST = "/updates/", "/recommendations/"

last_heard = F("last_followup_on")
ORDERS: list[tuple[Any, ...]] = [
    ("reference",),
    ("-reference",),
    ("status", "reference"),
    ("-status", "reference"),
    ("-status", "-nature", "-reference"),
    (last_heard.desc(nulls_last=True), "reference"),
    (last_heard.asc(nulls_first=True), "-reference"),
    (last_heard.asc(nulls_last=True), "pk"),
    (last_heard.desc(nulls_first=True), "status", "pk"),
    ("-roundtable__forum__year", F("roundtable__number").asc(nulls_last=True), "number", "pk"),
]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["no_information", "in_progress", "implemented"]),
        st.sampled_from(["request", "principle"]),
        st.none() | st.dates(dt.date(2011, 1, 1), dt.date(2011, 1, 4)),
    ),
    max_size=18,
)
"""Of each recommendation: its roundtable, status, nature and last follow-up; few values, so that many are alike."""


@pytest.fixture
def roundtables() -> list[Roundtable]:
    """A roundtable and the closing part of one Forum, and a roundtable of another."""
    first = factories.RoundtableFactory()
    other = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    return [first, factories.ClosingPartFactory(forum=first.forum), other]


def added(rows: list[tuple[Any, ...]], roundtables: list[Roundtable], first: int = 1) -> None:
    """Write such recommendations, as drafts: paging knows nothing of what they are."""
    with writing():
        Recommendation.objects.bulk_create(
            Recommendation(
                roundtable=roundtables[table],
                number=number,
                reference=f"R{number * 7 % 100:03}",
                status=status,
                nature=nature,
                last_followup_on=heard,
            )
            for number, (table, status, nature, heard) in enumerate(rows, first)
        )


def walk(rows: QuerySet[Recommendation], per_page: int, *, back: bool = False, between: Any = None) -> list[str]:
    """Return the references of all pages, from the first on or from the last back; ``between``: after the first."""
    terms, seen = terms_of(rows), []
    beside = before if back else after
    part = list((rows.reverse() if back else rows)[:per_page])
    while part:
        seen += [row.reference for row in part]
        values = [term.value_of(part[-1]) for term in terms]
        if between:
            between = between()
        part = list(beside(rows, values)[:per_page])
    return seen


@pytest.mark.parametrize("order", ORDERS, ids=str)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_rows=ROWS, one=ROWS.filter(bool), per_page=st.integers(1, 5))
def test_every_row_is_on_one_page_also_when_another_is_added(roundtables, order, given_rows, one, per_page):
    with transaction.atomic():
        added(given_rows, roundtables)
        rows = Recommendation.objects.select_related("roundtable__forum").order_by(*order)
        expected = [row.reference for row in rows]
        assert walk(rows, per_page) == expected
        assert walk(rows, per_page, back=True) == expected[::-1]
        seen = walk(rows, per_page, between=lambda: added(one[:1], roundtables, first=50))
        assert [reference for reference in seen if reference != "R050"] == expected
        transaction.set_rollback(True)


def test_a_column_that_may_be_null_must_say_where_nulls_stand(roundtables):
    added([(0, "in_progress", "request", None)], roundtables)
    with pytest.raises(ValueError, match="last_followup_on can be null"):
        Term("last_followup_on").value_of(Recommendation.objects.get())


def test_a_list_is_not_sorted_by_what_has_no_name():
    with pytest.raises(TypeError, match="sorted by named columns"):
        terms_of(Recommendation.objects.order_by(Lower("reference")))


# Through the pages


def led(client: Client, path: str, rel: str) -> str:
    """Return the address to which a page's link leads."""
    found = re.search(rf'href="([^"]+)"\s+rel="{rel}"', client.get(path).content.decode())
    assert found is not None
    return path.partition("?")[0] + found[1].replace("&amp;", "&")


@pytest.fixture(scope="class")
def record(django_db_setup, django_db_blocker):
    """A record of 120 entries, for several tests that leave it as it is."""
    with django_db_blocker.unblock(), transaction.atomic():
        recommendation = factories.published_recommendation()
        with writing():
            for number in range(120):
                factories.published_entry(recommendation=recommendation, title=f"Entry {number}")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def long_record(record: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the record of 120 entries the first page alone has a number, and hundred rows are counted."""
    monkeypatch.setattr(list_pages, "MOST_NUMBERED", 1)
    monkeypatch.setattr(list_pages, "MOST_COUNTED", 100)


def forged(*said: Any) -> str:
    """Return a cursor that says this, with our signature."""
    return Signer(salt="tracker.cursor").sign_object(list(said))


@pytest.mark.parametrize("text", ["x", "a:b", ":", "🙂", "a" * 7000, "../../etc/passwd", '" OR 1=1', "W10:W10"])
def test_an_altered_cursor_is_refused_in_words(client, text):
    page = client.get(UPDATES, {"cursor": text})
    assert page.status_code == 400
    assert "this one was altered, or a part of it is missing" in words(page)
    assert "The first page" in words(page)
    assert UPDATES in links(page)


def test_a_cursor_of_another_release_is_refused(client):
    for said in ((0, "x", 50, 0, 7), (99,), ("1", "x")):
        page = client.get(UPDATES, {"cursor": forged(*said)})
        assert (page.status_code, "comes from another release" in words(page)) == (400, True)


@pytest.mark.xdist_group("long-record")  # one process makes the record once
class TestALongRecord:
    def test_cursors_lead_to_the_end_and_back(self, client, long_record):
        paths = [UPDATES]
        for _page in range(2):
            paths.append(led(client, paths[-1], "next"))
        pages = [client.get(path) for path in paths]
        assert [len(parts(page, "li.line")) for page in pages] == [50, 50, 20]
        assert [parts(page, "nav.paging") for page in pages] == [
            ["Showing 1–50 of 100+ Next page"],
            ["Previous page Showing 51–100 of 100+ Next page"],
            ["Previous page Showing 101–120 of 100+"],
        ]
        assert parts(pages[1], "title") == ["Updates, from 51 · GFMD recommendation tracker"]
        assert '<link rel="canonical" href="http://testserver/updates/">' in pages[1].content.decode()
        back = client.get(led(client, paths[2], "prev"))
        assert parts(back, "li.line") == parts(pages[1], "li.line")
        start = client.get(led(client, led(client, paths[2], "prev"), "prev"))
        assert parts(start, "li.line") == parts(pages[0], "li.line")
        assert parts(start, "nav.paging") == ["Showing 1–50 of 100+ Next page"]

    def test_an_entry_that_is_added_meanwhile_moves_no_other(self, client, long_record):
        second = led(client, UPDATES, "next")
        before_it = parts(client.get(second), "li.line")
        factories.published_entry(title="New")
        assert parts(client.get(second), "li.line") == before_it
        assert "New" in words(client.get(led(client, led(client, second, "prev"), "prev")))

    def test_a_page_takes_the_same_queries_by_number_and_by_cursor(
        self, client, long_record, django_assert_num_queries
    ):
        second = led(client, UPDATES, "next")
        for path in (UPDATES, second):
            with django_assert_num_queries(5):  # the head, counts, the newest, how many, the entries
                client.get(path)

    def test_a_cursor_with_one_letter_changed_is_refused(self, client, long_record):
        cursor = led(client, UPDATES, "next").partition("cursor=")[2]
        for place in (0, len(cursor) // 2, len(cursor) - 1):
            other = "B" if cursor[place] == "A" else "A"
            assert client.get(f"{UPDATES}?cursor={cursor[:place]}{other}{cursor[place + 1 :]}").status_code == 400

    def test_a_cursor_of_another_list_is_refused(self, client, long_record):
        cursor = led(client, UPDATES, "next").partition("cursor=")[2]
        for number in range(2):
            factories.published_recommendation(headline_en=f"Number {number}")
        for path in (f"{LIST}?cursor={cursor}", f"{LIST}?nature=request&cursor={cursor}"):
            page = client.get(path)
            assert (page.status_code, "belongs to a list with other filters" in words(page)) == (400, True)

    def test_a_cursor_beside_which_nothing_is_left_is_refused(self, client, long_record):
        last = led(client, led(client, UPDATES, "next"), "next")
        name = Signer(salt="tracker.cursor").unsign_object(unquote(last.partition("cursor=")[2]))[1]
        page = client.get(UPDATES, {"cursor": forged(1, name, 120, 0, 0)})
        assert (page.status_code, "nothing is left beside this one" in words(page)) == (400, True)

    def test_a_page_without_a_number_is_refused_with_those_that_have_one(self, client, long_record):
        page = client.get(f"{UPDATES}?page=2")
        assert (page.status_code, "a number from 1 to 1" in words(page)) == (400, True)
