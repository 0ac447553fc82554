"""What happened to an object that is not the record: each version of it and of its rows, old and new side by side."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.utils import get_m2m_reverse_field_name

from tracker.models import Language

PER_PAGE = 25
MOST_WORDS = 2000  # longer texts are shown whole, without marking what differs: comparing takes quadratic time
Related = dict[tuple[type[models.Model], Any], models.Model]


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether the other version lacks it."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Change:
    """One field of which two versions differ."""

    label: str
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True)
class Version:
    """What one saving did to the object, or to one of its rows (``row`` says which)."""

    key: int
    when: dt.datetime
    who: str
    kind: str
    """``+`` made, ``~`` changed, ``-`` removed."""
    row: str
    changes: list[Change]


@dataclass(frozen=True)
class Source:
    """Whose history is read: a historical model, the column that leads to the object, whether it holds its rows."""

    history: Any
    column: str
    of_rows: bool

    def of(self, key: Any) -> QuerySet[Any]:
        """Return the versions that belong to the object ``key``."""
        found: QuerySet[Any] = self.history._default_manager.filter(**{self.column: key})
        return found


@dataclass(frozen=True)
class Page:
    """A page of versions, the newest first; ``of`` numbers the pages."""

    of: Any
    versions: list[Version]


def sources_of(model: type[models.Model], rows: Iterable[tuple[type[models.Model], str]]) -> list[Source]:
    """Return the histories that tell of an object: its own, and those of its rows (model and foreign key of each)."""
    own: Any = model
    kept: list[tuple[Any, str]] = [(row, name) for row, name in rows if hasattr(row, "history")]
    return [
        Source(own.history.model, own._meta.pk.attname, of_rows=False),
        *(Source(row.history.model, f"{name}_id", of_rows=True) for row, name in kept),
    ]


def page_of(sources: Sequence[Source], key: Any, number: str | None) -> Page:
    """Return a page of what happened to the object ``key``. The number of queries does not depend on the rows."""
    listed = [
        source.of(key).order_by().values_list(Value(place), "history_id", "history_date")
        for place, source in enumerate(sources)
    ]
    everything = listed[0].union(*listed[1:], all=True).order_by("-history_date", "-history_id")
    page = Paginator(everything, PER_PAGE).get_page(number)
    chosen: dict[int, list[int]] = defaultdict(list)
    for place, history_id, _when in page.object_list:
        chosen[place].append(history_id)
    versions = [one for place, ids in chosen.items() for one in _versions(sources[place], ids)]
    return Page(page, sorted(versions, key=lambda one: (one.when, one.key), reverse=True))


def _versions(source: Source, ids: list[int]) -> Iterator[Version]:
    history = source.history
    earlier = history._default_manager.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    rows = history._default_manager.annotate(
        before=Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    ).select_related("history_user")
    records = list(_with_sets(rows.filter(history_id__in=ids)))
    before = {one.pk: one for one in _with_sets(history._default_manager.filter(pk__in=[r.before for r in records]))}
    related, leading = _related([*records, *before.values()]), source.column if source.of_rows else ""
    for record in records:
        old = before.get(record.before) if record.history_type == "~" else None
        yield Version(
            record.history_id,
            record.history_date,
            str(record.history_user or "–"),
            record.history_type,
            _row_words(record, related) if source.of_rows else "",
            list(_changes(record, old, related, leading)),
        )


def _with_sets(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.prefetch_related(*(name for _field, name, _column in _sets(rows.model)))


def _sets(history: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield each many-to-many field that a history keeps, the accessor to what it kept, and its column there."""
    for many in history._history_m2m_fields:
        column = get_m2m_reverse_field_name(many)
        for relation in history._meta.related_objects:
            if any(one.name == column for one in relation.related_model._meta.fields):
                yield many, relation.get_accessor_name(), f"{column}_id"


def _related(records: list[Any]) -> Related:
    """Return whatever the records point to, in one query a model. What was deleted since is not among it."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for record in records:
        for one in _fields(record):
            if isinstance(one, models.ForeignKey):
                wanted[_target(one)].add(getattr(record, one.attname))
        for many, accessor, column in _sets(type(record)):
            wanted[_target(many)] |= {getattr(row, column) for row in getattr(record, accessor).all()}
    return {
        (model, row.pk): row
        for model, keys in wanted.items()
        for row in model._base_manager.filter(pk__in=keys - {None})
    }


def _fields(record: Any) -> list[Any]:
    """Return the fields that staff edit, in their order; those alone are compared."""
    return [one for one in record.tracked_fields if one.editable]


def _target(relation: Any) -> type[models.Model]:
    target: type[models.Model] = relation.related_model
    return target


def _row_words(record: Any, related: Related) -> str:
    """Return what a row is called, with the names of what it points to."""
    row = record.instance
    for one in _fields(record):
        found = related.get((_target(one), getattr(record, one.attname))) if one.is_relation else None
        if found is not None:
            setattr(row, one.name, found)
    try:
        return f"{capfirst(row._meta.verbose_name)} {row}"
    except models.ObjectDoesNotExist:
        return f"{capfirst(row._meta.verbose_name)} {row.pk}"


def _changes(record: Any, old: Any, related: Related, leading: str) -> Iterator[Change]:
    """Yield what differs between two versions; of a row that was added or removed, all that it holds.

    ``leading`` is the column by which a row leads to the object; of the object itself it is ''.
    """
    if record.history_type != "~" and not leading:
        return
    removed = record.history_type == "-"
    for label, now, before in _values(record, old, related, leading):
        if now != before:
            before, now = (now, before) if removed else (before, now)
            yield Change(label, *compared(before, now))


def _values(record: Any, old: Any, related: Related, leading: str) -> Iterator[tuple[str, str, str]]:
    model = record.instance_type
    for one in _fields(record):
        if not isinstance(one, models.AutoField) and one.attname != leading:
            yield label_of(model, one), _shown(record, one, related), _shown(old, one, related) if old else ""
    for many, accessor, column in _sets(type(record)):
        now, before = (_set_shown(each, many, accessor, column, related) for each in (record, old))
        yield label_of(model, many), now, before


def _set_shown(record: Any, many: Any, accessor: str, column: str, related: Related) -> str:
    if record is None:
        return ""
    keys = [getattr(row, column) for row in getattr(record, accessor).all()]
    return ", ".join(sorted(str(related.get((_target(many), key), f"#{key}")) for key in keys))


def _shown(record: Any, one: Any, related: Related) -> str:
    value = getattr(record, one.attname)
    if value in (None, ""):
        return ""
    if one.is_relation:
        return str(related.get((_target(one), value), f"#{value}"))
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return formats.date_format(value) if isinstance(value, dt.date) else str(value)


def label_of(model: type[models.Model], one: Any) -> str:
    """Return what a column is called, with the language of a translated text."""
    name, _underscore, language = one.name.rpartition("_")
    label = str(capfirst(str(one.verbose_name)))
    return f"{label} ({Language(language).label})" if language in Language.values and hasattr(model, name) else label


def compared(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Cut two texts into pieces that say what the other lacks, word by word."""
    left, right = re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new)
    if len(left) + len(right) > MOST_WORDS:
        return [Piece(old, False)], [Piece(new, False)]
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    kept = [("".join(left[a:b]), "".join(right[c:d]), step != "equal") for step, a, b, c, d in steps]
    return (
        [Piece(text, differs) for text, _other, differs in kept if text],
        [Piece(text, differs) for _other, text, differs in kept if text],
    )
