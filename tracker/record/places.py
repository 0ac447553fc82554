"""Keeping with each recommendation what lists are sorted by, so that an index of its own table gives their order.

Triggers write it by whatever way a Forum's year, a roundtable's number or a recommendation changes; a place that was
written otherwise (by a form that had an older one) is put right in the same statement.
"""

from collections.abc import Iterator

from django.db import connection

from tracker.models import Forum, Recommendation, Roundtable, Status
from tracker.record.counting import Counting

RECOMMENDATIONS, ROUNDTABLES = Recommendation._meta.db_table, Roundtable._meta.db_table
LAST = 99_999
"""Where a closing part stands among the roundtables of its Forum: after any number."""
OF_ROUNDTABLE = f"FROM {ROUNDTABLES} r JOIN {Forum._meta.db_table} f ON f.id = r.forum_id WHERE r.id ="
STATUSES = " ".join(f"WHEN '{one.value}' THEN {place}" for place, one in enumerate(Status))


def _right(row: str) -> dict[str, str]:
    """Return by column what is right of a row of recommendations."""
    place = (
        f"(10000 - f.year) * CAST(10000000000 AS bigint) + COALESCE(r.number, {LAST}) * CAST(100000 AS bigint) "
        f"+ {row}.number"
    )
    return {
        "place": f"(SELECT {place} {OF_ROUNDTABLE} {row}.roundtable_id)",
        "forum_year": f"(SELECT f.year {OF_ROUNDTABLE} {row}.roundtable_id)",
        "status_place": f"CASE {row}.status {STATUSES} END",
    }


KEPT = _right(RECOMMENDATIONS)
WRONG = " OR ".join(f"{RECOMMENDATIONS}.{column} <> {right}" for column, right in KEPT.items())


def _mend(which: str) -> str:
    """Return the statement that writes what is wrong anew. ``which``: the condition of the recommendations."""
    right = ", ".join(f"{column} = {right}" for column, right in KEPT.items())
    return f"UPDATE {RECOMMENDATIONS} SET {right} WHERE {which} AND ({WRONG})"


def filled_in() -> list[str]:
    """Return what gives a new row its places before it is written: PostgreSQL then writes it, and its indexes, once."""
    return [f"NEW.{column} := {right}" for column, right in _right("NEW").items()]


def placings(vendor: str) -> Iterator[Counting]:
    """Yield after which operations places are written. SQLite has nothing that fills a row in before."""
    itself = [_mend(f"{RECOMMENDATIONS}.id = NEW.id")]
    if vendor == "sqlite":
        yield Counting(Recommendation, "INSERT", itself, verb="place")
    yield Counting(Recommendation, "UPDATE", itself, ("roundtable_id", "number", "status", *KEPT), verb="place")
    yield Counting(Roundtable, "UPDATE", [_mend("roundtable_id = NEW.id")], ("forum_id", "number"), verb="place")
    of_forum = f"roundtable_id IN (SELECT id FROM {ROUNDTABLES} WHERE forum_id = NEW.id)"
    yield Counting(Forum, "UPDATE", [_mend(of_forum)], ("year",), verb="place")


def place_all() -> None:
    """Write every place that is wrong anew."""
    with connection.cursor() as cursor:
        cursor.execute(_mend("1 = 1"))


def misplaced() -> Iterator[tuple[str, list[str]]]:
    """Yield the reference of each recommendation whose kept places are not those of its roundtable and status."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reference FROM {RECOMMENDATIONS} WHERE {WRONG} ORDER BY reference")
        for (reference,) in cursor.fetchall():
            yield reference, ["place"]
