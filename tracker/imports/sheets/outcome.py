"""What comes of each row of a sheet: values that screens, commands and files show."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tracker.errors import Refused

if TYPE_CHECKING:
    from tracker.models import SheetImport

Progress = Callable[[int, int], None]
"""Is told now and then how many rows are done, and about how many there are (0 where that is not known)."""


class Outcome(StrEnum):
    """What a row would do, or did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"

    @property
    def label(self) -> str | Promise:
        """The word for it."""
        return _LABELS[self]


_LABELS: dict[Outcome, str | Promise] = {
    Outcome.NEW: pgettext_lazy("row of a sheet", "New"),
    Outcome.CHANGED: pgettext_lazy("row of a sheet", "Changed"),
    Outcome.UNCHANGED: pgettext_lazy("row of a sheet", "Unchanged"),
    Outcome.REFUSED: pgettext_lazy("row of a sheet", "Refused"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One column of a row: as it was, and as the sheet has it. ``column`` is the key of the column."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused. ``column``: the key of the column, or nothing where it is the row as a whole."""

    column: str
    words: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row: its number in the file, what it is about, what comes of it, and its cells as they were written."""

    line: int
    about: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    cells: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "RowResult":
        """Return what ``facts`` wrote."""
        changes = tuple(Change(**one) for one in facts.pop("changes"))
        problems = tuple(Problem(**one) for one in facts.pop("problems"))
        outcome, cells = Outcome(facts.pop("outcome")), tuple(facts.pop("cells"))
        return cls(**facts, outcome=outcome, changes=changes, problems=problems, cells=cells)


class Counts:
    """How many rows had which outcome."""

    def __init__(self) -> None:
        self._counter: Counter[Outcome] = Counter()

    def add(self, result: RowResult) -> None:
        """Count one."""
        self._counter[result.outcome] += 1

    def counting(self, results: Iterable[RowResult]) -> Iterator[RowResult]:
        """Yield the results on, each counted."""
        for result in results:
            self.add(result)
            yield result

    def __getitem__(self, outcome: Outcome) -> int:
        return self._counter[outcome]

    @property
    def total(self) -> int:
        """All rows."""
        return self._counter.total()

    def by_name(self) -> dict[str, int]:
        """Return the numbers by the value of each outcome, as ``SheetImport`` keeps them."""
        return {outcome.value: self[outcome] for outcome in Outcome}


class RowsRefused(Refused):
    """Some rows were refused, so that nothing was written."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        super().__init__("sheet_rows_refused", number=counts[Outcome.REFUSED], total=counts.total)


@dataclass(frozen=True)
class Undone:
    """What an undoing did: numbers of rows taken back and put back, and sentences on what was left alone."""

    imported: "SheetImport"
    deleted: int
    restored: int
    left: list[str]
