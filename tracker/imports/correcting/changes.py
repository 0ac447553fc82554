"""What the buttons of the screen do to a draft. Each returns another draft, or refuses with ``CannotChange``."""

import dataclasses
import re
from typing import NewType

from django.utils.translation import gettext as _

from tracker.imports.correcting.draft import CLOSING, CONCLUSIONS, OUTSIDE, Draft, Item, Part

Direction = NewType("Direction", int)
UP, DOWN = Direction(-1), Direction(1)
BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


class CannotChange(Exception):
    """A button asks for something that makes no sense here. ``str()`` is a sentence that says what to do."""


def drop(draft: Draft, key: str) -> Draft:
    """Leave an item out; it stays on the screen to be taken back. Numbers after it move down."""
    item = _standing(draft, key)
    kept = draft.with_item(dataclasses.replace(item, dropped=True))
    return _close_gap(kept, item)


def take_back(draft: Draft, key: str) -> Draft:
    """Take an item back that was dropped, under its number; those after it move up."""
    item = draft[key]
    return _make_room(draft, item).with_item(dataclasses.replace(item, dropped=False))


def merge(draft: Draft, key: str) -> Draft:
    """Put an item's words at the end of those of the one above it, as its next words; what it said otherwise goes."""
    item = _standing(draft, key)
    above = _neighbour(draft, item, UP)
    if above is None:
        raise CannotChange(_("There is none above it to merge it with."))
    both = dataclasses.replace(
        above,
        text=f"{above.text} {item.text}",
        notes=(*above.notes, *item.notes),
        emphasis=(*above.emphasis, *item.emphasis),
    )
    merged = draft.with_item(both)
    return _close_gap(merged.with_items(other for other in merged.items if other.key != key), item)


def split(draft: Draft, key: str) -> Draft:
    """Make several items of one: its words are cut at each empty line. Those after it move up."""
    item = _standing(draft, key)
    first, *others = [part.strip() for part in BLANK_LINE.split(item.text) if part.strip()] or [""]
    if not others:
        raise CannotChange(_("Leave an empty line in its words where it is to be split, then press the button again."))
    for text in reversed(others):
        draft = _insert_after(draft, item, text)
    return draft.with_item(dataclasses.replace(draft[key], text=first, emphasis=_emphasised(item, first)))


def move(draft: Draft, key: str, direction: Direction) -> Draft:
    """Let an item and the one above or below it change places; numbers stay where they are."""
    item = _standing(draft, key)
    other = _neighbour(draft, item, direction)
    if other is None:
        raise CannotChange(_("It cannot be moved further within its part: choose another part instead."))
    swapped = {
        item.key: dataclasses.replace(other, number=item.number),
        other.key: dataclasses.replace(item, number=other.number),
    }
    return draft.with_items(swapped.get(one.key, one) for one in draft.items)


def place(draft: Draft, key: str, where: str) -> Draft:
    """Let an item stand elsewhere: at the end of another roundtable, or among the statements of its section."""
    item = draft[key]
    if where == item.place:
        return draft
    left = _close_gap(draft, item) if not item.is_outside else draft
    last = max((other.number for other in left.within(where) if not other.dropped), default=0)
    moved = dataclasses.replace(item, place=where, number=0 if where in OUTSIDE else last + 1)
    if where in OUTSIDE and not item.section:
        moved = dataclasses.replace(moved, section=_title(draft, item.place))
    return left.with_item(moved)


def begin_part(draft: Draft, key: str) -> Draft:
    """Begin a roundtable with an item: it and those below it in its part or section go there."""
    item = _standing(draft, key)
    below = draft.neighbours(item)
    number = max((part.number for part in draft.parts), default=0) + 1
    part = Part(code=f"RT{number}", number=number, title="", line=item.line)
    draft = dataclasses.replace(draft, parts=(*draft.parts, part))
    for other in below[[one.key for one in below].index(key) :]:
        draft = place(draft, other.key, part.code)
    return draft


def drop_part(draft: Draft, code: str) -> Draft:
    """Take a heading for none of a roundtable: its items go to the roundtable before it, or become conclusions."""
    codes = [part.code for part in draft.parts]
    before = codes[: codes.index(code)]
    for item in draft.within(code):
        draft = place(draft, item.key, before[-1] if before else CONCLUSIONS)
    return dataclasses.replace(draft, parts=tuple(part for part in draft.parts if part.code != code))


def _standing(draft: Draft, key: str) -> Item:
    """Return an item that was not dropped, by somebody else perhaps."""
    item = draft[key]
    if item.dropped:
        raise CannotChange(_("It was dropped: take it back first."))
    return item


def _neighbour(draft: Draft, item: Item, direction: Direction) -> Item | None:
    among = draft.neighbours(item)
    position = [other.key for other in among].index(item.key) + direction
    return among[position] if 0 <= position < len(among) else None


def _insert_after(draft: Draft, item: Item, text: str) -> Draft:
    """Put a new item after another, with its words and what the other was read as."""
    made = draft.made + 1
    new = dataclasses.replace(
        item, key=f"i{made}", text=text, number=item.number + 1, notes=(), emphasis=_emphasised(item, text)
    )
    draft = _make_room(dataclasses.replace(draft, made=made), new)
    position = [other.key for other in draft.items].index(item.key) + 1
    return draft.with_items((*draft.items[:position], new, *draft.items[position:]))


def _emphasised(item: Item, text: str) -> tuple[str, ...]:
    return tuple(words for words in item.emphasis if words in text)


def _close_gap(draft: Draft, gone: Item) -> Draft:
    return _renumbered(draft, gone, from_=gone.number + 1, by=-1)


def _make_room(draft: Draft, coming: Item) -> Draft:
    """Move up what has the number of an item that comes, and those that follow it."""
    taken = [item.number for item in draft.within(coming.place) if not item.dropped and item.key != coming.key]
    return _renumbered(draft, coming, from_=coming.number, by=1) if coming.number in taken else draft


def _renumbered(draft: Draft, about: Item, *, from_: int, by: int) -> Draft:
    def moved(item: Item) -> Item:
        follows = item.place == about.place and item.key != about.key and not item.dropped and item.number >= from_
        return dataclasses.replace(item, number=item.number + by) if follows else item

    return draft if about.is_outside else draft.with_items(moved(item) for item in draft.items)


def _title(draft: Draft, code: str) -> str:
    return next((part.title for part in draft.parts if part.code == code), "") or str(CLOSING)
