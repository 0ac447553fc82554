"""One row of a sheet on its way: what the file says, then what is known of it, then what it leaves to undo."""

from dataclasses import dataclass, field
from typing import Any

from tracker.imports.sheets.outcome import Change, Outcome, Problem, RowResult
from tracker.models import ImportedRow

Texts = dict[str, str]
"""By the keys of columns: the usual form of what a row says. A column that is not there, or empty, says nothing."""


@dataclass(slots=True)
class Row:
    """One row. ``key`` says in one text what it is about: two rows that are about the same have the same."""

    line: int
    cells: tuple[str, ...]
    texts: Texts
    key: str = ""
    about: str = ""
    external_key: str = ""
    """What its source calls it, where it calls it something."""
    found: Any = None
    """What there is already, where there is something."""
    made: Any = None
    """What it makes."""
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: str, words: object) -> None:
        """Keep a reason for which the row is refused."""
        self.problems.append(Problem(column, str(words)))

    @property
    def target(self) -> Any:
        """What it changes or makes."""
        return self.made if self.found is None else self.found

    @property
    def outcome(self) -> Outcome:
        """What comes of it."""
        if self.problems:
            return Outcome.REFUSED
        if self.found is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.UNCHANGED

    @property
    def result(self) -> RowResult:
        """What is told of it."""
        changes = () if self.problems else tuple(self.changes)
        about = self.about or self.texts.get("reference", "")
        return RowResult(self.line, about, self.outcome, changes, tuple(self.problems), self.cells)


def made_by(row: Row) -> ImportedRow:
    """Return what undoing the making of a row's object needs."""
    return ImportedRow(
        line=row.line, model=row.made._meta.model_name, target=row.made.pk, made=True, external_key=row.external_key
    )


def changed_by(row: Row) -> ImportedRow:
    """Return what undoing a change needs: by column, what was there before and after."""
    return ImportedRow(
        line=row.line,
        model=row.found._meta.model_name,
        target=row.found.pk,
        made=False,
        external_key=row.external_key,
        before={change.column: [change.old, change.new] for change in row.changes},
        version=getattr(row.found, "version", 1),
    )
