"""The meeting room: a roundtable on a projector, one recommendation per screen, with or without JavaScript."""

import datetime as dt

import pytest

from tests import factories
from tests.reading import links, parts, words
from tests.real_record import load_real_record
from tracker.models import Status
from tracker.record.chain import writing

PAGE = "/forums/2010/roundtables/rt1/"


@pytest.fixture
def record(db):
    """Three recommendations; the first in progress since 2011 and implemented since 2013."""
    first, _second, _third = (factories.published_recommendation() for _ in range(3))
    entry = factories.published_entry(recommendation=first, occurred_from=dt.date(2011, 5, 1))
    factories.published_assessment(
        recommendation=first, status=Status.IN_PROGRESS, occurred_from=dt.date(2011, 5, 1), remaining="Laws."
    )
    factories.published_assessment(
        recommendation=first, status=Status.IMPLEMENTED, occurred_from=dt.date(2013, 10, 5), rests_on=[entry]
    )
    factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="2013 High-level Dialogue")
    return first.roundtable


def test_the_roundtable_leads_into_the_room_and_keeps_its_day(client, record):
    assert "?view=room" in links(client.get(PAGE))
    assert "?as_of=hld-2013&view=room" in links(client.get(f"{PAGE}?as_of=hld-2013"))


def test_the_room_leads_back_to_what_changed_since(client, record):
    asked = "as_of=hld-2013&since=2011-01-01"
    assert f"?{asked}&view=room" in links(client.get(f"{PAGE}?{asked}"))
    found = set(links(client.get(f"{PAGE}?{asked}&view=room")))
    assert {f"{PAGE}?{asked}", f"?{asked}&view=room&item=2"} <= found
    assert "/recommendations/GFMD-2010-RT1-01/?as_of=hld-2013" in found


def test_a_screen_shows_one_recommendation(client, record):
    page = client.get(f"{PAGE}?view=room")
    assert parts(page, "h1") == ["Thing 1 of RT1"]
    assert parts(page, "blockquote") == ["Governments should do thing 1 of RT1."]
    assert parts(page, "p.verdict") == ["Implemented since 5 October 2013"]
    assert parts(page, "p.crumbs") == ["Roundtable 1, City 2010 2010 · RT1-01 · 1 of 3"]
    assert "Not endorsed by the Chair" in words(page)
    assert "thing 2" not in words(page)


def test_plain_links_lead_from_screen_to_screen(client, record):
    first, second, third = (client.get(f"{PAGE}?view=room&item={number}") for number in (1, 2, 3))
    assert parts(first, "nav.paging") == ["Next The whole record"]
    assert parts(second, "nav.paging") == ["Previous Next The whole record"]
    assert parts(third, "nav.paging") == ["Previous The whole record"]
    assert {"?view=room&item=1", "?view=room&item=3", "/recommendations/GFMD-2010-RT1-02/"} <= set(links(second))
    assert parts(second, "p.verdict") == ["No information"]


def test_a_past_day_shows_what_remained_and_stays_on_the_links(client, record):
    page = client.get(f"{PAGE}?view=room&as_of=hld-2013")
    assert parts(page, "p.verdict") == ["In progress since 1 May 2011 as it stood on 4 October 2013"]
    assert parts(page, "p.remains") == ["What remains Laws."]
    assert "Reconstructed in" in words(page)
    assert {
        f"{PAGE}?as_of=hld-2013",
        "?as_of=hld-2013&view=room&item=2",
        "/recommendations/GFMD-2010-RT1-01/?as_of=hld-2013",
    } <= set(links(page))


def test_the_description_of_a_screen_stands_alone(client, record):
    html = client.get(f"{PAGE}?view=room").content.decode()
    assert '<meta name="description" content="RT1-01: implemented since 5 October 2013 (provisional).' in html
    assert '<meta name="robots" content="noindex">' in html


BAD = [
    ("view=list", "view", "room, for one recommendation per screen"),
    ("item=2", "item", "the number of a screen, where view is room"),
    *((f"view=room&item={item}", "item", "a number from 1 to 3") for item in ("0", "4", "-1", "x", "2.0", "９")),
    (f"view=room&item={'9' * 400}", "item", "a number from 1 to 3"),
    ("view=room&view=room", "view", "one value; the address gives several"),
    ("view=room&item=1&item=2", "item", "one value; the address gives several"),
]


def test_a_bad_value_answers_400_with_words(client, record):
    for query, name, said in BAD:
        page = client.get(f"{PAGE}?{query}")
        assert page.status_code == 400, query
        assert f"The parameter {name} cannot be" in words(page), query
        assert said in words(page), query


def test_an_empty_roundtable_has_a_screen_that_says_so(client, db):
    factories.RoundtableFactory(title_en="Nothing yet")
    assert "?view=room" not in links(client.get(PAGE))
    page = client.get(f"{PAGE}?view=room")
    assert parts(page, "h1") == ["Nothing yet"]
    assert "None is on record yet." in words(page)
    assert client.get(f"{PAGE}?view=room&item=2").status_code == 400


@pytest.mark.parametrize("number", [1, 12])
def test_a_screen_takes_five_queries_whatever_the_size(client, db, number, django_assert_num_queries):
    table = factories.usual_roundtable()
    with writing():
        for _ in range(number):
            factories.published_entry(recommendation=factories.published_recommendation(roundtable=table))
    with django_assert_num_queries(5):
        assert client.get(f"{PAGE}?view=room&item={number}").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
def test_the_keys_lead_through_the_room(live_server, page):
    load_real_record()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": 1280, "height": 1000})  # the screen's words fit, so that PageDown leads on
    page.goto(f"{live_server.url}/forums/2010/roundtables/rt2/")
    page.get_by_role("link", name="Show in the room").click()
    page.wait_for_url("**/rt2/?view=room")
    for key, item in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("PageDown", 3)):
        page.keyboard.press(key)
        page.wait_for_url(f"**/rt2/?view=room&item={item}")
    page.keyboard.press("Control+ArrowRight")
    assert page.url.endswith("item=3")
    assert said == []
