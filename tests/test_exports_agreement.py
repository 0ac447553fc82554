"""What one sees is what one takes away: page, files and API hold the same recommendations in the same order."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given

from tests import factories, pdfs
from tests.exported import csv_rows, json_rows, taken, xlsx_rows
from tests.query_strings import CHOSEN, LIST, SLOW, make_record, read_through, single
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
QUERIES = [
    "",
    "forum=2010",
    "forum=2010&forum=2011",
    "forum=2011&status=in_progress",
    "roundtable=2010-RT1",
    "roundtable=2010-FUT&roundtable=2011-RT1",
    "track=closing",
    "track=roundtables&sort=forum",
    "status=in_progress",
    "status=in_progress&status=no_information&sort=-status",
    "standing=provisional",
    "nature=request",
    "actor=ilo",
    "actor=Ilo",
    "actor=all&theme=return",
    "kind=un_body",
    "relation=same_subject",
    "relation=none",
    "last_followup_before=2013-01-01",
    "last_followup_since=2012-01-02&sort=last_followup",
    "as_of=hld-2013",
    "as_of=2012-01-15&status=no_information",
    "as_of=2012-03-01&sort=-last_followup",
    "q=thing",
    "q=thin",
    "q=%22thing+1%22&sort=-relevance",
    "q=GFMD-2010",
    "q=GFMD-2010-RT1-02",
    "q=thing&sort=-reference&page=1&utm_source=mail",
    "status=&forum=2010&day=2012-03-01",
    "q=nowhere",
]


@pytest.fixture
def record() -> None:
    make_record()


def shown(query: str) -> list[str]:
    """Return the references that the page shows, on all its pages; of the one that it leads to, its own."""
    answer = Client().get(f"{LIST}?{query}", follow=True)
    assert answer.status_code == 200
    if straight := re.fullmatch(rf"{LIST}(GFMD-[\w-]+)/", answer.request["PATH_INFO"]):
        return [straight[1]]
    return read_through(Client(), query)


def listed_by_the_api(query: str) -> list[str]:
    unknown = ("page=", "utm_source=", "status=&")  # what a page leaves out, and the API refuses
    kept = [pair for pair in query.split("&") if not f"{pair}&".startswith(unknown)]
    asked = "&".join(pair.replace("day=", "as_of=") for pair in kept)
    return [row["reference"] for row in Client().get(f"/api/v1/recommendations/?{asked}").json()["results"]]


def in_files(query: str) -> dict[str, list[str]]:
    """Return the references that each kind of file holds."""
    more = f"{query}&" if query else ""
    rows = {
        "csv": csv_rows(taken(f"/recommendations.csv?{query}")),
        "json": json_rows(taken(f"/recommendations.json?{query}")),
        "xlsx": xlsx_rows(taken(f"/recommendations.xlsx?{more}header=keys")),
    }
    return {form: [row["reference"] for row in found] for form, found in rows.items()}


def printed(query: str) -> list[str]:
    """Return the references that stand at the beginnings of the lines of the PDF."""
    said = pdfs.words(Client().get(f"/recommendations.pdf?{query}", follow=True).content)
    return re.findall(r"GFMD-\d{4}-(?:RT\d|FUT)-\d\d(?= Thing)", said)


def test_page_files_and_api_agree(record):
    for query in QUERIES:
        on_page = shown(query)
        assert in_files(query) == dict.fromkeys(["csv", "json", "xlsx"], on_page), query
        assert printed(query) == on_page, query
        assert listed_by_the_api(query) == on_page, query


def test_the_queries_find_something(record):
    found = {query: len(shown(query)) for query in QUERIES}
    assert [query for query, number in found.items() if not number] == ["q=nowhere"]
    assert set(found.values()) > {1, 2, 7}


@pytest.mark.usefixtures("record")
@SLOW
@given(CHOSEN)
def test_whatever_is_chosen_page_and_files_agree(asked):
    query = urlencode(single(asked), doseq=True)
    if Client().get(f"{LIST}?{query}", follow=True).status_code == 200:
        assert in_files(query) == dict.fromkeys(["csv", "json", "xlsx"], shown(query))
    else:
        answers = [Client().get(f"/recommendations.{form}?{query}", follow=True) for form in ("csv", "json", "xlsx")]
        assert [answer.status_code for answer in answers] == [400, 400, 400]


def test_files_hold_all_pages(client):
    with writing():
        for _ in range(53):
            factories.published_recommendation()
    on_page = read_through(client, "q=thing&sort=reference")
    assert len(on_page) == 53
    assert in_files("q=thing&sort=reference") == dict.fromkeys(["csv", "json", "xlsx"], on_page)


def test_updates_and_actors_are_those_of_their_pages(client, record):
    for name, key in (("updates", "reference"), ("actors", "slug")):
        for query in ("", "?q=ilo"):
            files = [
                csv_rows(taken(f"/{name}.csv{query}")),
                json_rows(taken(f"/{name}.json{query}")),
                xlsx_rows(taken(f"/{name}.xlsx{query or '?'}&header=keys")),
            ]
            held = [[row[key] for row in rows] for rows in files]
            page = client.get(f"/{name}/{query}").content.decode().split("<h2", 1)[1].split("</main", 1)[0]
            assert held == [on_page(name, page)] * 3
            assert held[0]


def on_page(name: str, html: str) -> list[str]:
    """Return what names the entries or actors of a page, in its order."""
    if name == "updates":
        return [f"{one}-{part}" for one, part in re.findall(r"/recommendations/(GFMD[\w-]+)/#([AF]\d+)", html)]
    return list(dict.fromkeys(re.findall(r"/actors/([\w-]+)/", html)))
