"""Which earlier recommendations a text most likely repeats."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ForumFactory,
    RecommendationFactory,
    ReiterationFactory,
    RoundtableFactory,
    ThemeFactory,
    published_recommendation,
)
from tracker.likeness import found_by, likeliest, ranked, words_of
from tracker.models import Recommendation, Roundtable

TEXT = "Governments should consider recognising the certificates of nurses."


def alike(*texts: str) -> list[tuple[int, tuple[str, ...]]]:
    others = [(Recommendation(pk=number), text) for number, text in enumerate(texts)]
    return [(found.recommendation.pk, found.shared) for found in ranked(TEXT, others)]


def test_words_are_compared_in_one_spelling_and_without_the_shortest() -> None:
    assert words_of("Équité for CERTIFICATES, 2010; the fee_s") == {"equite", "certificates"}


def test_rare_words_count_more_than_those_that_all_have() -> None:
    found = alike(
        "Governments should consider fees.",
        "Governments should consider certificates of nurses.",
        "Governments should consider towns.",
    )
    assert found == [
        (1, ("certificates", "nurses", "consider", "governments", "should")),
        (0, ("consider", "governments", "should")),
        (2, ("consider", "governments", "should")),
    ]


def test_a_long_text_that_shares_words_by_chance_comes_later() -> None:
    padding = " ".join(f"{letter * 6}" for letter in "abdefghijklm")
    assert [key for key, _shared in alike(f"Certificates of nurses. {padding}", "Certificates of nurses.")] == [1, 0]


@pytest.mark.parametrize("text", ["", "Certificates alone.", "Nothing in common here.", "各国政府"])
def test_one_word_or_none_is_not_alike(text: str) -> None:
    assert alike(text) == []


@pytest.fixture
def later(db: None) -> tuple[Roundtable, Recommendation]:
    """Make a roundtable of the Forum of 2010 and a draft of that of 2011."""
    earlier = RoundtableFactory(forum=ForumFactory(year=2010))
    draft = RecommendationFactory(roundtable=RoundtableFactory(forum=ForumFactory(year=2011)), official_text=TEXT)
    return earlier, draft


def test_only_what_earlier_forums_published_is_suggested(later: tuple[Roundtable, Recommendation]) -> None:
    earlier, draft = later
    found = published_recommendation(roundtable=earlier, official_text="Nurses' certificates matter.")
    RecommendationFactory(roundtable=earlier, official_text=TEXT)
    published_recommendation(roundtable=draft.roundtable, official_text=TEXT)
    said = published_recommendation(roundtable=earlier, official_text=TEXT)
    ReiterationFactory(later=draft, earlier=said)
    assert [one.recommendation for one in likeliest(draft)] == [found]


def test_one_of_the_same_theme_is_a_candidate_without_the_longest_words(
    later: tuple[Roundtable, Recommendation],
) -> None:
    earlier, draft = later
    theme = ThemeFactory()
    draft.themes.add(theme)
    text = "Nurses should be heard."
    found = published_recommendation(roundtable=earlier, official_text=text, themes=[theme])
    published_recommendation(roundtable=earlier, official_text=text)
    assert [(one.recommendation, one.shared) for one in likeliest(draft)] == [(found, ("nurses", "should"))]


def test_two_queries_are_asked_however_many_there_are(later: tuple[Roundtable, Recommendation]) -> None:
    earlier, draft = later
    for number in (1, 20):
        for _number in range(number):
            published_recommendation(roundtable=earlier, official_text=TEXT)
        with CaptureQueriesContext(connection) as queries:
            assert len(likeliest(draft)) == min(number, 9) + (number > 1)
        assert len(queries) == 2


def test_a_search_finds_what_holds_all_of_the_words(later: tuple[Roundtable, Recommendation]) -> None:
    earlier, draft = later
    found = published_recommendation(roundtable=earlier, official_text="Nurses at sea.", headline_en="Health 100 %")
    published_recommendation(roundtable=earlier, official_text="Nurses.")
    assert found_by(draft, ["NURSES", "100", "%", "GFMD-2010"]) == [found]
