"""Translations: several texts at once, or none. Official words and the words of entries are never among them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tracker.actions.bulk import change_rows
from tracker.errors import Refused
from tracker.models import Actor, EntryTranslation, FollowUp, Language, User
from tracker.models.translatable import is_official
from tracker.record.chain import writing


@dataclass(frozen=True)
class Translated:
    """A text of a row in one language, as it is to be. ``name`` is that of the text: "headline"."""

    row: Any
    name: str
    language: str
    text: str


def translate(texts: Sequence[Translated], *, by: User) -> None:
    """Write translations; each row gets one new version, and its history says by whom.

    Refuses: ``not_allowed``, ``no_translation`` (the official words, or an entry's own).
    """
    rows: defaultdict[type[models.Model], list[Any]] = defaultdict(list)
    columns: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    with writing():
        for row, of_row in _by_row(texts):
            require_change(row, by)
            _refuse_originals(row, of_row)
            if isinstance(row, FollowUp):
                _translate_entry(row, of_row)
                continue
            rows[type(row)].append(row)
            columns[type(row)] |= _filled_in(row, of_row)
        for model, changed in rows.items():
            change_rows(model, changed, columns[model], by=by)


def require_change(row: Any, by: User) -> None:
    """Refuse with ``not_allowed`` where ``by`` may not change the translations of a row."""
    name = "entrytranslation" if isinstance(row, FollowUp) else row._meta.model_name
    if not (by.is_system or by.has_perm(f"tracker.change_{name}")):
        raise Refused("not_allowed", verb=_("change %(what)s") % {"what": row._meta.verbose_name_plural})


def _by_row(texts: Iterable[Translated]) -> Iterable[tuple[Any, list[Translated]]]:
    found: dict[tuple[str, int], tuple[Any, list[Translated]]] = {}
    for text in texts:
        found.setdefault((text.row._meta.model_name, text.row.pk), (text.row, []))[1].append(text)
    return found.values()


def _refuse_originals(row: Any, texts: Iterable[Translated]) -> None:
    for text in texts:
        if is_official(row, text.name, text.language):
            raise Refused("no_translation", language=Language(text.language).label)


def _filled_in(row: Any, texts: Iterable[Translated]) -> set[str]:
    """Set the columns of the texts, and return their names, with those that follow from them."""
    columns = {f"{text.name}_{text.language}" for text in texts}
    for text in texts:
        setattr(row, f"{text.name}_{text.language}", text.text)
    if isinstance(row, Actor):
        row.fill_sorting_keys()
        columns |= {f"sort_{language}" for language in Language.values}
    return columns


def _translate_entry(entry: FollowUp, texts: Iterable[Translated]) -> None:
    """Save the texts of an entry; what it has in other languages stays. Its translations have no history."""
    there = {row.language: row for row in entry.translations.all()}
    into: dict[str, EntryTranslation] = {}
    for text in texts:
        made = EntryTranslation(entry=entry, language=text.language)
        setattr(into.setdefault(text.language, there.get(text.language, made)), text.name, text.text)
    for row in into.values():
        row.save()
