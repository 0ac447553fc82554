"""Texts as HTML: what has no meaning to Markdown is written without parsing it, as parsing it would have."""

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.sentences.html import MARKDOWN, PLAIN, SCHEMES, TAGS, markdown


def parsed(text: str) -> str:
    """Return a text as the parser and the cleaner make it."""
    return nh3.clean(MARKDOWN.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(PLAIN, fullmatch=True))
def test_a_plain_text_is_what_it_would_be_parsed(text: str) -> None:
    assert markdown(text) == parsed(text)


@pytest.mark.parametrize(
    "text", ["Ångström, 2010: (a/b) 50 % — “so” «là» l'un?", "a", "A 1. b - c", "https://example.org/a"]
)
def test_a_usual_text_is_plain(text: str) -> None:
    assert PLAIN.fullmatch(text)
    assert markdown(text) == parsed(text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    "text", ["", "1. a", "- a", " a", "a ", "a\nb", "a_b_", "a *b*", "a & b", "a\tb", "a\x07", "<b>"]
)
def test_what_may_mean_something_is_parsed(text: str) -> None:
    assert not PLAIN.fullmatch(text)
