"""What a sheet would do, row by row. The same steps are taken where it is written (``applying``)."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.kinds import KINDS
from tracker.imports.sheets.mapping import NOT_READ, Columns, match
from tracker.imports.sheets.outcome import Progress, RowResult
from tracker.imports.sheets.row import Row
from tracker.imports.sheets.sheet import Cells, Sheet
from tracker.models import SheetKind, User

AT_ONCE = 500
"""Rows that are judged together: the number of queries is the same for one and for all of these."""


def dry_run(
    sheet: Sheet,
    kind: SheetKind,
    *,
    by: User,
    source: str,
    columns: Columns | None = None,
    progress: Progress | None = None,
) -> Iterator[RowResult]:
    """Yield what each row would do. Nothing is written.

    ``columns``: what its headings are read as; without it, as is kept of the source and as their words say.
    Refuses: ``sheet_mapping``, ``sheet_no_columns``, and what ``Sheet.rows`` refuses.
    """
    for rows in judged(sheet, prepared(kind, by=by, source=source), columns, progress=progress):
        yield from (row.result for row in rows)


def prepared(kind: SheetKind, *, by: User, source: str) -> Kind:
    """Return a kind that is ready for one sheet."""
    return KINDS[kind](by=by, source=source)


def judged(
    sheet: Sheet, kind: Kind, columns: Columns | None, *, progress: Progress | None = None
) -> Iterator[list[Row]]:
    """Yield the rows, some hundred at a time, once it is known what each would do."""
    keys = _keys(sheet, kind, columns)
    done = 0
    for together in _together(sheet.rows()):
        rows = [_row(line, cells, keys) for line, cells in together]
        kind.judge(rows)
        yield rows
        done += len(rows)
        if progress is not None:
            progress(done, max(done, sheet.about_rows))


def _keys(sheet: Sheet, kind: Kind, columns: Columns | None) -> list[str]:
    """Return the key of the column of each cell, in their order. Refuses: ``sheet_no_columns``."""
    found = match(type(kind), sheet.headings, source=kind.source, given=columns).columns
    keys = [found.get(heading, NOT_READ) for heading in sheet.headings]
    if not any(keys):
        raise Refused("sheet_no_columns", headings=", ".join(sheet.headings)[:300])
    return keys


def _together(rows: Iterator[tuple[int, Cells]]) -> Iterable[list[tuple[int, Cells]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _row(line: int, cells: Cells, keys: list[str]) -> Row:
    """Return a row. Cells beyond the headings are refused where they hold something: they belong to no column."""
    row = Row(line, cells, {key: cell for key, cell in zip(keys, cells, strict=False) if key != NOT_READ})
    beyond = [cell for cell in cells[len(keys) :] if cell.strip()]
    if beyond:
        words = _("The row has more cells than there are headings: “%(cell)s” belongs to none.")
        row.refuse("", words % {"cell": beyond[0][:60]})
    return row
