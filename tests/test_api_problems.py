"""What the API refuses, and how it says so: RFC 9457, in the language that is asked for."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import Settings

from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/"
PROBLEM = "application/problem+json"


def problem(path: str, status: int, **more: Any) -> Any:
    """Return the problem that a request meets."""
    answer = Client(raise_request_exception=False).get(f"{API}{path}", **more)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.content
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("http://testserver/")
    assert f"{API}docs/#" in told["type"]
    assert told["instance"] == f"{API}{path}".partition("?")[0]
    return told


@pytest.fixture(autouse=True)
def _record() -> None:
    factories.published_recommendation()


UNUSABLE = [
    ("recommendations/?status=abc", "status", "in_progress"),
    ("recommendations/?status=", "status", "in_progress"),
    ("recommendations/?forum=1999", "forum", "the year of a Forum"),
    ("recommendations/?actor=nobody", "actor", "the name or acronym of an actor"),
    ("recommendations/?as_of=tomorrow", "as_of", "a date that is not ahead"),
    ("recommendations/?as_of=2999-01-01", "as_of", "a date that is not ahead"),
    ("recommendations/?as_of=2012-01-01&as_of=2013-01-01", "as_of", "one value"),
    ("recommendations/?sort=relevance", "sort", "-forum"),
    ("recommendations/?sort=__class__", "sort", "-forum"),
    ("recommendations/?fields=reference,password", "fields", "reference"),
    ("recommendations/?fields=reference,", "fields", "reference"),
    ("recommendations/?per_page=0", "per_page", "a number from 1 to 200"),
    ("recommendations/?per_page=201", "per_page", "a number from 1 to 200"),
    ("recommendations/?per_page=%C2%B2", "per_page", "a number from 1 to 200"),
    ("recommendations/?cursor=abc", "cursor", "what a link to the next or previous page says"),
    ("recommendations/?cursor=", "cursor", "next or previous"),
    ("recommendations/?language=de", "language", "en, fr, es"),
    ("recommendations/?q=" + "p" * 501, "q", "at most 500 letters"),
    ("recommendations/GFMD-2010-RT1-01/?as_of=2001-01-01", "as_of", "11 November 2010"),
    ("recommendations/GFMD-2010-RT1-01/?as_of=never", "as_of", "a date"),
    ("roundtables/?forum=1999", "forum", "the year of a Forum"),
    ("roundtables/?track=both", "track", "roundtables, closing"),
    ("entries/?recommendation=GFMD-2010-RT1-09", "recommendation", "GFMD-2010-RT1-01"),
    ("entries/?actor=nobody", "actor", "short name"),
    ("entries/?state=draft", "state", "published, retracted, withheld"),
    ("actors/?collective=nobody", "collective", "governments"),
    ("actors/?collective=A%20B", "collective", "governments"),
    ("events/?after=-1", "after", "a number from 0"),
    ("progress/", "forum", "the year of a Forum"),
    ("progress/?forum=1999", "forum", "the year of a Forum"),
    ("progress/?forum=2010&roundtable=2011-RT1", "roundtable", "2010-RT1"),
    ("progress/?forum=2010&roundtable=2010-RT9", "roundtable", "2010-RT1"),
    ("progress/?forum=2010&roundtable=2010-RT1&track=closing", "track", "roundtables"),
    ("progress/?forum=2010&as_of=2001-01-01", "as_of", "had not closed"),
    ("progress/?forum=2010&as_of=soon", "as_of", "a date"),
    ("progress/?forum=2010&by=colour", "by", "roundtable, actor, kind, theme, nature"),
]


@pytest.mark.parametrize(("path", "parameter", "allowed"), UNUSABLE)
def test_a_value_that_cannot_be_used_is_named_with_what_can(path: str, parameter: str, allowed: str) -> None:
    told = problem(path, 400)
    assert (told["type"].partition("#")[2], told["parameter"]) == ("unusable-value", parameter)
    assert allowed in told["allowed"] or allowed in told["detail"]


@pytest.mark.parametrize("path", ["", "recommendations/", "forums/2010/", "progress/", "schema/"])
def test_a_parameter_that_is_not_known_is_named_with_those_that_are(path: str) -> None:
    told = problem(f"{path}?utm_source=mail", 400)
    assert (told["type"].partition("#")[2], told["parameter"]) == ("unknown-parameter", "utm_source")
    assert "language" in told["allowed"].split(", ")


def test_a_refusal_is_in_the_language_that_is_asked_for() -> None:
    assert problem("recommendations/?status=abc&language=fr", 400)["title"] == "Cette valeur ne peut être utilisée"
    assert problem("recommendations/?status=abc&language=es", 400)["title"] == "Este valor no se puede utilizar"


def test_a_cursor_of_another_list_is_refused() -> None:
    factories.published_recommendation()
    following = Client().get(f"{API}recommendations/?per_page=1").json()["next"]
    cursor = following.partition("cursor=")[2]
    assert Client().get(f"{API}recommendations/?per_page=2&fields=reference&cursor={cursor}").status_code == 200
    for other in ("recommendations/?sort=reference&", "recommendations/?nature=request&", "roundtables/?"):
        assert problem(f"{other}cursor={cursor}", 400)["parameter"] == "cursor"


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/",
        "forums/1999/",
        "forums/abc/",
        "roundtables/2010-RT9/",
        "roundtables/2010/",
        "recommendations/GFMD-2010-RT9-01/",
        "entries/GFMD-2010-RT1-01-F9/",
        "actors/nobody/",
        "themes/nothing/",
        "milestones/never/",
        "events/0/",
        "events/99999999999999999999/",
        "events/x/",
    ],
)
def test_what_is_not_there_is_a_problem_too(path: str) -> None:
    assert problem(path, 404)["type"].endswith("#not-found")


def test_an_address_without_its_slash_is_sent_on() -> None:
    answer = Client().get("/api/v1/forums")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/forums/")


@pytest.mark.parametrize(("asked", "there"), [("gfmd-2010-rt1-01", "GFMD-2010-RT1-01"), ("OLD-01", "GFMD-2010-RT1-01")])
def test_another_spelling_and_an_old_reference_are_sent_on(asked: str, there: str) -> None:
    from tracker.models import Recommendation

    factories.ReferenceAliasFactory(reference="OLD-01", recommendation=Recommendation.objects.get())
    answer = Client().get(f"{API}recommendations/{asked}/?fields=status")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{API}recommendations/{there}/?fields=status")


def test_roundtables_are_found_in_small_letters() -> None:
    assert Client().get(f"{API}roundtables/2010-rt1/").headers["Location"] == f"{API}roundtables/2010-RT1/"


def test_an_old_reference_of_a_draft_leads_nowhere() -> None:
    factories.ReferenceAliasFactory(reference="OLD-02", recommendation=factories.RecommendationFactory())
    problem("recommendations/OLD-02/", 404)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_json_is_all_there_is(accept: str) -> None:
    assert problem("forums/", 406, headers={"Accept": accept})["type"].endswith("#not-acceptable")
    assert Client().get(f"{API}forums/", headers={"Accept": accept}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*;q=0.5", "text/html, application/json"])
def test_who_takes_json_gets_it(accept: str) -> None:
    assert Client().get(f"{API}forums/", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"{API}forums/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["type"].endswith("#method-not-allowed")


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [("q=a%00", 400, "malformed"), ("q=%ff", 400, "malformed"), ("q=" + "a" * 9000, 414, "too-long")],
)
def test_a_malformed_address_is_a_problem(query: str, status: int, kind: str) -> None:
    assert problem(f"recommendations/?{query}", status)["type"].endswith(f"#{kind}")


def test_a_database_out_of_reach_is_a_problem_and_says_when_to_come_back() -> None:
    def out_of_reach(*_asked: Any) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(out_of_reach):
        answer = Client(raise_request_exception=False).get(f"{API}forums/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, PROBLEM)
    assert (answer.json()["type"].partition("#")[2], answer.headers["Retry-After"]) == ("unavailable", "30")


class TestTooMany:
    """One address may ask so many times a minute."""

    @pytest.fixture(autouse=True)
    def _limit(self, settings: Settings) -> Any:
        settings.API_REQUESTS_PER_MINUTE = 3
        cache.clear()
        yield
        cache.clear()

    @staticmethod
    def ask(address: str = "192.0.2.1", **headers: str) -> Any:
        return Client().get(f"{API}themes/", REMOTE_ADDR=address, headers=headers)

    def test_the_next_one_is_told_when_to_come_back(self) -> None:
        assert [self.ask().status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = self.ask()
        seconds = int(refused.headers["Retry-After"])
        assert 1 <= seconds <= 60
        assert f"{seconds} seconds" in refused.json()["detail"]
        assert (refused.headers["Content-Type"], refused.headers["Cache-Control"]) == (PROBLEM, "no-store")

    def test_each_address_counts_for_itself_and_none_can_be_forged(self) -> None:
        assert [self.ask(**{"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(4)] == [200] * 3 + [429]
        assert self.ask("192.0.2.2").status_code == 200

    def test_no_limit(self, settings: Settings) -> None:
        settings.API_REQUESTS_PER_MINUTE = 0
        assert {self.ask().status_code for _ in range(5)} == {200}
