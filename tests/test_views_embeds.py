"""A roundtable on the pages of others: a page that lets itself be framed, and a drawing that needs nothing else."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests import factories, odd_records
from tests.reading import links, parts, words
from tracker.models import Roundtable, Status
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
FRAME, DRAWN = "/embed/roundtable/2010-RT1/", "/embed/roundtable/2010-RT1.svg"
SVG = "{http://www.w3.org/2000/svg}"
NEVER_FRAMED = "DENY"


@pytest.fixture
def table() -> Roundtable:
    """RT1 with one recommendation in progress since 12 November 2010, provisionally, and one without a reading."""
    found = factories.published_recommendation()
    factories.published_assessment(recommendation=found)
    return factories.published_recommendation(roundtable=found.roundtable).roundtable


def test_the_frame_has_the_sentence_the_bar_and_the_way_back(client, table):
    page = client.get(FRAME)
    said = words(page)
    assert "Roundtable 1: of 2 recommendations, 1 is in progress and 1 has no reading yet." in said
    assert parts(page, "ul.legend") == ["1 In progress 1 No information"]
    assert "Provisional reading by this project" in said
    assert "testserver, as read on" in said
    assert '<a href="http://testserver/forums/2010/roundtables/rt1/" target="_top">' in page.content.decode()
    assert parts(page, "header") == parts(page, "footer") == parts(page, "script") == []


def test_the_frame_shows_a_past_day_and_keeps_it_on_the_way_back(client, table):
    page = client.get(f"{FRAME}?as_of=2010-11-11")
    assert "Roundtable 1 on 11 November 2010: both recommendations have no reading yet." in words(page)
    assert "today's knowledge of that day" in words(page)
    assert "http://testserver/forums/2010/roundtables/rt1/?as_of=2010-11-11" in links(page)


def test_the_frame_alone_lets_itself_be_framed(client, table):
    page = client.get(FRAME)
    assert "X-Frame-Options" not in page.headers
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    for address in (DRAWN, "/", table.get_absolute_url(), f"{FRAME}?as_of=never", "/embed/roundtable/2010-RT9/"):
        other = client.get(address)
        assert other.headers["X-Frame-Options"] == NEVER_FRAMED, address
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"], address


def test_an_unchanged_frame_is_not_forbidden_by_its_304(client, settings, table):
    settings.DEBUG = False
    tag = client.get(FRAME).headers["ETag"]
    unchanged = client.get(FRAME, headers={"If-None-Match": tag})
    assert unchanged.status_code == 304
    assert not {"X-Frame-Options", "Content-Security-Policy"} & set(unchanged.headers)
    assert unchanged.headers["X-Content-Type-Options"] == "nosniff"


def test_the_drawing_is_svg_that_needs_nothing_else(client, table):
    answer = client.get(f"/fr{DRAWN}")
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.get("lang"), root.get("role")) == (f"{SVG}svg", "fr", "img")
    assert root.findtext(f"{SVG}title") == "City 2010 2010: Subject of RT1"
    assert root.findtext(f"{SVG}desc").startswith("Table ronde 1\xa0: sur 2 recommandations, ")
    said = " ".join(line.text for line in root.iter(f"{SVG}text"))
    assert " ".join(root.findtext(f"{SVG}desc").split()) in said
    assert "1 En cours" in said
    attributes = [(name, value) for element in root.iter() for name, value in element.items()]
    assert [name for name, _value in attributes if name in {"style", "class", "href"} or name.startswith("on")] == []
    named = {value for name, value in attributes if name == "id"}
    assert {fill for _name, value in attributes for fill in re.findall(r"url\(#([\w-]+)\)", value)} <= named
    assert not list(root.iter(f"{SVG}script")) + list(root.iter(f"{SVG}style"))


def test_every_status_has_a_fill_of_its_own(client):
    assessed = [status for status in Status.assessable() if status is not Status.ONGOING]
    table = factories.usual_roundtable()
    for status in sorted(assessed):
        found = factories.published_recommendation(roundtable=table)
        factories.published_assessment(recommendation=found, status=status, evidence=1)
    root = ElementTree.fromstring(client.get(DRAWN).content)
    fills = {one.get("id"): ElementTree.tostring(one).split(b">", 1)[1] for one in root.iter(f"{SVG}pattern")}
    assert len(set(fills.values())) == len(fills) == len(assessed) == 6


def test_lines_of_the_drawing_stay_on_its_paper(client):
    table = odd_records.foreign().roundtable
    Roundtable.objects.filter(pk=table.pk).update(title_en=(odd_records.LONG_WORD + " <&> ") * 4 + "\x0b\x1f")
    root = ElementTree.fromstring(client.get(DRAWN).content)
    width = float(root.get("width"))
    lines = list(root.iter(f"{SVG}text"))
    assert [line.text for line in lines if float(line.get("x")) + float(line.get("textLength")) > width] == []
    assert max(float(line.get("y")) for line in lines) < float(root.get("height"))


def test_a_roundtable_without_recommendations_is_said_to_have_none(client):
    factories.usual_roundtable()
    assert "no recommendation is on record yet" in words(client.get(FRAME))
    root = ElementTree.fromstring(client.get(DRAWN).content)
    assert "no recommendation is on record yet" in root.findtext(f"{SVG}desc")


@pytest.mark.parametrize("end", ["/", ".svg"])
def test_addresses_that_are_not_its_own(client, table, end):
    for asked, status, leads in (
        (f"/embed/roundtable/2010-rt1{end}?as_of=2013-10-04", 301, f"/embed/roundtable/2010-RT1{end}?as_of=2013-10-04"),
        (f"/embed/roundtable/2010-RT9{end}", 404, None),
        (f"/embed/roundtable/2099-RT1{end}", 404, None),
        (f"/embed/roundtable/2010-RT1{end}?as_of=2999-01-01", 400, None),
        (f"/embed/roundtable/2010-RT1{end}?as_of=2009-01-01", 400, None),
        (f"/embed/roundtable/2010-RT1{end}?as_of=2013-10-04&as_of=2014-10-04", 400, None),
        (f"/embed/forum/2010{end}", 404, None),
    ):
        answer = client.get(asked)
        assert (answer.status_code, answer.headers.get("Location")) == (status, leads), asked


def test_the_page_of_a_roundtable_gives_the_codes(client, table):
    Roundtable.objects.filter(pk=table.pk).update(title_en='A "quoted" <title>')
    frame, image = (unescape(code) for code in parts_of_textareas(client.get(table.get_absolute_url())))
    title = "City 2010 2010: A &quot;quoted&quot; &lt;title&gt;"
    assert frame == (
        f'<iframe src="http://testserver{FRAME}" title="{title}" width="600" height="400" loading="lazy" '
        'style="border:0;max-width:100%"></iframe>'
    )
    assert image == (
        f'<a href="http://testserver{table.get_absolute_url()}"><img src="http://testserver{DRAWN}" alt="{title}" '
        'width="600"></a>'
    )
    past = client.get(f"/fr{table.get_absolute_url()}?as_of=2013-10-04")
    frame, image = (unescape(code) for code in parts_of_textareas(past))
    assert f'src="http://testserver/fr{FRAME}?as_of=2013-10-04"' in frame
    assert f'src="http://testserver/fr{DRAWN}?as_of=2013-10-04"' in image


def parts_of_textareas(response: object) -> list[str]:
    """Return what stands in the boxes for copying, as the page writes it."""
    return re.findall("<textarea[^>]*>([^<]*)</textarea>", response.content.decode())  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [1, 12])
def test_what_is_shown_elsewhere_takes_four_queries(client, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            found = factories.published_recommendation()
            factories.published_entry(recommendation=found)
    for name in ("roundtable_embed", "roundtable_drawing"):
        with django_assert_num_queries(4):
            assert client.get(reverse(name, args=[2010, "RT1"])).status_code == 200
