"""The sheet as it was sent, with what is wrong with each row in a column of its own: to be mended and sent again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from tracker.dump.cells import guarded
from tracker.imports.sheets.columns import Column
from tracker.imports.sheets.outcome import RowResult

MARK = "\ufeff"
"""By this spreadsheets know UTF-8."""


class Mender:
    """Writes the sheet as CSV, row by row. The column of errors is empty where a row has none, and is not read back."""

    def __init__(self, headings: Sequence[str], columns: Sequence[Column]) -> None:
        self.headings = headings
        self.shown = {column.key: column.shown for column in columns}

    def head(self) -> bytes:
        """Return the headings."""
        return (MARK + _line([*self.headings, _("errors")])).encode()

    def row(self, result: RowResult) -> bytes:
        """Return a row. What stood beyond the headings stands beyond the errors."""
        width = len(self.headings)
        cells = [*result.cells[:width], *[""] * (width - len(result.cells))]
        return _line([*cells, " ".join(errors(result, self.shown)), *result.cells[width:]]).encode()

    def rows(self, results: Iterable[RowResult]) -> Iterator[bytes]:
        """Yield the whole file."""
        yield self.head()
        for result in results:
            yield self.row(result)


def errors(result: RowResult, shown: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with a row, each with the column that it is about. ``shown``: the headings by key."""
    for problem in result.problems:
        yield f"{shown[problem.column]}: {problem.words}" if problem.column in shown else problem.words


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue()
