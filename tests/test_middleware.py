"""Malformed requests, a database that is gone, and pages that have not changed."""

import datetime as dt

import pytest
import time_machine
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from psycopg_pool import PoolTimeout

from gfmd.urls import handler400, handler404, handler500, urlpatterns
from tests import factories
from tracker.models import RecordHead
from tracker.views.public import public

FAILURES = {"operational": OperationalError, "interface": InterfaceError, "pool": PoolTimeout, "ours": ValueError}


@public()
def failing(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAILURES[kind]("gone")


@public()
def personal(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse("For you alone.")


urlpatterns = [path("failing/<str:kind>/", failing), path("personal/", personal), *urlpatterns]
__all__ = ["handler400", "handler404", "handler500"]


@pytest.mark.parametrize(
    "address", ["/", "/nowhere/", "/admin/tracker/actor/", "/recommendations/", "/files/evidence/1/"]
)
@pytest.mark.parametrize(
    ("query", "status"),
    [("?q=%00", 400), ("?a%00b=1", 400), ("?q=%ff", 400), ("?q=%ED%A0%80", 400), (f"?q={'a' * 9000}", 414)],
)
def test_malformed_query_is_refused_before_any_query(client, address, query, status):
    response = client.get(address + query)  # without the db mark, a query would fail the test
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("address", ["/%00/", "/actors/%00/", "/%ff/", "/admin/%c3%28/", "/recommendations/%80/"])
def test_malformed_path_is_refused(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/actors/%C3%A9tats/", "/recommendations/%E4%B8%AD/", "/actors/100%25/"])
def test_foreign_letters_in_a_path_are_no_error_but_unknown(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_query_of_eight_kilobytes_is_read(client):
    assert client.get("/?q=" + "a" * 8000).status_code == 200


@pytest.mark.django_db
def test_more_parameters_than_are_read_are_a_bad_request(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
    assert client.get("/?" + "&".join(["a"] * 3000)).status_code == 400


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1:8000@evil", "a b", "[::1"])
def test_foreign_host_is_a_bad_request(client, host):
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "This request cannot be answered" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.urls("tests.test_middleware")
@pytest.mark.parametrize("kind", ["operational", "interface", "pool"])
def test_a_view_without_database_is_unavailable(client, kind):
    response = client.get(f"/failing/{kind}/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "The record cannot be reached at the moment" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.urls("tests.test_middleware")
def test_another_failure_is_an_error(client):
    client.raise_request_exception = False
    response = client.get("/failing/ours/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


@pytest.mark.django_db
def test_a_database_that_fails_before_the_view_is_unavailable(client):
    client.raise_request_exception = False

    def refuse(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        responses = [client.get(address) for address in ("/", "/updates/", "/files/evidence/1/")]
    assert [response.status_code for response in responses] == [503, 503, 503]


@pytest.mark.django_db
def test_a_public_page_may_be_kept_by_everybody_and_sets_no_cookie(client):
    response = client.get("/")
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["ETag"].startswith('W/"')
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/actors/nobody/", "/updates/?page=99"])
def test_other_answers_have_no_tag_and_vary_on_nothing_else(client, address):
    response = client.get(address)
    assert "ETag" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.django_db
def test_an_unchanged_page_is_answered_with_one_query(client, django_assert_num_queries):
    tag = client.get("/updates/").headers["ETag"]
    with django_assert_num_queries(1):
        response = client.get("/updates/", headers={"if-none-match": tag})
    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == tag
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"


@pytest.mark.django_db
@pytest.mark.urls("tests.test_middleware")
def test_an_answer_that_depends_on_who_asks_is_kept_by_nobody(client):
    response = client.get("/personal/")
    assert response.headers["Vary"] == "Cookie"
    assert "public" not in response.headers.get("Cache-Control", "")
    assert "ETag" not in response.headers


@pytest.mark.django_db
def test_head_has_the_headers_of_get(client):
    got, headed = client.get("/"), client.head("/")
    assert headed.status_code == 200
    assert headed.content == b""
    assert headed.headers["ETag"] == got.headers["ETag"]
    assert client.head("/", headers={"if-none-match": got.headers["ETag"]}).status_code == 304


def tag_of(client: Client, address: str = "/updates/", **headers: str) -> str:
    return client.get(address, headers=headers).headers["ETag"]


@pytest.mark.django_db
def test_a_publication_changes_the_tag(client):
    before = tag_of(client)
    factories.published_entry()
    assert tag_of(client) != before


@pytest.mark.django_db
def test_another_version_address_day_or_host_has_another_tag(client):
    before = tag_of(client)
    assert tag_of(client) == before
    others = {tag_of(client, "/updates/?utm_source=x"), tag_of(client, "/"), tag_of(client, host="localhost")}
    with time_machine.travel(dt.datetime(2031, 1, 1, tzinfo=dt.UTC)):
        others.add(tag_of(client))
    RecordHead.objects.update(version=F("version") + 1)
    others.add(tag_of(client))
    assert len(others - {before}) == 5


@pytest.mark.django_db
def test_a_long_page_is_compressed_where_that_is_understood(client):
    plain = client.get("/methodology/")
    packed = client.get("/methodology/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.django_db
def test_the_desk_is_not_kept_by_anybody(client):
    response = client.get("/admin/login/")
    assert "public" not in response.headers.get("Cache-Control", "")
    assert "ETag" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_public_pages_take_no_other_method(method):
    response = getattr(Client(enforce_csrf_checks=True), method)("/recommendations/")
    assert response.status_code == 405
    assert not response.cookies
