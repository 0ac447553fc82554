"""Every public page in French and Spanish: its address, its words, its links to the same page in the others."""

import datetime as dt
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override

from tests import factories
from tests.crawler import read
from tests.reading import parts
from tests.real_record import load_real_record
from tests.spoken import spoken
from tracker.models import DatePrecision
from tracker.sentences import day_words, figure, join, since_words, span_words
from tracker.views.languages import language_of, versions

OTHERS = ["fr", "es"]
# A page of every kind on the real record, and what its address may ask for.
PAGES: dict[str, list[object]] = {
    "overview": [],
    "forums": [],
    "forum": [2010],
    "roundtable": [2010, "rt2"],
    "recommendations": [],
    "recommendation": ["GFMD-2010-RT2-03"],
    "actors": [],
    "actor": ["philippines"],
    "theme": ["gender"],
    "milestone": ["hld-2013"],
    "updates": [],
    "about": [],
    "data": [],
    "api_docs": [],
    "methodology": [],
    "accessibility": [],
    "report": [],
}
FEEDS = {
    f"{name}_feed" for name in ("updates", "recommendations", "recommendation", "forum", "roundtable", "actor", "theme")
}
CITATIONS = {f"cite_{name}" for name in ("bibtex", "ris", "csl", "record_bibtex", "record_ris", "record_csl")}
LISTS = {f"{name}_file" for name in ("recommendations", "recommendation", "actors", "updates")}
FILES = {*FEEDS, *CITATIONS, *LISTS, "report_pdf", "calendar", "roundtable_embed", "roundtable_drawing"}
LED_ON = {"entry"}
QUERIES = {
    "forum": [""],
    "roundtable": ["", "?as_of=2013-10-04", "?view=room", "?as_of=2031-01-01", "?since=no"],
    "recommendations": ["", "?status=in_progress&track=roundtables", "?q=zzzz", "?status=abc", "?page=99"],
    "recommendation": ["", "?as_of=2011-06-01", "?page=x", "?as_of=1999-01-01"],
}
# Words that English has and neither French nor Spanish. Sources are cited in their own words.
ENGLISH = re.compile(r"\b(the|and|with|which|from|has|been|this)\b", re.IGNORECASE)


def addresses(language: str) -> list[str]:
    with override(language):
        pages = [
            f"{reverse(name, args=arguments)}{query}"
            for name, arguments in PAGES.items()
            for query in QUERIES.get(name, [""])
        ]
        return [*pages, f"{reverse('overview')}nowhere/", f"{reverse('forums')}1999/", f"{reverse('overview')}?q=%00"]


def page_address(address: str) -> str:
    """Return what the switch of a page leads to: an address that is refused leads to the page without its query."""
    refused = ("=abc", "=x", "=1999-01-01", "=2031-01-01", "=no", "=99", "=%00")
    return address.split("?")[0] if address.endswith(refused) else address


@cache
def differing(language: str) -> dict[str, str]:
    """Return the English messages that are said otherwise in a language, with what is said there."""
    path = Path(settings.BASE_DIR) / "tracker" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file, locale=language) if isinstance(entry.id, str) and entry.id]
    return {str(entry.id): str(entry.string) for entry in entries if entry.string and entry.string != entry.id}


def test_every_page_of_the_site_is_among_those_that_are_read() -> None:
    in_languages, *_others = get_resolver().url_patterns
    names = {pattern.name for pattern in in_languages.url_patterns}
    assert {name for name in names if not name.endswith("_picture")} == {*PAGES, *FILES, *LED_ON, "styleguide"}


@pytest.mark.django_db(transaction=True)
def test_every_page_speaks_its_language_and_leads_to_the_others(client: Client) -> None:
    load_real_record()
    wrong = []
    for language in OTHERS:
        for address in addresses(language):
            answer = client.get(address)
            page = read(answer.content.decode())
            with override(language):
                switch = {version.path for version in versions(page_address(address), "")}
            alternates = ["en", "es", "fr", "x-default"] if page.robots != "noindex" else []
            found = {
                "language": page.lang == language,
                "vary": answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding",
                "no cookie": not answer.cookies,
                "alternates": sorted(page.alternates) == alternates,
                "switch": switch <= {unescape(link) for link in page.links},
            }
            wrong += [f"{address}: {name}" for name, right in found.items() if not right]
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_no_english_is_left_in_french_and_spanish(client: Client) -> None:
    load_real_record()
    found = []
    for language in OTHERS:
        english = differing(language)
        for address in addresses(language):
            texts = {text for spoken_in, text in spoken(visible(client.get(address))) if spoken_in == language}
            found += [f"{address}: {text}" for text in sorted(texts) if text in english or ENGLISH.search(text)]
    assert found == []


