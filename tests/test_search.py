"""Searching: what is typed, what it finds on the real record, and that documents follow every change."""

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EntryTranslationFactory,
    RecommendationFactory,
    ReferenceAliasFactory,
    ResponsibilityFactory,
    ReviewerFactory,
    ThemeFactory,
    published_entry,
    published_recommendation,
)
from tests.real_record import real_record
from tracker import actions
from tracker.models import Actor, Recommendation, SearchDocument, SearchStale, SearchWord
from tracker.record.chain import writing
from tracker.search import Piece, Search, did_you_mean, differences, marked, parse, rebuild, snippet
from tracker.search.query import MOST_TERMS, Term, still_typing
from tracker.search.tokens import words_of


def found(typed: str) -> list[str]:
    """Return the references that are found, the first ones first."""
    search = Search(parse(typed))
    return [one.short_reference for one in search.ranked(search.matching(Recommendation.objects.published()))]


class TestParse:
    """From what was typed to terms."""

    @pytest.mark.parametrize(
        ("typed", "terms"),
        [
            ("Migrant Women", [Term(("migrant",)), Term(("women",))]),
            ('"right of the child"', [Term(("right", "of", "the", "child"), exact=True)]),
            ('-"the child" -camps', [Term(("the", "child"), exact=True, without=True), Term(("camps",), without=True)]),
            ("port*", [Term(("port",), beginning=True)]),
            ("non-discrimination", [Term(("non", "discrimination"), exact=True)]),
            ("l’État", [Term(("l", "etat"), exact=True)]),
            ("ÇEDİLLE", [Term(("cedille",))]),
            ('" OR * NEAR( NOT', [Term(("or",)), Term(("near",)), Term(("not",))]),
            ("a AND b:c^2", [Term(("a",)), Term(("and",)), Term(("b", "c", "2"), exact=True)]),
            ("日本", [Term(("日", "本"), exact=True)]),
            ("هِجرة", [Term(("هجرة",))]),
            ('- -- "" * % _ 🙂 \'', []),
        ],
    )
    def test_terms(self, typed: str, terms: list[Term]) -> None:
        query = parse(typed)
        assert list(query.terms) == terms
        assert bool(query) == bool(terms)

    @pytest.mark.parametrize("typed", ["GFMD-2010", "gfmd-2010-rt2", "GFMD-2010-RT2-", " GFMD-2010-RT2-03 "])
    def test_reference(self, typed: str) -> None:
        assert (parse(typed).reference, parse(typed).terms) == (typed.strip().upper(), ())

    @pytest.mark.parametrize("typed", ["GFMD", "GFMD-2010-RT2-03 and", "2010-RT2", '"GFMD-2010"'])
    def test_no_reference(self, typed: str) -> None:
        assert parse(typed).reference == ""

    def test_many_words_are_cut(self) -> None:
        query = parse("word " * 500)
        assert (len(query.terms), query.shortened) == (MOST_TERMS, True)
        assert not parse("word").shortened

    def test_while_typing_the_last_word_is_a_beginning(self) -> None:
        assert still_typing(parse("two wor")).terms == (Term(("two",)), Term(("wor",), beginning=True))
        assert still_typing(parse("two -wor")) == parse("two -wor")
        assert still_typing(parse("")) == parse("")

    @given(st.text(max_size=60))
    def test_anything_parses_and_gives_words_alone(self, typed: str) -> None:
        for term in parse(typed).terms:
            assert term.words == tuple(words_of(" ".join(term.words)))


