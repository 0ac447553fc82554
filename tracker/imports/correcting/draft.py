"""The draft of a document: its roundtables, and its items in their order, each with the place where it stands.

Values, like the outline: ``dataclasses.replace`` corrects them, and they are kept as JSON.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from tracker.imports.document.kept import kept_as, plain
from tracker.imports.document.outline import ForumFacts, Reading

CLOSING = "FUT"
"""The place of what is tracked as an item of the closing part, and its code."""
CONCLUSIONS = "conclusions"
"""The place of statements that are kept as conclusions and not tracked."""
OUTSIDE = frozenset({CLOSING, CONCLUSIONS})
"""The places of statements. They share one order, which is that of the document."""


@dataclass(frozen=True)
class Part:
    """A roundtable as it is corrected."""

    code: str
    number: int
    title: str
    line: int


@dataclass(frozen=True)
class Item:
    """One recommendation or statement. ``key`` names it on the screen; ``place`` is a part or ``OUTSIDE``."""

    key: str
    place: str
    text: str
    line: int
    number: int = 0
    """Within its roundtable. Items of the closing part are numbered by their order, conclusions not at all."""
    notes: tuple[str, ...] = ()
    emphasis: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)
    repeats: tuple[str, ...] = ()
    """Of the recommendations that it likely repeats, those of which somebody said that it does."""
    section: str = ""
    level: int = 0
    untracked_reason: str = ""
    dropped: bool = False

    @property
    def is_outside(self) -> bool:
        """Whether it is no recommendation of a roundtable."""
        return self.place in OUTSIDE

    @property
    def is_tracked(self) -> bool:
        """Whether a recommendation is made of it."""
        return self.place != CONCLUSIONS and not self.dropped


@dataclass(frozen=True)
class Draft:
    """Everything that is made of a document. ``made`` counts the keys that were given out."""

    forum: ForumFacts = field(default_factory=ForumFacts)
    chairs: tuple[str, ...] = ()
    """The keys of the actors that chaired a new Forum, in order."""
    host_country: str = ""
    parts: tuple[Part, ...] = ()
    items: tuple[Item, ...] = ()
    made: int = 0

    def __getitem__(self, key: str) -> Item:
        """Return an item. Raises ``KeyError`` where there is none: it was merged with another meanwhile."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    def within(self, place: str) -> tuple[Item, ...]:
        """Return the items of a place in the order in which they are shown, dropped ones among them."""
        found = [item for item in self.items if item.place == place]
        return tuple(found if place in OUTSIDE else sorted(found, key=lambda item: item.number))

    @property
    def statements(self) -> tuple[Item, ...]:
        """What stands outside the roundtables, in the order of the document."""
        return tuple(item for item in self.items if item.is_outside)

    @property
    def tracked(self) -> tuple[Item, ...]:
        """What recommendations are made of."""
        return tuple(item for item in self.items if item.is_tracked)

    def neighbours(self, item: Item) -> tuple[Item, ...]:
        """Return those among which it can be moved or merged, itself included, in their order and without dropped ones.

        They are those of its roundtable, or of its section.
        """
        among: Iterable[Item] = self.within(item.place)
        if item.is_outside:
            among = (other for other in self.statements if other.section == item.section)
        return tuple(other for other in among if not other.dropped)

    def with_item(self, item: Item) -> Self:
        """Return the draft with this item in the place of the one with its key."""
        return self.with_items(item if other.key == item.key else other for other in self.items)

    def with_items(self, items: Iterable[Item]) -> Self:
        """Return the draft with other items."""
        return dataclasses.replace(self, items=tuple(items))

    def numbers(self) -> Iterator[tuple[Item, str]]:
        """Yield what is tracked with the end of its reference: "RT1-03"."""
        for place in (*(part.code for part in self.parts), CLOSING):
            kept = [item for item in self.within(place) if not item.dropped]
            for position, item in enumerate(kept, 1):
                yield item, f"{place}-{position if place == CLOSING else item.number:02d}"

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept: dict[str, Any] = plain(self)
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return what ``to_json`` told."""
        return kept_as(cls, kept)
