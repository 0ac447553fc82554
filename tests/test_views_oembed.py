"""oEmbed: what other sites are told to show of an address of ours."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests import factories
from tests.reading import links
from tracker.models import Recommendation

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
TABLE, ONE = f"{HERE}/forums/2010/roundtables/rt1/", f"{HERE}/recommendations/GFMD-2010-RT1-01/"


@pytest.fixture
def found() -> Recommendation:
    return factories.published_recommendation()


def asked(client, url, **others):
    return client.get("/oembed", {"url": url, **others})


def test_a_roundtable_is_shown_in_a_frame(client, found):
    answer = asked(client, TABLE, format="json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "GFMD recommendation tracker",
        "provider_url": f"{HERE}/",
        "title": "City 2010 2010: Subject of RT1",
        "html": (
            f'<iframe src="{HERE}/embed/roundtable/2010-RT1/" title="City 2010 2010: Subject of RT1" width="600" '
            'height="400" loading="lazy" style="border:0;max-width:100%"></iframe>'
        ),
        "width": 600,
        "height": 400,
        "thumbnail_url": f"{TABLE}picture.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_a_recommendation_is_shown_as_a_link(client, found):
    assert asked(client, ONE).json() == {
        "version": "1.0",
        "type": "link",
        "provider_name": "GFMD recommendation tracker",
        "provider_url": f"{HERE}/",
        "title": "RT1-01 Thing 1 of RT1, City 2010 2010",
        "author_name": "Chair of the Global Forum on Migration and Development, City 2010 2010",
        "thumbnail_url": f"{ONE}picture.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_the_answer_is_in_the_language_of_the_address_and_of_its_day(client, found):
    answer = asked(client, f"{HERE}/fr/forums/2010/roundtables/RT1/?as_of=2013-10-04&utm_source=mail").json()
    assert answer["provider_name"] == "Suivi des recommandations du FMMD"
    assert f'src="{HERE}/fr/embed/roundtable/2010-RT1/?as_of=2013-10-04"' in answer["html"]


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ({"maxwidth": "320"}, (320, 620)),
        ({"maxwidth": "500", "maxheight": "300"}, (500, 300)),
        ({"maxwidth": "5000", "maxheight": "5000"}, (600, 400)),
        ({"maxwidth": ""}, (600, 400)),
    ],
)
def test_the_frame_is_no_larger_than_there_is_room(client, found, room, size):
    answer = asked(client, TABLE, **room).json()
    assert (answer["width"], answer["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in answer["html"]
    assert ("thumbnail_url" in answer) == (room in ({"maxwidth": "5000", "maxheight": "5000"}, {"maxwidth": ""}))


@pytest.mark.parametrize(
    ("url", "others", "status"),
    [
        (TABLE, {"format": "xml"}, 501),
        ("", {}, 400),
        (TABLE, {"maxwidth": "wide"}, 400),
        (TABLE, {"maxwidth": "0"}, 400),
        (TABLE, {"maxwidth": "-5"}, 400),
        (TABLE, {"maxheight": "1" * 5000}, 400),
        (TABLE, {"maxheight": "²"}, 400),
        ("https://elsewhere.example.org/forums/2010/roundtables/rt1/", {}, 404),
        ("http://testserver.example.org/forums/2010/roundtables/rt1/", {}, 404),
        ("http://testserver@example.org/forums/2010/roundtables/rt1/", {}, 404),
        ("javascript:alert(1)", {}, 404),
        ("http://[::1/forums/", {}, 404),
        (f"{HERE}/forums/2010/roundtables/rt9/", {}, 404),
        (f"{HERE}/forums/2010/roundtables/rt1/?as_of=2999-01-01", {}, 404),
        (f"{HERE}/recommendations/NOTHING/", {}, 404),
        (f"{HERE}/recommendations/%00/", {}, 404),
        (f"{HERE}/recommendations/%ff/", {}, 404),
        (f"{HERE}/forums/2010/", {}, 404),
        (f"{HERE}/admin/", {}, 404),
        (f"{HERE}/nowhere/", {}, 404),
        ("/forums/2010/roundtables/rt1/", {}, 404),
    ],
)
def test_what_cannot_be_shown(client, found, url, others, status):
    assert asked(client, url, **others).status_code == status


def test_a_draft_is_not_shown(client):
    assert asked(client, f"{HERE}{factories.RecommendationFactory().get_absolute_url()}").status_code == 404


def test_an_old_reference_is_shown_as_the_present_one(client, found):
    factories.ReferenceAliasFactory(reference="OLD-1", recommendation=found)
    assert asked(client, f"{HERE}/recommendations/OLD-1/").json() == asked(client, ONE).json() | {
        "thumbnail_url": f"{ONE}picture.png"
    }


def test_pages_say_where_they_are_told_of(client, found):
    for page in (f"{TABLE}?as_of=2013-10-04", f"/fr{ONE.removeprefix(HERE)}"):
        (told,) = (link for link in links(client.get(page)) if "/oembed?" in link)
        (address,) = parse_qs(urlsplit(told).query)["url"]
        assert address == f"{HERE}{page.removeprefix(HERE)}"
        assert client.get(told).status_code == 200
    assert not [link for link in links(client.get("/forums/2010/")) if "oembed" in link]
