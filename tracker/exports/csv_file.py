"""CSV as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know that; nothing in it is ever run."""

import csv
from collections.abc import Iterator
from typing import Any

from tracker.dump.cells import guarded
from tracker.exports.columns import Column
from tracker.exports.rows import Table

MARK = "\ufeff"
FULL = 64 * 1024
"""Letters that are handed on together."""


class _Lines:
    """What a CSV writer writes into."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def write(self, text: str) -> int:
        self.parts.append(text)
        self.length += len(text)
        return len(text)

    def taken(self) -> bytes:
        """Return what was added since."""
        text, self.parts, self.length = "".join(self.parts), [], 0
        return text.encode()


def written(table: Table, header: list[str]) -> Iterator[bytes]:
    """Yield a table as CSV, its header at once. ``header``: what stands above each column."""
    lines = _Lines()
    rows = csv.writer(lines)
    lines.write(MARK)
    rows.writerow(header)
    yield lines.taken()
    for facts in table.facts:
        rows.writerow([cell(column, column.cell(facts)) for column in table.columns])
        if lines.length > FULL:
            yield lines.taken()
    yield lines.taken()


def cell(column: Column, value: Any) -> str:
    """Return a cell: empty for what is not known; an apostrophe keeps a spreadsheet from running a text."""
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)
