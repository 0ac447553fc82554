"""The icon."""

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db


def test_the_old_name_leads_to_an_icon_that_is_there(client):
    place = client.get("/favicon.ico").headers["Location"]
    assert place == "/static/tracker/icon.svg"
    assert finders.find(place.removeprefix("/static/"))
    assert f'<link rel="icon" href="{place}" type="image/svg+xml">' in client.get("/about/").content.decode()
