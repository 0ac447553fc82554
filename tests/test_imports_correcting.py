"""What staff do to a draft of a Chair's document: merge, split, drop, move, place; numbers follow, nothing is lost."""

import dataclasses
import json
from collections.abc import Callable

import pytest

from tracker.imports.correcting import CLOSING, CONCLUSIONS, Draft, begun, changes, corrected_outline
from tracker.imports.document.outline import (
    Addressed,
    Addressee,
    FoundRecommendation,
    FoundRoundtable,
    FoundStatement,
    Outline,
    Proposal,
    Reading,
    Suggestion,
)


def recommendation(number: int, text: str, line: int) -> FoundRecommendation:
    reading = Reading(
        nature=Suggestion("request", "should"), addressees=(Addressee("governments", Addressed.EXPLICIT, "States"),)
    )
    return FoundRecommendation(number=number, text=text, line=line, emphasis=(text.split()[0],), reading=reading)


OUTLINE = Outline(
    roundtables=(
        FoundRoundtable(
            "RT1", 1, "Work", 2, recommendations=tuple(recommendation(n, f"One {n}.", 3 + n) for n in (1, 2, 3))
        ),
        FoundRoundtable("RT2", 2, "Rights", 8, recommendations=(recommendation(1, "Two 1.", 10),)),
    ),
    statements=(
        FoundStatement("Objectives", "It sought.", 1),
        FoundStatement("The future", "Go on.", 12, Proposal.CLOSING_ITEM, reading=Reading()),
        FoundStatement("The future", "It was said.", 13, untracked_reason="Says what was."),
    ),
)
DRAFT = begun(OUTLINE)
Change = Callable[[Draft], Draft]


def told(draft: Draft) -> list[str]:
    """Return what becomes of a draft, in order."""
    outline = corrected_outline(draft, OUTLINE)
    rows = [f"{part.code}-{one.number} {one.text}" for part in outline.roundtables for one in part.recommendations]
    return rows + [f"{one.section}/{one.proposed} {one.text}" for one in outline.statements]


FOUND = [
    *("RT1-1 One 1.", "RT1-2 One 2.", "RT1-3 One 3.", "RT2-1 Two 1."),
    *("Objectives/conclusion It sought.", "The future/closing_item Go on.", "The future/conclusion It was said."),
]
STATEMENTS = FOUND[4:]


def test_a_draft_that_nobody_corrected_is_the_outline_that_was_found() -> None:
    assert corrected_outline(DRAFT, OUTLINE) == OUTLINE
    assert [name for _item, name in DRAFT.numbers()] == ["RT1-01", "RT1-02", "RT1-03", "RT2-01", "FUT-01"]


def test_a_draft_is_kept_as_json_and_comes_back_as_it_was() -> None:
    assert Draft.from_json(json.loads(json.dumps(DRAFT.to_json()))) == DRAFT


CHANGED: dict[str, tuple[Change, list[str]]] = {
    "merge": (lambda d: changes.merge(d, "i2"), ["RT1-1 One 1. One 2.", "RT1-2 One 3.", "RT2-1 Two 1.", *STATEMENTS]),
    "drop": (lambda d: changes.drop(d, "i1"), ["RT1-1 One 2.", "RT1-2 One 3.", "RT2-1 Two 1.", *STATEMENTS]),
    "drop and take back": (lambda d: changes.take_back(changes.drop(d, "i1"), "i1"), FOUND),
    "down": (
        lambda d: changes.move(d, "i1", changes.DOWN),
        ["RT1-1 One 2.", "RT1-2 One 1.", "RT1-3 One 3.", "RT2-1 Two 1.", *STATEMENTS],
    ),
    "up among statements": (
        lambda d: changes.move(d, "i7", changes.UP),
        [*FOUND[:5], "The future/conclusion It was said.", "The future/closing_item Go on."],
    ),
    "another roundtable": (
        lambda d: changes.place(d, "i1", "RT2"),
        ["RT1-1 One 2.", "RT1-2 One 3.", "RT2-1 Two 1.", "RT2-2 One 1.", *STATEMENTS],
    ),
    "to a roundtable": (
        lambda d: changes.place(d, "i7", "RT2"),
        [*FOUND[:4], "RT2-2 It was said.", *STATEMENTS[:2]],
    ),
    "no longer tracked": (
        lambda d: changes.place(d, "i4", CONCLUSIONS),
        [*FOUND[:3], "Rights/conclusion Two 1.", *STATEMENTS],
    ),
    "tracked": (
        lambda d: changes.place(d, "i7", CLOSING),
        [*FOUND[:6], "The future/closing_item It was said."],
    ),
    "no roundtable": (
        lambda d: changes.drop_part(d, "RT2"),
        [*FOUND[:3], "RT1-4 Two 1.", *STATEMENTS],
    ),
    "a roundtable more": (
        lambda d: changes.begin_part(d, "i2"),
        ["RT1-1 One 1.", "RT2-1 Two 1.", "RT3-1 One 2.", "RT3-2 One 3.", *STATEMENTS],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_what_a_button_does(name: str) -> None:
    change, expected = CHANGED[name]
    assert told(change(DRAFT)) == expected


def test_words_are_split_at_each_empty_line_and_every_piece_is_read_as_the_whole_was() -> None:
    item = dataclasses.replace(DRAFT["i1"], text="One 1.\n \nAnd more:\n- a point\n\n\nLast.")
    draft = changes.split(DRAFT.with_item(item), "i1")
    assert told(draft)[:5] == [
        "RT1-1 One 1.",
        "RT1-2 And more:\n- a point",
        "RT1-3 Last.",
        "RT1-4 One 2.",
        "RT1-5 One 3.",
    ]
    pieces = draft.within("RT1")[:3]
    assert {piece.reading for piece in pieces} == {item.reading}
    assert [(piece.key, piece.emphasis) for piece in pieces] == [("i1", ("One",)), ("i9", ()), ("i8", ())]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: changes.merge(d, "i1"),
        lambda d: changes.split(d, "i1"),
        lambda d: changes.move(d, "i1", changes.UP),
        lambda d: changes.move(d, "i4", changes.DOWN),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(change: Change) -> None:
    with pytest.raises(changes.CannotChange, match=r"\.$"):
        change(DRAFT)


@pytest.mark.parametrize(
    "change",
    [changes.drop, changes.merge, changes.split, lambda d, key: changes.move(d, key, changes.UP), changes.begin_part],
)
def test_nothing_is_done_to_what_was_dropped(change: Callable[[Draft, str], Draft]) -> None:
    with pytest.raises(changes.CannotChange, match="take it back first"):
        change(changes.drop(DRAFT, "i2"), "i2")


def test_a_button_of_an_item_that_is_gone_says_so() -> None:
    with pytest.raises(KeyError):
        changes.drop(changes.merge(DRAFT, "i2"), "i2")


def test_the_first_roundtable_dropped_leaves_conclusions() -> None:
    draft = changes.drop_part(changes.drop_part(DRAFT, "RT2"), "RT1")
    assert told(draft)[:4] == [
        "Work/conclusion One 1.",
        "Work/conclusion One 2.",
        "Work/conclusion One 3.",
        "Work/conclusion Two 1.",
    ]
