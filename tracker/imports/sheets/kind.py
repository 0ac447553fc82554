"""What all kinds of sheets share: from cells to what a row would do, and from that to rows of the database.

A kind says what its columns are and what a row is about (``identify``), finds what is there (``find``), tells it in the
texts of the sheet (``texts``), and says what may not be (``objections``). Everything is done for some hundred rows at a
time, in as many queries as for one.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.imports.sheets.cells import text_of
from tracker.imports.sheets.columns import CellError, Column
from tracker.imports.sheets.outcome import Change, Outcome
from tracker.imports.sheets.row import Row, Texts, changed_by, made_by
from tracker.models import ImportedRow, SheetKind, User


class Kind(ABC):
    """One kind of sheet, for one import: it may keep what it has looked up."""

    value: ClassVar[SheetKind]
    columns: ClassVar[tuple[Column, ...]]

    def __init__(self, *, by: User, source: str) -> None:
        self.by, self.source = by, source
        self.seen: dict[str, int] = {}
        self.by_key = {column.key: column for column in self.columns}

    # What a kind says

    @abstractmethod
    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up what the rows name, before they are judged one by one."""

    @abstractmethod
    def identify(self, row: Row) -> None:
        """Say what the row is about: set its key, or refuse it."""

    @abstractmethod
    def find(self, rows: Sequence[Row]) -> Mapping[str, Any]:
        """Return what is there already, by the keys of the rows."""

    @abstractmethod
    def texts(self, found: Any, asked: Texts) -> Texts:
        """Return what is there as a sheet would say it, of the columns that a row has (``asked``)."""

    @abstractmethod
    def objections(self, row: Row) -> None:
        """Refuse what may not be of a row that makes or changes something."""

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save what rows make or change; return what undoing it needs."""

    @abstractmethod
    def restore(self, imported: Sequence[ImportedRow]) -> list[ImportedRow]:
        """Give what rows changed their old texts; return those of which the texts have been changed since."""

    # What follows

    def judge(self, rows: Sequence[Row]) -> None:
        """Find out what each row would do. Nothing is written."""
        for row in rows:
            self._read(row)
        readable = [row for row in rows if not row.problems]
        self.prepare(readable)
        for row in readable:
            self.identify(row)
            self._only_once(row)
        known = [row for row in readable if row.key and not row.problems]
        found = self.find(known)
        for row in known:
            row.found = found.get(row.key)
            self.compare(row)
            if row.changes and not row.problems:
                self.objections(row)

    def compare(self, row: Row) -> None:
        """Say what differs from what is there."""
        self.tell_changes(row, self.texts(row.found, row.texts))

    def tell_changes(self, row: Row, old: Texts) -> None:
        """Keep what a row says otherwise than ``old``. What it does not say stays as it is."""
        row.changes = [Change(key, old.get(key, ""), new) for key, new in row.texts.items() if old.get(key, "") != new]

    def _read(self, row: Row) -> None:
        """Turn cells into their usual form, and leave out those that say nothing."""
        for key, cell in list(row.texts.items()):
            text = cell.strip() if self.by_key[key].several_lines else " ".join(cell.split())
            if not text:
                del row.texts[key]
                continue
            try:
                row.texts[key] = _understood(self.by_key[key], text)
            except CellError as error:
                row.refuse(key, error)

    def _only_once(self, row: Row) -> None:
        if not row.key:
            return
        before = self.seen.setdefault(row.key, row.line)
        if before != row.line:
            row.refuse("", _("Row %(line)d is about the same: leave one of the two.") % {"line": before})


def _understood(column: Column, text: str) -> str:
    if text.startswith("="):
        raise CellError(_("“%(text)s” is a formula: write what it yields.") % {"text": text[:40]})
    return column.read(text)


class Making(Kind):
    """A kind whose rows may make something new, and fill in columns of a model."""

    @abstractmethod
    def there(self) -> "QuerySet[Any]":
        """Return all that there is of what rows are about, with what ``texts`` tells of it."""

    @abstractmethod
    def start(self, row: Row) -> Any:
        """Return what a row makes, before its columns are filled in."""

    @abstractmethod
    def save_new(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save what rows made; return what more than that undoing has to take back."""

    @abstractmethod
    def save_changed(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save what rows changed; return what that made."""

    def complete(self, row: Row) -> None:
        """Fill in what a row leaves unsaid of what is there."""

    def compare(self, row: Row) -> None:
        """Say what differs from what is there, or what a new thing holds, and fill that in."""
        if row.found is not None:
            self.complete(row)
            super().compare(row)
        else:
            self._require(row)
            if row.problems:
                return
            row.made = self.start(row)
            self.tell_changes(row, {})
        self.fill(row.target, {one.column: one.new for one in row.changes}, row)

    def _require(self, row: Row) -> None:
        for column in self.columns:
            if column.required and column.key not in row.texts:
                row.refuse(column.key, _("Fill in this cell: nothing new is made without it."))

    def fill(self, target: Any, texts: Texts, row: Row | None = None) -> None:
        """Set the columns of the model that the texts name. What the model refuses is refused of the row."""
        for key, text in texts.items():
            column = self.by_key[key]
            if column.field:
                value = column.stored(text)
                setattr(target, column.field, value)
                if row is not None:
                    _check(target, column, value, row)

    def write(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save what is new and what is changed; return what undoing it needs."""
        done: list[ImportedRow] = []
        if new := [row for row in rows if row.outcome == Outcome.NEW]:
            more = self.save_new(new)
            done += [*(made_by(row) for row in new), *more]
        if changed := [row for row in rows if row.outcome == Outcome.CHANGED]:
            more = self.save_changed(changed)
            done += [*(changed_by(row) for row in changed), *more]
        return done

    def restore(self, imported: Sequence[ImportedRow]) -> list[ImportedRow]:
        """Give what rows changed their old texts; return those of which the texts have been changed since."""
        there = self.there().in_bulk([one.target for one in imported])
        rows, left = [], []
        for one in imported:
            row = self._as_before(one, there.get(one.target))
            if row is None:
                left.append(one)
            else:
                rows.append(row)
        self.prepare(rows)
        for row in rows:
            self.fill(row.found, {change.column: change.new for change in row.changes})
        if rows:
            self.save_changed(rows)
        return left

    def _as_before(self, one: ImportedRow, found: Any) -> Row | None:
        """Return the row that would undo a change; None where what is there is not what the change left."""
        asked = {key: new for key, (_old, new) in one.before.items()}
        if found is None or getattr(found, "version", one.version) != one.version:
            return None
        now = self.texts(found, asked)
        if any(now.get(key, "") != new for key, new in asked.items()):
            return None
        changes = [Change(key, new, old) for key, (old, new) in one.before.items()]
        return Row(one.line, (), {**now, **{each.column: each.new for each in changes}}, found=found, changes=changes)

    def own_texts(self, found: Any, asked: Iterable[str]) -> Texts:
        """Return the texts of those columns that a column of the model holds."""
        fields = {key: self.by_key[key].field for key in asked}
        return {key: text_of(getattr(found, name)) for key, name in fields.items() if name}

    def changed_fields(self, rows: Iterable[Row]) -> set[str]:
        """Return the columns of the model that rows change."""
        return {self.by_key[change.column].field for row in rows for change in row.changes} - {""}


def _check(target: Any, column: Column, value: Any, row: Row) -> None:
    """Refuse what the column of the model does not take."""
    try:
        target._meta.get_field(column.field).clean(value, target)
    except ValidationError as error:
        for words in error.messages:
            row.refuse(column.key, words)