def visible(answer: HttpResponse) -> str:
    """Return a page without what is quoted in the words of its source, and without the names of parameters."""
    html = answer.content.decode()
    for quoted in (r'<ul class="evidence">.*?</ul>', r'<section class="cite">.*?</section>', r"<code>.*?</code>"):
        html = re.sub(quoted, "", html, flags=re.DOTALL)
    return re.sub(r"<figcaption>.*?</figcaption>", "", html, flags=re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_the_switch_keeps_page_and_query_and_every_version_answers(client: Client) -> None:
    load_real_record()
    for address in map(page_address, addresses("en")):
        first = client.get(address)
        for version in versions(address, ""):
            answer = client.get(version.address)
            assert answer.status_code == first.status_code, version.address
            assert read(answer.content.decode()).lang == version.code


def test_a_place_in_a_list_is_left_behind_with_its_order() -> None:
    with override("fr"):
        found = versions("/fr/actors/?cursor=abc&q=ilo", "https://x.example.org")
    assert [version.address for version in found] == [
        "https://x.example.org/actors/?q=ilo",
        "https://x.example.org/fr/actors/?cursor=abc&q=ilo",
        "https://x.example.org/es/actors/?q=ilo",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_moved_addresses_stay_in_their_language(client: Client, language: str) -> None:
    factories.published_entry()
    moves = {
        f"/{language}/forums": (301, f"/{language}/forums/"),
        f"/{language}/recommendations/gfmd-2010-rt1-01/?as_of=": (
            301,
            f"/{language}/recommendations/GFMD-2010-RT1-01/?as_of=",
        ),
        f"/{language}/forums/2010/roundtables/RT1/": (301, f"/{language}/forums/2010/roundtables/rt1/"),
        f"/{language}/entries/GFMD-2010-RT1-01-F1/": (302, f"/{language}/recommendations/GFMD-2010-RT1-01/#F1"),
    }
    for address, moved in moves.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == moved


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/en/", "/"),
        ("/en/forums/2010/", "/forums/2010/"),
        ("/en/recommendations/?q=pension&page=2", "/recommendations/?q=pension&page=2"),
        ("/en//evil.example.org/", "/evil.example.org/"),
        ("/en/en/", "/en/"),
    ],
)
def test_english_has_no_prefix(client: Client, address: str, target: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, target)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/de/", "/FR/", "/fr-CA/", "/frforums/", "/fr/admin/", "/fr/robots.txt", "/fr/es/"])
def test_what_is_no_language_is_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"accept-language": "fr"}, {"cookie": "django_language=fr"}])
def test_the_address_alone_decides(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/", headers=headers)
    assert (answer.status_code, read(answer.content.decode()).lang) == (200, "en")


@pytest.mark.parametrize(
    ("path", "language"), [("/", "en"), ("/fr/", "fr"), ("/es", "es"), ("/fra/", "en"), ("", "en"), ("//fr/", "en")]
)
def test_language_of_a_path(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.django_db
def test_social_media_and_search_engines_learn_the_languages(client: Client) -> None:
    html = unescape(client.get("/es/").content.decode())
    assert re.findall(r'property="(og:locale[:\w]*)"\s+content="(\w+)"', html) == [
        ("og:locale:alternate", "en_GB"),
        ("og:locale:alternate", "fr_FR"),
        ("og:locale", "es_ES"),
    ]
    assert '"inLanguage": "es"' in html
    assert read(html).canonical == ["http://testserver/es/"]
    assert read(html).alternates == {
        "en": "http://testserver/",
        "x-default": "http://testserver/",
        "fr": "http://testserver/fr/",
        "es": "http://testserver/es/",
    }


# Dates, numbers and lists


FIRST, OTHER = dt.date(2011, 5, 1), dt.date(2013, 10, 4)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 May 2011", "4 October 2013", "May 2011", "since 4 October 2013", "since May 2011"]),
        ("fr", ["1er mai 2011", "4 octobre 2013", "mai 2011", "depuis le 4 octobre 2013", "depuis mai 2011"]),
        ("es", ["1 de mayo de 2011", "4 de octubre de 2013", "mayo de 2011"]),
    ],
)
def test_dates_follow_the_language(language: str, said: list[str]) -> None:
    with override(language):
        words = [
            day_words(FIRST),
            day_words(OTHER),
            day_words(FIRST, DatePrecision.MONTH),
            since_words(OTHER),
            since_words(FIRST, DatePrecision.MONTH),
        ]
    assert words[: len(said)] == said