@pytest.mark.django_db
@pytest.mark.xdist_group("search")  # one process loads the record once
class TestRealRecord:
    """The same queries find the same on both engines, in three languages."""

    EXPECTED = {
        "PENSION": ["RT2-03"],
        "pensions": ["RT2-03"],
        "criminalización": ["RT1-03"],
        "criminalizacion": ["RT1-03"],
        "gmg directrices": ["FUT-05", "RT2-02"],
        '"rights of the child"': ["RT2-01"],
        '"child of the rights"': [],
        "GFMD-2010-RT2": ["RT2-01", "RT2-02", "RT2-03", "RT2-04"],
        "gfmd-2010-fut-04": ["FUT-04"],
        "migracion irregular": ["RT1-06", "RT1-01", "RT1-03"],
        "retour": ["RT1-04"],
        "portabilty": [],
        "philippines": ["RT2-04"],
        "pension -portability": [],
        "portabili*": ["RT2-03"],
        "droits de l’homme": ["RT1-01", "RT1-03", "RT2-01", "RT2-02", "FUT-05"],
        '"human rights" -gender': ["RT1-03", "RT2-01", "FUT-05"],
        "* OR NEAR( NOT": [],
        "日本": [],
    }

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _real_record(cls, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
        with real_record(django_db_blocker):
            yield

    def test_each_query_finds_what_it_should(self) -> None:
        assert {typed: found(typed) for typed in self.EXPECTED} == self.EXPECTED

    MEANT = {
        "portabilty": "portability",
        "migrnat womne": "migrant women",
        "criminalizacoin": "criminalizacion",
        '"rigths of the child"': '"rights of the child"',
        "pension": "",
        "xyzzyx": "",
        "abc": "",
    }

    def test_misspelt_words_are_mended(self, django_assert_num_queries: Any) -> None:
        meant = {typed: did_you_mean(parse(typed), lambda mended: bool(found(mended))) for typed in self.MEANT}
        assert meant == self.MEANT
        assert list(differences()) == []
        assert (SearchDocument.objects.count(), SearchStale.objects.count()) == (18, 0)
        with django_assert_num_queries(2):  # names of actors and themes; the recommendations
            assert len(found("migrant women -camps")) == 3


@pytest.mark.django_db
class TestFollowing:
    """Documents follow each change that is made in ``writing``, in its transaction."""

    def check(self, *typed: str) -> list[bool]:
        """Whether each is found; documents are what they should be."""
        with writing():
            pass
        assert list(differences()) == []
        return [bool(found(one)) for one in typed]

    def test_official_words_and_headline(self) -> None:
        one = published_recommendation(official_text="Ratify the treaty.", headline_en="Ratification")
        assert self.check("treaty", "ratification", "camel") == [True, True, False]
        with writing():
            one.headline_fr = "Des chameaux"
            one.save()
        assert self.check("chameau") == [True]

    def test_draft_is_in_the_index_but_not_public(self) -> None:
        with writing():
            RecommendationFactory(official_text="Ratify the treaty.")
        assert self.check("treaty") == [False]
        search = Search(parse("treaty"))
        assert search.matching(Recommendation.objects.all()).count() == 1

    def test_entry_from_publication_to_withholding(self) -> None:
        entry = published_entry(title="Camels were counted")
        assert self.check("camel") == [True]
        EntryTranslationFactory(entry=entry, language="fr", title="On a compté les dromadaires")
        assert self.check("dromadaire") == [True]
        actions.withhold(entry, by=AdministratorFactory(), reason="An order")
        assert self.check("camel", "dromadaire") == [False, False]

    def test_retracted_entry(self) -> None:
        entry = published_entry(title="Camels were counted")
        actions.retract(entry, by=ReviewerFactory(), reason="Wrong")
        assert self.check("camel") == [False]

    def test_draft_entry_is_nowhere(self) -> None:
        from tests.factories import FollowUpFactory

        with writing():
            FollowUpFactory(title="Camels were counted")
        assert self.check("camel") == [False]

    def test_actor_is_found_by_any_of_its_names_also_a_new_one(self) -> None:
        actor = ActorFactory(name_en="Utopia", name_fr="Utopie", acronym_en="UTO")
        ResponsibilityFactory(recommendation=published_recommendation(), actor=actor)
        published_entry(actor=ActorFactory(name_en="Arcadia"), partners=[ActorFactory(name_en="Eldorado")])
        assert self.check("utopia", "utopie", "uto", "arcadia", "eldorado", "topia") == [True] * 5 + [False]
        Actor.objects.filter(name_en="Arcadia").update(name_en="Oz", sort_en="oz")
        assert self.check("arcadia", "oz") == [False, True]

    def test_theme(self) -> None:
        theme, one = ThemeFactory(name_en="Gender", name_es="Género"), published_recommendation()
        assert self.check("genero") == [False]
        one.themes.add(theme)
        assert self.check("genero", '"gender"', "gend*") == [True, True, True]

    def test_old_reference_leads_to_the_recommendation(self) -> None:
        ReferenceAliasFactory(reference="GFMD-2009-RT9-01", recommendation=published_recommendation())
        assert found("gfmd-2009-rt9") == ["RT1-01"]

    def test_deleted_draft(self) -> None:
        with writing():
            draft = RecommendationFactory()
        assert self.check() == []
        with writing():
            draft.delete()
        assert self.check() == []
        assert SearchDocument.objects.count() == 0

    def test_sql_makes_a_document_stale_until_the_next_writing(self) -> None:
        one = published_recommendation()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE tracker_recommendation SET headline_en = 'Camels' WHERE id = %s", [one.pk])
        assert list(SearchStale.objects.values_list("pk", flat=True)) == [one.pk]
        assert [names for _reference, names in differences()] == [["names"]]
        assert self.check("camel") == [True]

    def test_copies_and_notes_make_nothing_stale(self) -> None:
        one = published_recommendation()
        Recommendation.objects.filter(pk=one.pk).update(internal_note="Ask", followup_count=0)
        assert SearchStale.objects.count() == 0

    def test_change_that_is_rolled_back_changes_no_document(self) -> None:
        one = published_recommendation()
        with transaction.atomic():
            with writing():
                Recommendation.objects.filter(pk=one.pk).update(headline_en="Camels")
            assert found("camels") == ["RT1-01"]
            transaction.set_rollback(True)
        assert self.check("camels") == [False]


@pytest.mark.django_db
class TestRebuildSearch:
    """``rebuild_search`` writes all anew; with --check it only says what differs."""

    @staticmethod
    def run(*options: str) -> str:
        printed = StringIO()
        call_command("rebuild_search", *options, stdout=printed)
        return printed.getvalue()

    def test_nothing_differs(self) -> None:
        published_entry()
        assert self.run("--check") == "0 differences.\n"

    def test_names_what_differs_and_mends_it(self) -> None:
        one, other = published_recommendation(), published_recommendation()
        SearchDocument.objects.filter(pk=one.pk).update(words="wcamel")
        SearchDocument.objects.filter(pk=other.pk).delete()
        with pytest.raises(SystemExit):
            self.run("--check")
        assert dict(differences()) == {one.reference: ["words"], other.reference: ["line", "names", "words", "record"]}
        assert self.run() == "2 documents written.\n"
        assert self.run("--check") == "0 differences.\n"

    def test_words_of_what_is_gone_are_forgotten(self) -> None:
        entry = published_entry(title="Dromedaries were counted")
        actions.withhold(entry, by=AdministratorFactory(), reason="An order")
        assert rebuild() == 1
        assert not SearchWord.objects.filter(word="dromedaries").exists()


def shown(pieces: Iterable[Piece]) -> str:
    """Return pieces as one text, what was found in brackets."""
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


class TestSnippet:
    """What matched is marked, as it was written."""

    @pytest.mark.parametrize(
        ("typed", "text", "expected"),
        [
            ("pension", "Portable pensions, PENSION rights", "Portable [pensions], [PENSION] rights"),
            ("etat", "L’État et les États", "L’[État] et les [États]"),
            ('"human rights"', "Human rights of humans", "[Human] [rights] of humans"),
            ("port*", "Portability", "[Portability]"),
            ("-pension rights", "Pension rights", "Pension [rights]"),
            ("camel", "Pension <rights>", "Pension <rights>"),
        ],
    )
    def test_marked(self, typed: str, text: str, expected: str) -> None:
        language = "fr" if "É" in text else "en"
        assert shown(marked(text, parse(typed), language)) == expected
        assert "".join(piece.text for piece in marked(text, parse(typed), language)) == text

    def test_part_of_a_long_text(self) -> None:
        text = "word " * 100 + "camel " + "more " * 100
        part = shown(snippet(text, parse("camel")))
        assert part.startswith("… word")
        assert part.endswith(" …")
        assert "[camel]" in part
        assert len(part) < 280

    def test_no_match_no_snippet(self) -> None:
        assert snippet("word " * 100, parse("camel")) == []

    def test_short_text_is_whole(self) -> None:
        assert shown(snippet("One camel.", parse("camel"))) == "One [camel]."
