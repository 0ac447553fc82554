"""Themes, actors and their seats in collectives."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.imports.reference_data.items import Item, read
from tracker.imports.reference_data.shelf import Row, Shelf
from tracker.models import Actor, Membership, Theme

ACTORS = "actors.json"
STATES = "states.json"
VOCABULARIES = "vocabularies.json"


@dataclass(frozen=True)
class Named:
    """Rows that other fixtures name by their keys. ``get`` fails where a key is unknown."""

    rows: dict[str, Any]
    known_from: str

    def get(self, item: Item, field: str, key: str) -> Any:
        """Return the row of that key, ``GONE`` where staff removed it."""
        if key not in self.rows:
            raise item.wrong(field, f"“{key}” is not in {self.known_from}")
        return self.rows[key]

    def one(self, item: Item, field: str) -> Any:
        """Return the row that a field names."""
        return self.get(item, field, item.text(field))

    def all(self, item: Item, field: str) -> list[Any]:
        """Return the rows that a list names, in its order."""
        return [self.get(item, field, key) for key in item.texts(field)]


def load_themes(directory: Path, shelf: Shelf) -> Named:
    """Load the themes; return them by slug."""
    items = read(directory, VOCABULARIES).children("themes", "slug")
    rows = [Row(item, {"slug": item.key}, item.translations("name", "name")) for item in items]
    return Named(shelf.put(Theme, rows), VOCABULARIES)


def load_actors(directory: Path, shelf: Shelf) -> Named:
    """Load States and other actors, who succeeded whom, and their seats; return the actors by key."""
    states = read(directory, STATES)
    state_items = states.children("states", "key")
    items = read(directory, ACTORS).children("actors", "key")
    _once_in_both(items, state_items)
    kind = states.choice("kind", Actor.Kind)
    rows = [*(_actor(item) for item in items), *(_state(item, kind) for item in state_items)]
    actors = Named({}, f"{ACTORS} or {STATES}")
    for sitting in _successors_first(rows, actors):
        actors.rows.update(shelf.put(Actor, sitting))
    seats = [seat for item in items for seat in _seats(item, actors)]
    for collective in actors.all(states, "member_of"):
        seats += [Row(item, {"collective": collective, "member": actors.rows[item.key]}, {}) for item in state_items]
    shelf.put(Membership, seats)
    return actors


def _once_in_both(items: list[Item], state_items: list[Item]) -> None:
    twice = {item.key for item in items} & {item.key for item in state_items}
    for item in state_items:
        if item.key in twice:
            raise item.wrong("key", f"stands in {ACTORS} too")


def _actor(item: Item) -> Row:
    values = {
        "slug": item.key,
        "kind": item.choice("kind", Actor.Kind),
        "is_collective": item.flag("is_collective"),
        "groups_follow_ups": item.flag("groups_follow_ups"),
        **item.translations("name", "name"),
        **item.translations("acronym", "acronym", optional=True),
        "note": item.text("note", ""),
        "source_url": item.text("source_url", ""),
        "active_from": item.number_or_none("active_from"),
        "active_until": item.number_or_none("active_to"),
        "succeeded_by": None,
    }
    return Row(item, {"key": item.key}, values)


def _state(item: Item, kind: str) -> Row:
    values = {
        "slug": item.key,
        "kind": kind,
        **item.translations("name", "name"),
        "country": item.text("iso2"),
        "country_alpha3": item.text("iso3"),
        "un_membership": item.choice("un", Actor.UNMembership),
    }
    return Row(item, {"key": item.key}, values)


def _successors_first(rows: list[Row], actors: Named) -> Iterator[list[Row]]:
    """Yield the rows in sittings: each names as its successor only actors that are placed when it is asked for."""
    waiting = {row.item.key: row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if row.item.text("succeeded_by", "") not in waiting]
        if not ready:
            raise next(iter(waiting.values())).item.wrong("succeeded_by", "leads in a circle")
        for row in ready:
            if "succeeded_by" in row.item:
                row.values["succeeded_by"] = actors.one(row.item, "succeeded_by")
            del waiting[row.item.key]
        yield ready


def _seats(item: Item, actors: Named) -> Iterator[Row]:
    for seat in item.children("member_of"):
        years = {"since_year": seat.number_or_none("from"), "until_year": seat.number_or_none("until")}
        yield Row(seat, {"collective": actors.one(seat, "collective"), "member": actors.rows[item.key]}, years)