@pytest.mark.parametrize(
    ("language", "spans"),
    [
        ("en", ["1 to 4 May 2011", "1 May to 4 October 2011", "May to October 2011"]),
        ("fr", ["du 1er au 4 mai 2011", "du 1er mai au 4 octobre 2011", "mai – octobre 2011"]),
        ("es", ["del 1 al 4 de mayo de 2011", "del 1 de mayo al 4 de octubre de 2011", "de mayo a octubre de 2011"]),
    ],
)
def test_spans_follow_the_language(language: str, spans: list[str]) -> None:
    fourth, october = dt.date(2011, 5, 4), dt.date(2011, 10, 4)
    with override(language):
        said = [
            span_words(FIRST, fourth, DatePrecision.DAY),
            span_words(FIRST, october, DatePrecision.DAY),
            span_words(FIRST, october, DatePrecision.MONTH),
        ]
    assert said == spans


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("en", ["1234", "12,345"]), ("fr", ["1234", "12\xa0345"]), ("es", ["1234", "12\xa0345"])],
)
def test_numbers_are_grouped_as_the_language_does(language: str, numbers: list[str]) -> None:
    with override(language):
        assert [figure(1234), figure(12345)] == numbers


@pytest.mark.parametrize(
    ("language", "lists"),
    [
        ("en", ["France, Spain and Italy", "Spain and Iceland"]),
        ("fr", ["France, Spain et Italy", "Spain et Iceland"]),
        ("es", ["France, Spain e Italy", "Spain e Iceland"]),
    ],
)
def test_lists_end_as_the_language_does(language: str, lists: list[str]) -> None:
    with override(language):
        assert [join(["France", "Spain", "Italy"]), join(["Spain", "Iceland"])] == lists


@pytest.mark.parametrize(
    ("last", "said"), [("hielo", "agua y hielo"), ("hijos", "agua e hijos"), ("Yemen", "agua y Yemen")]
)
def test_spanish_and_before_the_sound_of_i(last: str, said: str) -> None:
    with override("es"):
        assert join(["agua", last]) == said


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2])
def test_plurals_are_those_of_the_language(client: Client, number: int) -> None:
    recommendation = factories.published_recommendation()
    for _ in range(number):
        factories.published_entry(recommendation=recommendation)
    said = {
        "fr": {1: "une fiche de suivi figure", 2: "deux fiches de suivi figurent"}[number],
        "es": {1: "consta una medida de seguimiento", 2: "constan dos medidas de seguimiento"}[number],
    }
    for language, words in said.items():
        html = client.get(f"/{language}/recommendations/{recommendation.reference}/").content.decode().lower()
        assert words in html


@pytest.mark.django_db
def test_official_words_are_shown_in_the_language_of_the_page_where_they_are_translated(client: Client) -> None:
    words = {"official_text": "Return is a right.", "translation_fr": "Le retour est un droit."}
    path = f"{factories.published_recommendation(**words).get_absolute_url()}"
    in_french, in_spanish = client.get(f"/fr{path}"), client.get(f"/es{path}")
    assert parts(in_french, "blockquote") == ["Return is a right.", "Le retour est un droit."]
    assert parts(in_spanish, "blockquote") == ["Return is a right."]
    table = client.get("/fr/forums/2010/roundtables/rt1/")
    assert (parts(table, "blockquote"), parts(table, ".unofficial")) == (
        ["Le retour est un droit."],
        ["Traduction non officielle"],
    )
    assert parts(client.get("/forums/2010/roundtables/rt1/"), "blockquote") == ["Return is a right."]
