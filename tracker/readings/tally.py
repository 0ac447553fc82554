"""Counting by status what one query has grouped."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.models import Roundtable, Standing, Status


@dataclass
class Tally:
    """Recommendations counted by status; holds what sentences and bars need of them."""

    counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    provisional: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    def add(self, status: str, standing: str, number: int = 1) -> None:
        """Count ``number`` more of one status and standing."""
        self.counts[Status(status)] += number
        self.provisional += number if standing == Standing.PROVISIONAL else 0


def tally(rows: Iterable[tuple[str, str, int]]) -> Tally:
    """Return the tally of rows of status, standing and number."""
    whole = Tally()
    for status, standing, number in rows:
        whole.add(status, standing, number)
    return whole


def split(rows: Iterable[tuple[str, str, str, int]]) -> tuple[Tally, Tally]:
    """Count recommendations of roundtables, and items about the Forum itself, apart.

    ``rows`` hold the kind of roundtable, status, standing and number.
    """
    roundtables, closing = Tally(), Tally()
    for kind, status, standing, number in rows:
        (closing if kind == Roundtable.Kind.CLOSING else roundtables).add(status, standing, number)
    return roundtables, closing
