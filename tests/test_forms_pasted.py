"""Taking a pasted list apart."""

import pytest

from tracker.forms.pasted import first_words, not_yet, same_words, split_pasted

ONE_EACH = ["Share data.", "Lower fees."]


@pytest.mark.parametrize(
    "bullets",
    ["- -", "* *", "• •", "– –", "— —", "▪ ▪", "1. 2.", "1) 2)", "9. 10.", "1.1. 1.2.", "a) b)", "(a) (b)", "(i) (ii)"],
)
def test_bullets_of_every_sort_begin_a_text(bullets: str) -> None:
    first, second = bullets.split()
    assert split_pasted(f"{first} Share data.\n{second} Lower fees.") == ONE_EACH
    assert split_pasted(f"  {first}\tShare\n   data.\r\n{second} Lower\r\n fees.\r\n") == ONE_EACH
    assert split_pasted(f"{first}\nShare data.\n\n{second}\nLower fees.") == ONE_EACH


def test_a_round_bullet_needs_no_space() -> None:
    assert split_pasted("•Share data.\n•Lower fees.") == ONE_EACH


def test_lines_without_bullets_are_one_text_each() -> None:
    assert split_pasted("Share data.\n\n  Lower  fees.\u2028") == ONE_EACH


def test_a_blank_line_ends_a_text_where_there_are_bullets() -> None:
    assert split_pasted("Recommendations\n\n- Share\ndata.\n\nLower\nfees.") == ["Recommendations", *ONE_EACH]


@pytest.mark.parametrize("text", ["-5 per cent", "1.5 million people", "2010. A year", "civil) society", "e.g. this"])
def test_what_only_resembles_a_bullet_is_part_of_the_words(text: str) -> None:
    assert split_pasted(text) == [text]


@pytest.mark.parametrize("text", ["", " \n\t\n", "-\n•\n1.\n"])
def test_nothing_is_in_what_is_empty(text: str) -> None:
    assert split_pasted(text) == []


def test_a_text_in_another_script_stays_as_it_is() -> None:
    assert split_pasted("1. ينبغي للحكومات\n2. 各国政府应") == ["ينبغي للحكومات", "各国政府应"]


def test_words_are_the_same_whatever_their_spacing_case_and_accents_form() -> None:
    assert same_words("  Côte\n d’Ivoire ") == same_words("CO\u0302TE d’ivoire")
    assert same_words("Cote") != same_words("Côte")


def test_what_is_recorded_or_pasted_twice_is_left_out() -> None:
    assert not_yet(["A b", "C", "a  B", "c"], ["C"]) == ["A b"]


def test_a_headline_ends_with_a_whole_word() -> None:
    assert first_words("Share data.") == "Share data"
    long = "Governments should consider sharing what they know of recruitment fees, and lowering them"
    assert first_words(long) == "Governments should consider sharing what they know of recruitment fees, and…"
    assert len(first_words("x" * 200)) == 80
