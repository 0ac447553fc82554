"""The boxes that search the lists of actors and of updates."""

import pytest

from tests import factories
from tests.reading import links, parts, words
from tracker import actions
from tracker.record.chain import writing
from tracker.views import actor_list

pytestmark = pytest.mark.django_db
ACTORS, UPDATES = "/actors/", "/updates/"


@pytest.fixture
def some_actors() -> None:
    for name, more in {
        "Côte d’Ivoire": {},
        "United States": {"name_fr": "États-Unis"},
        "International Labour Organization": {"acronym_en": "ILO", "kind": "un_body"},
    }.items():
        factories.ActorFactory(name_en=name, **more)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cote", ["Côte d’Ivoire"]),
        ("ETATS", ["United States"]),
        ("ilo", ["International Labour Organization (ILO)"]),
        ("inter*", ["International Labour Organization (ILO)"]),
        ("united -kingdom", ["United States"]),
        ("nobody", []),
    ],
)
def test_actors_are_found_by_what_they_are_called(client, some_actors, typed, found):
    page = client.get(ACTORS, {"q": typed})
    assert parts(page, "ul.actors") == found
    number = "1 actor found" if found else "0 actors found"
    assert parts(page, "h2") == [number]
    assert ("No actor has these words in its name" in words(page)) == (not found)
    assert f'value="{typed}"' in page.content.decode()
    assert ACTORS in links(page)


def test_actors_stand_by_kind_with_what_is_on_record_of_each(client, some_actors):
    busy = factories.CollectiveFactory(name_en="Busy")
    for _ in range(3):
        entry = factories.published_entry(actor=busy)
    factories.ResponsibilityFactory(recommendation=entry.recommendation, actor=busy)
    factories.FollowUpFactory(actor=busy)
    page = client.get(ACTORS)
    assert parts(page, "h2") == ["Governments", "United Nations bodies"]
    assert parts(page, "ul.actors")[0] == ("Busy collective · 1 recommendation · 3 follow-ups")
    assert parts(page, "summary") == ["2 that no entry names yet", "1 that no entry names yet"]


def test_thousands_of_actors_are_read_in_pages(client, some_actors, monkeypatch):
    monkeypatch.setattr(actor_list, "PER_PAGE", 2)
    first, second = client.get(ACTORS), client.get(f"{ACTORS}?page=2")
    assert parts(first, "nav.paging") == ["Page 1 of 2. Showing 1–2 of 3 Next page"]
    assert parts(second, "nav.paging") == ["Previous page Page 2 of 2. Showing 3–3 of 3"]
    assert parts(first, "ul.actors") == ["Côte d’Ivoire United States"]
    assert parts(second, "ul.actors") == ["International Labour Organization (ILO)"]


@pytest.fixture
def some_updates() -> None:
    factories.published_entry(title="Camels were counted", body="In the desert.")
    gone = factories.published_entry(title="Camels were sold")
    factories.published_entry(title="Pensions", actor=factories.ActorFactory(name_en="Eldorado"))
    factories.FollowUpFactory(title="Camels in a draft")
    actions.withhold(gone, by=factories.AdministratorFactory(), reason="An order.")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("camel", ["Camels were counted"]),
        ('"camels were"', ["Camels were counted"]),
        ("camel -desert", []),
        ("pens*", ["Pensions"]),
        ("eldorado", ["Pensions"]),
        ("gfmd-2010-rt1-01", ["Camels were counted"]),
        ("GFMD-2010-RT1-03-F1", ["Pensions"]),
    ],
)
def test_updates_are_found_by_words_actors_and_references(client, some_updates, typed, found):
    page = client.get(UPDATES, {"q": typed})
    assert parts(page, "h3") == found
    assert ("No entry has all of these words." in words(page)) == (not found)


def test_a_misspelt_word_is_mended_and_other_pages_keep_the_search(client, some_updates):
    page = client.get(f"{UPDATES}?q=pensoins")
    assert "Did you mean pensions?" in words(page)
    assert "?q=pensions" in links(page)
    assert '<link rel="canonical" href="http://testserver/updates/?q=camel">' in (
        client.get(f"{UPDATES}?q=camel&page=1").content.decode()
    )


@pytest.mark.parametrize("path", [ACTORS, UPDATES])
def test_anything_may_be_typed(client, some_updates, path):
    for typed in ('" OR * NEAR( NOT', "%", "_", "🙂", "word " * 99, "-", '"', "' OR 1=1 --", "*", "ﷺ" * 500):
        assert client.get(path, {"q": typed}).status_code == 200, typed


@pytest.mark.parametrize("path", [ACTORS, UPDATES])
def test_what_nobody_types_is_refused_and_what_holds_no_word_is_said(client, path):
    for typed in ("x" * 501, "a\0b"):
        assert client.get(path, {"q": typed}).status_code == 400
    assert "There is no word in “%” that could be looked for." in words(client.get(path, {"q": "%"}))
    assert "Only the first 16 words were looked for." in words(client.get(path, {"q": "word " * 20}))


@pytest.mark.parametrize("number", [1, 60])
def test_searching_takes_the_same_queries_whatever_the_size(client, number, django_assert_num_queries):
    recommendation = factories.published_recommendation()
    with writing():
        for place in range(number):
            actor = factories.ActorFactory(name_en=f"Camel {place}")
            factories.published_entry(recommendation=recommendation, title="Camels", actor=actor)
    with django_assert_num_queries(5):  # the head, the numbers, names, how many, the actors
        assert client.get(f"{ACTORS}?q=camel").status_code == 200
    with django_assert_num_queries(6):  # the head, counts, the newest, names, how many, the entries
        assert client.get(f"{UPDATES}?q=camel").status_code == 200
