"""Pages that are kept as they were sent: for whom, until when, and what is not."""

import pytest
from django.conf import settings as project
from django.core.cache import caches

from tests import factories
from tests.reading import words
from tracker.models import Actor
from tracker.views import kept

pytestmark = pytest.mark.django_db
UPDATES = "/updates/"


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    """As an installation keeps them; other tests make each page anew."""
    in_process = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**project.CACHES, "pages": {"BACKEND": in_process, "LOCATION": "kept in tests"}}
    caches["pages"].clear()


@pytest.mark.parametrize("address", [UPDATES, "/fr/recommendations/?status=implemented", "/embed/roundtable/2010-RT1/"])
def test_a_page_is_made_once_and_sent_alike_to_all(client, django_assert_num_queries, address):
    factories.published_entry(
        recommendation=factories.published_recommendation(roundtable=factories.usual_roundtable())
    )
    made = client.get(address)
    with django_assert_num_queries(1):  # the version
        again = client.get(address)
    assert (again.status_code, again.content, dict(again.headers)) == (200, made.content, dict(made.headers))


def test_whoever_publishes_sees_it_at_the_next_request(client):
    client.get(UPDATES)
    entry = factories.published_entry(title="A law was adopted")
    assert "A law was adopted" in words(client.get(UPDATES))
    Actor.objects.filter(pk=entry.actor_id).update(name_en="Another name")
    assert "Another name" in words(client.get(UPDATES))


def test_it_is_sent_compressed_to_those_who_understand_it(client):
    for _time in range(2):
        plain = client.get("/methodology/")
        packed = client.get("/methodology/", headers={"accept-encoding": "br, gzip"})
        assert ("Content-Encoding" in plain.headers, packed.headers["Content-Encoding"]) == (False, "gzip")


def test_another_host_has_a_page_of_its_own(client):
    assert "http://testserver/updates/" in client.get(UPDATES).content.decode()
    assert "http://localhost/updates/" in client.get(UPDATES, headers={"host": "localhost"}).content.decode()


def test_head_is_answered_without_a_body(client):
    got = client.get(UPDATES)
    headed = client.head(UPDATES)
    assert (headed.content, headed.headers["ETag"]) == (b"", got.headers["ETag"])


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/updates/?page=99", "/api/v1/forums/", "/recommendations.csv", "/admin/login/", "/data/"]
)
def test_refusals_files_programs_the_desk_and_the_list_of_dumps_are_not_kept(client, monkeypatch, address):
    monkeypatch.setattr(caches["pages"], "set", pytest.fail)
    client.get(address)


def test_a_page_longer_than_most_is_not_kept(client, monkeypatch):
    monkeypatch.setattr(kept, "LONGEST", 100)
    monkeypatch.setattr(caches["pages"], "set", pytest.fail)
    client.get(UPDATES)
