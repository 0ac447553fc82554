"""The picture that other sites show beside a link: what it shows, how it is drawn, and where pages name it."""

import datetime as dt
import io
import re
from html import unescape

import pytest
import time_machine
from django.conf import settings as project
from PIL import Image, ImageChops

from tests import factories
from tests.reading import parts
from tracker import actions
from tracker.models import Status
from tracker.record.chain import writing
from tracker.views import drawing
from tracker.views.drawing import ACROSS, BAND, HEIGHT, MARGIN, WIDTH, Picture, drawn, has_glyph, legible

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
SOURCE = "testserver, as read on 24 November 2026 (UTC)"
DIALOGUE = dt.date(2013, 10, 4)
RECONSTRUCTED = "Reconstructed in November 2026: today's knowledge of that day."
PAGES = {
    "/": "How far have the recommendations come?",
    "/forums/2010/": "City 2010 2010",
    "/forums/2010/roundtables/rt1/": "City 2010 2010: Subject of RT1",
    "/recommendations/GFMD-2010-RT1-01/": "City 2010 2010: Thing 1 of RT1",
    "/actors/body/": "Government",
    "/themes/return/": "Theme",
    "/milestones/hld-2013/": "Dialogue",
}


@pytest.fixture
def record(db, settings):
    """One recommendation, in progress since 2012 and implemented since 2014; all other pages show it."""
    settings.SITE_URL = "http://testserver"
    with time_machine.travel(NOW, tick=False):
        factories.MilestoneFactory(slug="hld-2013", date=DIALOGUE, title_en="Dialogue")
        theme = factories.ThemeFactory(slug="return", name_en="Return")
        found = factories.published_recommendation(themes=[theme])
        entry = factories.published_entry(
            recommendation=found,
            actor=factories.ActorFactory(slug="body", name_en="Body"),
            occurred_from=dt.date(2012, 1, 1),
        )
        for year, status in ((2012, Status.IN_PROGRESS), (2014, Status.IMPLEMENTED)):
            factories.published_assessment(
                recommendation=found, status=status, occurred_from=dt.date(year, 1, 1), rests_on=[entry]
            )
        yield found


def counts(**numbers: int) -> drawing.Counts:
    return tuple((status, numbers.get(status.value, 0)) for status in Status)


def answer_of(client, address: str) -> str:
    """Return the sentence of a page, without what changed since an occasion, which a picture has no room for."""
    (said,) = parts(client.get(address), "p.answer")
    return re.sub(r"; (none|\d+) ha(s|ve) changed status since [^.]*", "", said)


# What it shows


@pytest.mark.parametrize("address", PAGES)
def test_a_picture_shows_the_sentence_and_the_bar_of_its_page(client, record, address):
    answer = client.get(f"{address}picture.png")
    said, counted = answer_of(client, address), counts(implemented=1)
    if address.startswith("/milestones/"):
        said, counted = f"{said} {RECONSTRUCTED}", counts(in_progress=1)
    if address.startswith("/actors/"):
        counted = ()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content == drawn(Picture(PAGES[address], said, counted), SOURCE)
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_a_past_day_is_drawn_as_it_was_and_says_that_it_is_reconstructed(client, record):
    for page in ("/forums/2010/roundtables/rt1/", "/recommendations/GFMD-2010-RT1-01/"):
        answer = client.get(f"{page}picture.png?as_of=hld-2013")
        said = answer_of(client, f"{page}?as_of=hld-2013")
        shown = Picture(PAGES[page], f"{said} {RECONSTRUCTED}", counts(in_progress=1))
        assert answer.content == drawn(shown, SOURCE)
        assert answer.content == client.get(f"{page}picture.png?as_of=2013-10-04").content


