"""Rows of reference data by their natural keys: what is missing is made, what staff have touched is left alone.

Whether a row was touched is read from its change history: a load writes its own reason there. A row whose history
knows no other reason is brought up to date with a newer release; any other is kept as it is, and the report says what
differs. A row that the history knows and that is no longer there was removed or renamed by staff, and is not made
again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db.models import Model

from tracker.imports.reference_data.items import Item
from tracker.imports.reference_data.report import Report, differing, named
from tracker.models import User

M = TypeVar("M", bound=Model)

REASON = "Loaded with the data of a release"


class _Gone:
    """Stands for a row that staff removed. What depends on it is left out."""


GONE: Final = _Gone()


@dataclass(frozen=True)
class Row:
    """What a fixture says of one row. ``key`` is its natural key; values are columns or other rows."""

    item: Item
    key: dict[str, Any]
    values: dict[str, Any]
    many: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[Any, ...]:
        """The natural key as the database has it."""
        return tuple(value.pk if isinstance(value, Model) else value for value in self.key.values())

    @property
    def depends_on_gone(self) -> bool:
        """Whether it belongs to a row that staff removed."""
        related = [*self.key.values(), *self.values.values(), *(one for some in self.many.values() for one in some)]
        return any(value is GONE for value in related)


def nothing_frozen(_instance: Any) -> frozenset[str]:
    """Say that every column may follow a newer release."""
    return frozenset()


class Shelf:
    """Puts rows where they belong, as the system account, and reports."""

    def __init__(self, by: User, report: Report) -> None:
        self.by = by
        self.report = report
        self.made: set[Model] = set()

    def put(
        self,
        model: type[M],
        rows: Sequence[Row],
        *,
        frozen: Callable[[M], frozenset[str]] = nothing_frozen,
    ) -> dict[str, Any]:
        """Make or compare the rows; return them by the keys of their items, ``GONE`` for what staff removed.

        ``frozen`` says which columns of a stored row do not follow a newer release. All rows have the same key fields.
        """
        if not rows:
            return {}
        standing = [row for row in rows if not row.depends_on_gone]
        stored = self._stored(model, standing)
        once_there = self._once_there(model, standing)
        placed: dict[str, Any] = {row.item.key: GONE for row in rows}
        for row in standing:
            found = stored.get(row.identity)
            if found is not None:
                self._compare(found, row, frozen(found))
            elif row.identity in once_there:
                self.report.left_out.append(f"{model._meta.verbose_name} {row.item.key}: removed or renamed by staff")
                continue
            else:
                found = self._create(model, row)
            placed[row.item.key] = found
        return placed

    def _stored(self, model: type[M], rows: Sequence[Row]) -> dict[tuple[Any, ...], M]:
        columns = _columns(model, rows)
        found = model._default_manager.filter(**_first_among(columns, rows))
        return {tuple(getattr(one, column) for column in columns): one for one in found}

    def _once_there(self, model: type[M], rows: Sequence[Row]) -> set[tuple[Any, ...]]:
        columns = _columns(model, rows)
        return set(_history(model).filter(**_first_among(columns, rows)).values_list(*columns))

    def _create(self, model: type[M], row: Row) -> M:
        instance = model(**row.key, **row.values)
        with row.item.blamed():
            instance.clean_fields(exclude=[one.name for one in model._meta.get_fields() if one.is_relation])
            self._save(instance)
            for name, others in row.many.items():
                getattr(instance, name).set(others)
        self.made.add(instance)
        self.report.created[model] += 1
        return instance

    def _save(self, instance: Model) -> None:
        self._sign(instance)
        instance.save()

    def _sign(self, instance: Any) -> None:
        """Let the change history name the system account and our reason."""
        instance._history_user, instance._change_reason = self.by, REASON

    def _compare(self, instance: M, row: Row, frozen: frozenset[str]) -> None:
        differences = self._differences(instance, row)
        if not differences:
            return
        name, untouched = named(instance, row.item.key), self._untouched(instance)
        for column in list(differences):
            if not untouched or column in frozen:
                self.report.kept.append(differing(name, column, *differences.pop(column)))
        if differences:
            self._update(instance, row, differences)
            self.report.updated.append(f"{name}: {', '.join(differences)}")

    def _differences(self, instance: M, row: Row) -> dict[str, tuple[Any, Any]]:
        """Return (stored, shipped) of each column and relation that differs."""
        found = {column: (getattr(instance, column), shipped) for column, shipped in row.values.items()}
        for name, others in row.many.items():
            stored = sorted(getattr(instance, name).all(), key=lambda one: one.pk)
            found[name] = (_names(stored), _names(sorted(others, key=lambda one: one.pk)))
        return {column: (stored, shipped) for column, (stored, shipped) in found.items() if stored != shipped}

    def _untouched(self, instance: Any) -> bool:
        """Whether the change history knows the row, and knows no hand but ours."""
        return instance.history.exists() and not instance.history.exclude(history_change_reason=REASON).exists()

    def _update(self, instance: Any, row: Row, columns: dict[str, Any]) -> None:
        with row.item.blamed():
            for column in columns:
                if column in row.values:
                    setattr(instance, column, row.values[column])
            if hasattr(instance, "version"):
                instance.version += 1
            self._save(instance)
            for name in set(columns) & set(row.many):
                getattr(instance, name).set(row.many[name])

    def sign_history(self, instance: Any) -> None:
        """Put our name to what an action has just written into the change history of a row."""
        unsigned = instance.history.filter(history_change_reason__isnull=True, history_user__isnull=True)
        unsigned.update(history_change_reason=REASON, history_user=self.by)


def _history(model: Any) -> Any:
    return model.history.model.objects


def _names(rows: Sequence[Model]) -> str:
    return ", ".join(map(str, rows))


def _columns(model: type[Model], rows: Sequence[Row]) -> list[str]:
    """Return the columns of the natural key: ``forum_id`` where a row says ``forum``."""
    return [getattr(model._meta.get_field(name), "attname", name) for row in rows[:1] for name in row.key]


def _first_among(columns: list[str], rows: Sequence[Row]) -> dict[str, Any]:
    """Return the condition that the first column of the key is one of those of the rows."""
    return {f"{column}__in": {row.identity[0] for row in rows} for column in columns[:1]}
