"""What commands that import spreadsheets print, row by row: as text, as JSON, and as the sheet with its errors."""

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.core.management.base import OutputWrapper

from tracker.imports.sheets.columns import Column
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.mapping import Match
from tracker.imports.sheets.mending import Mender, errors
from tracker.imports.sheets.outcome import Counts, Outcome, RowResult
from tracker.models import SheetImport

MOST_PRINTED = 50
"""Rows that are printed as text; JSON has them all."""
LONGEST = 60


class Output:
    """What is told of an import. It ends once, whatever happens."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out, self.counts = out, Counts()
        self.columns: dict[str, str] = {}
        self.begun = self.ended = False

    def begin(self, kind: type[Kind], source: str, found: Match) -> None:
        """Say how the columns are read."""
        self.columns = {column.key: column.shown for column in kind.columns}
        self.begun = True

    def row(self, result: RowResult) -> None:
        """Say what came of a row."""
        self.counts.add(result)

    def end(self, imported: SheetImport | None) -> None:
        """Say what came of it all. ``imported``: the import, where anything was written."""
        if self.begun and not self.ended:
            self.ended = True
            self.sum_up(imported)

    def sum_up(self, imported: SheetImport | None) -> None:
        """Say what came of it all."""

    @property
    def refused(self) -> int:
        """How many rows were refused so far."""
        return self.counts[Outcome.REFUSED]


class TextOutput(Output):
    """For people."""

    def __init__(self, out: OutputWrapper) -> None:
        super().__init__(out)
        self.printed = 0

    def begin(self, kind: type[Kind], source: str, found: Match) -> None:
        """Say how the columns are read."""
        super().begin(kind, source, found)
        read = (f"{heading} = {key}" for heading, key in found.columns.items() if key)
        self.out.write(f"Source: {source}. Columns: {', '.join(read)}.")
        if found.passed_over:
            self.out.write(f"Not read: {', '.join(found.passed_over)}.")

    def row(self, result: RowResult) -> None:
        """Print a row that is refused, changed or new."""
        super().row(result)
        if result.outcome == Outcome.UNCHANGED:
            return
        self.printed += 1
        if self.printed <= MOST_PRINTED:
            self.out.write(f"Row {result.line} {result.outcome}: {' '.join([result.about, *self._details(result)])}")

    def _details(self, result: RowResult) -> Sequence[str]:
        if result.outcome == Outcome.REFUSED:
            return list(errors(result, self.columns))
        if result.outcome == Outcome.NEW:
            return []
        return [f"{one.column}: {_short(one.old)} → {_short(one.new)}" for one in result.changes]

    def sum_up(self, imported: SheetImport | None) -> None:
        """Print the numbers, and how to undo it."""
        if self.printed > MOST_PRINTED:
            self.out.write(f"… and {self.printed - MOST_PRINTED:,} more rows (--format json has them all).")
        self.out.write(", ".join(f"{number:,} {name}" for name, number in self.counts.by_name().items()) + ".")
        if imported is not None:
            self.out.write(f"Import {imported.pk}. To take it back: manage.py undo_import {imported.pk}")
        else:
            self.out.write("Nothing was written.")


class JsonOutput(Output):
    """For programs: one object, written as the rows come."""

    def begin(self, kind: type[Kind], source: str, found: Match) -> None:
        """Write what is known before the first row."""
        super().begin(kind, source, found)
        about = {"kind": kind.value, "source": source, "columns": found.columns}
        self.out.write(json.dumps(about, ensure_ascii=False)[:-1] + ', "rows": [', ending="")

    def row(self, result: RowResult) -> None:
        """Write a row, its cells left out."""
        comma = "," if self.counts.total else ""
        super().row(result)
        facts = {key: value for key, value in result.facts().items() if key != "cells"}
        self.out.write(f"{comma}\n{json.dumps(facts, ensure_ascii=False)}", ending="")

    def sum_up(self, imported: SheetImport | None) -> None:
        """Write the numbers."""
        rest: dict[str, Any] = {"counts": self.counts.by_name(), "import": imported and imported.pk}
        self.out.write("\n], " + json.dumps(rest)[1:])


class Mending:
    """The sheet with its errors, as a file. What is written when something goes wrong stays: it says what."""

    def __init__(self, path: Path, headings: Sequence[str], columns: Sequence[Column]) -> None:
        self.file: IO[bytes] = path.open("wb")
        self.mender = Mender(headings, columns)
        self.file.write(self.mender.head())

    def row(self, result: RowResult) -> None:
        """Write a row."""
        self.file.write(self.mender.row(result))

    def __enter__(self) -> "Mending":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= LONGEST else f"“{text[: LONGEST - 1]}…”"
