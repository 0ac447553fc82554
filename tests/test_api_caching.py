"""What the API says to caches, browsers and other sites: as pages do, and open to all."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/"
PATHS = ["", "forums/", "recommendations/", "recommendations/GFMD-2010-RT1-01/", "progress/?forum=2010", "schema/"]


@pytest.fixture(autouse=True)
def _record(settings: Settings) -> None:
    settings.DEBUG = False
    factories.published_recommendation()


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_answer_is_not_sent_again(path: str) -> None:
    first = Client().get(f"{API}{path}")
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    again = Client().get(f"{API}{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    factories.published_recommendation()
    assert Client().get(f"{API}{path}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "nowhere/", "forums/?x=1"])
def test_no_cookie_is_set_and_nothing_but_the_encoding_varies(path: str) -> None:
    answer = Client().get(f"{API}{path}", headers={"Accept-Language": "fr", "Origin": "https://example.org"})
    assert not answer.cookies
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", [*PATHS, "nowhere/", "forums/?x=1"])
def test_scripts_of_other_sites_may_read_all_of_it(path: str) -> None:
    answer = Client().get(f"{API}{path}", headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    again = Client().get(f"{API}{path}", headers={"If-None-Match": answer.headers.get("ETag", "none")})
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_first_is_told_what_is_open() -> None:
    asking = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = Client().options(f"{API}forums/", headers=asking)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_pages_are_not_opened_to_scripts_of_other_sites() -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/forums/").headers


def test_head_says_what_get_would() -> None:
    head, get = Client().head(f"{API}forums/"), Client().get(f"{API}forums/")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", get.headers["ETag"])


def test_the_address_of_the_settings_stands_in_all_links(settings: Settings) -> None:
    settings.SITE_URL = "https://tracker.example.org"
    one = Client().get(f"{API}recommendations/?per_page=1").json()["results"][0]
    assert one["url"] == "https://tracker.example.org/api/v1/recommendations/GFMD-2010-RT1-01/"
    assert Client().get(f"{API}x/").json()["type"] == "https://tracker.example.org/api/v1/docs/#not-found"
