"""The page of parts: only for those who develop, made without the database, complete."""

import pytest
from django.conf import settings as project
from django.http import Http404
from django.test import RequestFactory

from tests.browsing import in_words, violations
from tests.reading import parts, words
from tracker.models import FollowUp, Status
from tracker.views.styleguide import items, readings, styleguide

INCLUDES = {f"includes/{path.name}" for path in (project.BASE_DIR / "templates" / "includes").glob("*.html")}


@pytest.fixture
def with_debug(settings):
    settings.DEBUG = True


@pytest.mark.django_db
def test_styleguide_is_no_page_without_debug(client):
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_styleguide_asks_for_nothing_but_the_head_of_the_record(client, with_debug, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/styleguide/").status_code == 200


def test_styleguide_is_no_page_even_for_the_view_itself(settings):
    with pytest.raises(Http404):
        styleguide(RequestFactory().get("/styleguide/"))


@pytest.mark.django_db
def test_every_include_is_shown(client, with_debug):
    shown = {template.name for template in client.get("/styleguide/").templates}
    assert INCLUDES - shown == set()


@pytest.mark.django_db
def test_every_status_is_shown_in_words_and_as_a_stretch_of_the_bar(client, with_debug):
    page = client.get("/styleguide/")
    assert {str(status.label) for status in Status} <= set(parts(page, "span.status"))
    html = page.content.decode()
    assert [status for status in Status if f'fill="url(#fill-{status.token})"' not in html] == []


def test_every_basis_and_state_of_an_entry_is_shown():
    shown = [item.entry for item in items()]
    assert {entry.basis for entry in shown} == set(FollowUp.Basis)
    assert {entry.state for entry in shown} == {"published", "retracted", "withheld"}
    assert {entry.standing for entry in shown} == {"", "provisional", "confirmed"}


def test_every_status_of_a_recommendation_has_its_line():
    assert {reading.status for reading in readings()} == set(Status.of_recommendations())


@pytest.mark.django_db
def test_what_no_record_may_hold_at_hand_is_shown(client, with_debug):
    said = words(client.get("/styleguide/"))
    for sentence in ("Retracted on 5 January 2026. Reason: It was never signed.", "removed on 5 January 2026", "[sic]"):
        assert sentence in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(live_server, page, with_debug, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/styleguide/")
    assert in_words(violations(page)) == []
