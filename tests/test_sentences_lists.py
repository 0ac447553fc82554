"""What lines of lists say in numbers and years."""

import pytest

from tracker.sentences.lists import member_since, recommendations_in_number


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (2006, 2018, "member 2006 to 2018"),
        (2006, None, "member since 2006"),
        (None, 2018, "member until 2018"),
        (None, None, ""),
    ],
)
def test_years_of_a_member(since: int | None, until: int | None, words: str) -> None:
    assert member_since(since, until) == words


def test_recommendations_are_numbered() -> None:
    assert recommendations_in_number(1) == "1 recommendation"
    assert recommendations_in_number(12_000) == "12,000 recommendations"