def test_no_word_of_the_address_is_drawn(client, record):
    for page in PAGES:
        bare = client.get(f"{page}picture.png").content
        assert client.get(f"{page}picture.png?q=Buy&title=Buy&utm_source=Buy").content == bare
    for page in ("/forums/2010/roundtables/rt1/", "/recommendations/GFMD-2010-RT1-01/"):
        for day in ("Buy", "2999-01-01", "2009-01-01", "2013-10-04&as_of=2013-10-05"):
            assert client.get(f"{page}picture.png?as_of={day}").status_code == 400


def test_what_is_not_published_has_no_picture(client, record):
    draft = factories.RecommendationFactory()
    for path in (draft.get_absolute_url(), "/actors/nobody/", "/forums/1999/", "/themes/none/", "/nowhere/"):
        assert client.get(f"{path}picture.png").status_code == 404


def test_a_withdrawn_recommendation_is_drawn_as_withdrawn(client, record):
    actions.withdraw_recommendation(record, by=factories.AdministratorFactory(), reason="Twice.")
    page = "/recommendations/GFMD-2010-RT1-01/"
    (said,) = parts(client.get(page), "p.answer")
    assert said.endswith("Reason: Twice.")
    assert client.get(f"{page}picture.png").content == drawn(Picture("City 2010 2010", said), SOURCE)


def test_other_letters_and_old_references_lead_to_the_present_picture(client, record):
    factories.ReferenceAliasFactory(reference="OLD-1", recommendation=record)
    for path, present in (
        ("/recommendations/old-1/", "/recommendations/GFMD-2010-RT1-01/"),
        ("/actors/BODY/", "/actors/body/"),
        ("/forums/2010/roundtables/RT1/", "/forums/2010/roundtables/rt1/"),
    ):
        moved = client.get(f"{path}picture.png?as_of=hld-2013")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"{present}picture.png?as_of=hld-2013")


def test_a_picture_is_kept_as_pages_are_and_drawn_anew_when_the_record_grows(client, record):
    path = "/recommendations/GFMD-2010-RT1-01/picture.png"
    first = client.get(path)
    assert first.headers["Cache-Control"] == client.get("/").headers["Cache-Control"]
    assert not first.cookies
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    factories.published_entry(recommendation=record)
    later = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200
    assert later.content != first.content


@pytest.mark.parametrize("number", [1, 12])
def test_pictures_take_the_same_queries_whatever_the_size(client, record, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            entry = factories.published_entry(
                recommendation=factories.published_recommendation(themes=list(record.themes.all()))
            )
            actor = record.entries.follow_ups().get().actor
            factories.ResponsibilityFactory(recommendation=entry.recommendation, actor=actor)
            factories.MembershipFactory(collective=factories.CollectiveFactory(), member=actor)
    for page, queries in zip(PAGES, (4, 5, 4, 3, 6, 3, 6), strict=True):
        with django_assert_num_queries(queries):
            assert client.get(f"{page}picture.png").status_code == 200


# How it is drawn


def test_every_status_has_the_colour_of_the_style_sheet_and_a_pattern_of_its_own():
    css = (project.BASE_DIR / "tracker" / "static" / "tracker" / "site.css").read_text()
    light = dict(re.findall(r"--(\w+): light-dark\((#\w{6}),", css))
    tokens = {status.token for status in Status}
    assert {token: light.get(token, light["none"]) for token in tokens} == drawing.COLOURS
    assert set(drawing.PATTERNS) == tokens
    assert len(set(drawing.PATTERNS.values())) == len(tokens)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("São Tomé, Côte d’Ivoire – señor Łódź “Žižek” 移", "São Tomé, Côte d’Ivoire – señor Łódź “Žižek” …"),
        ("The words: الهجرة والتنمية, and more", "The words: …, and more"),
        ("one\n\ttwo\x07\u2028three", "one two… three"),
        ("x" * 5_000, "x" * 600),
        ("", ""),
    ],
)
def test_a_text_is_drawn_on_one_line_in_letters_that_there_are(text, said):
    assert legible(text) == said


