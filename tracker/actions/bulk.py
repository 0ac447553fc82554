"""Hundreds of rows at once, outside the record: in a constant number of queries, and with the history of each.

``save()`` is passed by, so what it would fill in must be there. What is public is refused by whoever calls.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from simple_history.utils import get_m2m_field_name, get_m2m_reverse_field_name

from tracker.errors import Refused
from tracker.models import User
from tracker.models.fields import Versioned
from tracker.record.chain import writing

Related = Mapping[str, Sequence[tuple[Any, Sequence[Any]]]]
"""By the name of a relation to many: rows, and what each is to be tied to, instead of what it is tied to now."""
AT_ONCE = 500


def require_right(by: User, action: str, model: type[models.Model]) -> None:
    """Refuse with ``not_allowed`` where ``by`` may not ``add``, ``change`` or ``delete`` rows of a model."""
    if not (by.is_system or by.has_perm(f"tracker.{action}_{model._meta.model_name}")):
        raise Refused("not_allowed", verb=f"{action} {model._meta.verbose_name}")


def make_rows(model: type[models.Model], rows: Sequence[Any], *, by: User, related: Related | None = None) -> None:
    """Save new rows; each then knows its key. Refuses: ``not_allowed``."""
    require_right(by, "add", model)
    with writing():
        model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        _relate(model, related or {})
        _remember(model, rows, "+", by)


def change_rows(
    model: type[models.Model],
    rows: Sequence[Any],
    fields: Iterable[str],
    *,
    by: User,
    related: Related | None = None,
) -> None:
    """Save some fields of rows that are there, each as a new version. Refuses: ``not_allowed``."""
    require_right(by, "change", model)
    names = {*fields}
    if issubclass(model, Versioned):
        names.add("version")
        for row in rows:
            row.version += 1
    with writing():
        if names and rows:
            model._default_manager.bulk_update(rows, sorted(names), batch_size=AT_ONCE)
        _relate(model, related or {})
        _remember(model, rows, "~", by)


def delete_rows(model: type[models.Model], rows: Sequence[Any], *, by: User) -> list[Any]:
    """Delete rows; return those that something refers to, which stay. Refuses: ``not_allowed``."""
    require_right(by, "delete", model)
    for row in rows:
        row._history_user = by
    with writing():
        if not rows or _deleted(rows):
            return []
        return [row for row in rows if not _deleted([row])]


def _deleted(rows: Sequence[Any]) -> bool:
    """Delete rows and what goes with them, or none of them: then something refers to one."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect(list(rows))
    except ProtectedError:
        return False
    collector.delete()
    return True


def _relate(model: type[models.Model], related: Related) -> None:
    """Tie rows to what is given, and to nothing else."""
    for name, ties in related.items():
        field: Any = model._meta.get_field(name)
        through, near, far = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
        through._default_manager.filter(**{f"{near}__in": [row for row, _others in ties]}).delete()
        through._default_manager.bulk_create(
            [through(**{near: row, far: other}) for row, others in ties for other in others], batch_size=AT_ONCE
        )


def _remember(model: Any, rows: Sequence[Any], kind: str, by: User) -> None:
    """Write the history of rows. What they are tied to belongs to it, and is read in one query for each relation."""
    if not hasattr(model, "history"):
        return
    versions = model.history.bulk_history_create(rows, batch_size=AT_ONCE, update=kind == "~", default_user=by)
    of_row = {row.pk: version for row, version in zip(rows, versions, strict=True)}
    for field in model.history.model._history_m2m_fields:
        through, near, far = field.remote_field.through, get_m2m_field_name(field), get_m2m_reverse_field_name(field)
        kept: Any = getattr(model.history.model, field.name).model
        ties = through._default_manager.filter(**{f"{near}__in": list(of_row)})
        kept._default_manager.bulk_create(
            [
                kept(history=of_row[key], **{"id": tie, f"{near}_id": key, f"{far}_id": other})
                for tie, key, other in ties.values_list("pk", f"{near}_id", f"{far}_id")
            ],
            batch_size=AT_ONCE,
        )
