"""Searching entries and actors: what is typed, what it finds on the real record, and that documents follow changes."""

import pytest

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EntryTranslationFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_assessment,
    published_entry,
)
from tracker import actions
from tracker.models import Actor, EntryDocument, FollowUp
from tracker.record.chain import writing
from tracker.search import Search, entry_differences, parse

pytestmark = pytest.mark.django_db


def entries(typed: str) -> list[str]:
    """Return the references of the entries on record that are found, from the first published on."""
    rows = Search(parse(typed)).matching_entries(FollowUp.objects.on_record())
    return [entry.reference.removeprefix("GFMD-2010-") for entry in rows.order_by("sequence")]


def actors(typed: str) -> list[str]:
    """Return the actors that are found, by name."""
    return [str(one.name_en) for one in Search(parse(typed)).matching_actors(Actor.objects.all())]


def check(*typed: str) -> list[bool]:
    """Whether each is found; documents are what they should be."""
    with writing():
        pass
    assert list(entry_differences()) == []
    return [bool(entries(one)) for one in typed]


def test_an_entry_is_found_by_title_text_actors_and_reference() -> None:
    utopia = ActorFactory(name_en="Utopia", name_fr="Utopie", acronym_en="UTO")
    published_entry(title="Camels were counted", body="In the *desert*.", actor=utopia)
    published_entry(partners=[ActorFactory(name_en="Eldorado")])
    assert check("camel", "CAMELS deserts", "uto", "utopie", "eldorado", '"camels were"', '"were camels"', "des*") == [
        *[True] * 6,
        False,
        True,
    ]
    assert entries("utopia -camels") == []
    assert entries("-camels") == ["RT1-02-F1"]
    assert entries("gfmd-2010-rt1-01") == ["RT1-01-F1"]
    assert entries("GFMD-2010") == entries("2010-rt1-*") == ["RT1-01-F1", "RT1-02-F1"]
    assert entries("GFMD-2010-RT1-02-F1") == entries("RT1-02-F1") == ["RT1-02-F1"]


def test_an_assessment_is_found_by_its_reasoning_and_what_remains() -> None:
    entry = published_entry()
    published_assessment(
        recommendation=entry.recommendation, rests_on=[entry], body="Pensions are portable.", remaining="Camels."
    )
    assert entries("pension camel") == ["RT1-01-A1"]


def test_documents_follow_an_entry_from_its_draft_to_its_removal() -> None:
    with writing():
        draft = FollowUpFactory(title="Camels")
    assert Search(parse("camel")).matching_entries(FollowUp.objects.all()).get() == draft
    assert check("camel") == [False]
    with writing():
        draft.title = "Dromedaries"
        draft.save()
    assert list(entry_differences()) == []
    with writing():
        draft.delete()
    assert EntryDocument.objects.count() == 0
    entry = published_entry(title="Camels")
    EntryTranslationFactory(entry=entry, language="fr", title="Des dromadaires")
    assert check("camel", "dromadaire") == [True, True]
    actions.retract(entry, by=ReviewerFactory(), reason="Wrong")
    assert check("camel") == [True]  # the page shows it, folded away, with the reason
    actions.withhold(entry, by=AdministratorFactory(), reason="An order")
    assert check("camel", "dromadaire") == [False, False]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("cote ivoire", ["Côte d’Ivoire"]),
        ("CÔTE", ["Côte d’Ivoire"]),
        ("elfenbein", []),
        ("etats", ["United States"]),
        ("unis -royaume", ["United States"]),
        ("germany", ["Germany"]),
        ("cote d'iv*", ["Côte d’Ivoire"]),
        ("cote d'iv", []),
        ("OIT", ["International Labour Organization"]),
        ("labour org*", ["International Labour Organization"]),
        ('"united states"', ["United States"]),
        ('"states united"', []),
        ("gfmd-2010", []),
        ("* % _", ["Côte d’Ivoire", "Germany", "International Labour Organization", "United Kingdom", "United States"]),
    ],
)
def test_actors_are_found_by_names_and_acronyms_in_three_languages(typed: str, names: list[str]) -> None:
    ActorFactory(name_en="Côte d’Ivoire")
    ActorFactory(name_en="United States", name_fr="États-Unis", name_es="Estados Unidos")
    ActorFactory(name_en="Germany")
    ActorFactory(name_en="United Kingdom", name_fr="Royaume-Uni")
    ActorFactory(name_en="International Labour Organization", acronym_en="ILO", acronym_fr="OIT")
    assert actors(typed) == names


REAL = {
    "PENSION": ["RT2-03-F1", "RT2-03-A1", "RT2-03-F2"],
    "lignes directrices": ["FUT-05-A1"],
    "philippines germany": ["RT2-04-F1"],
    "portabili* -pension": ["RT2-03-F4", "RT2-03-A2"],
    "ninos": ["RT2-01-F2", "RT2-01-F3", "RT2-01-F4"],
    "iom gmg": ["FUT-05-F1", "FUT-05-F2", "RT3-01-F3"],
    "OISS": ["RT2-03-F1"],
    "gfmd-2010-rt2-03-f": ["RT2-03-F1", "RT2-03-F2", "RT2-03-F3", "RT2-03-F4"],
    "xyzzy": [],
}


@pytest.mark.usefixtures("real_record")
def test_the_same_entries_of_the_real_record_are_found_on_both_engines() -> None:
    assert list(entry_differences()) == []
    assert {typed: entries(typed) for typed in REAL} == REAL