def test_the_font_has_what_our_three_languages_write():
    assert [sign for sign in "àâäæçéèêëîïôœöùûüÿñáíóúÀÉÈÇÑ¿¡«»“”‘’–—…·€%" if not has_glyph(sign)] == []


@pytest.mark.parametrize(
    "text",
    ["w" * 700, "long word " * 90, "Ÿ" * 60 + " " + "W" * 60, "移" * 50, " "],
    ids=["one", "many", "wide", "foreign", "none"],
)
def test_whatever_the_words_they_stay_inside_and_above_the_bar(text):
    full = counts(**dict.fromkeys(Status.values, 7))
    image, bare = opened(Picture(text, text, full), text), opened(Picture("", "", full), "")
    right = image.crop((MARGIN + ACROSS, BAND + 1, WIDTH, HEIGHT))
    assert len(right.getcolors()) == 1
    bar_and_legend = (MARGIN, 340, MARGIN + ACROSS, HEIGHT - 70)
    difference = ImageChops.difference(image.crop(bar_and_legend), bare.crop(bar_and_legend))
    assert max(high for _low, high in difference.getextrema()) < 32  # the few colours are chosen anew for each picture


def opened(picture: Picture, source: str) -> Image.Image:
    return Image.open(io.BytesIO(drawn(picture, source))).convert("RGB")


# Where pages name it


def described(page) -> dict[str, str]:
    """Return what a page says of itself to other sites."""
    pairs = re.findall(
        r'<meta\s+(?:property|name)="((?:og|twitter):(?!locale)[\w:]+)"\s+content="([^"]*)"', page.content.decode()
    )
    assert len(pairs) == len(dict(pairs))
    return {name: unescape(value) for name, value in pairs}


def languages_of(page) -> list[str]:
    """Return the language that a page says it is in, and those in which it is to be had, too."""
    return re.findall(r'<meta\s+property="og:locale(?::alternate)?"\s+content="([^"]*)"', page.content.decode())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_describes_itself_to_other_sites(client, record, address):
    answer = client.get(address)
    said = described(answer)
    assert languages_of(answer) == ["en_GB", "fr_FR", "es_ES"]
    assert f"{said.pop('og:title')} · GFMD recommendation tracker" == parts(answer, "title")[0]
    assert parts(answer, "p.answer")[0] in said["og:description"]
    assert said.pop("og:image:alt") == said.pop("og:description")
    assert said == {
        "og:site_name": "GFMD recommendation tracker",
        "og:type": "article" if address.startswith("/recommendations/") else "website",
        "og:url": f"http://testserver{address}",
        "og:image": f"http://testserver{address}picture.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }


def test_a_past_day_stays_on_the_address_of_the_picture(client, record):
    for page in ("/forums/2010/roundtables/rt1/", "/recommendations/GFMD-2010-RT1-01/"):
        said = described(client.get(f"{page}?as_of=hld-2013&utm_source=mail"))
        assert said["og:image"] == f"http://testserver{page}picture.png?as_of=2013-10-04"
        assert said["og:url"] == f"http://testserver{page}?as_of=2013-10-04"


def test_a_page_without_a_picture_of_its_own_shows_the_overviews(client, record):
    for page in ("/about/", "/recommendations/?status=implemented", "/actors/", "/updates/"):
        assert described(client.get(page))["og:image"] == "http://testserver/picture.png"


def test_what_search_engines_leave_out_describes_nothing(client, record):
    for page in ("/nowhere/", "/recommendations/?status=done", "/forums/2010/roundtables/rt1/?view=room"):
        assert described(client.get(page)) == {}


def test_hostile_words_stay_in_their_attribute(client, record):
    factories.published_recommendation(headline_en='"><script>alert(1)</script>')
    page = client.get("/recommendations/GFMD-2010-RT1-02/")
    assert described(page)["og:title"] == 'RT1-02 "><script>alert(1)</script>, City 2010 2010'
    assert "<script>alert" not in page.content.decode()
