"""Texts by the names under which they travel to translators: rows by natural keys, their sources, what is frozen."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from tracker.models.actor import Actor
from tracker.models.entry_parts import EntryTranslation
from tracker.models.fields import Language
from tracker.models.followup import FollowUp
from tracker.models.forum import Conclusion, Forum, Milestone
from tracker.models.recommendation import Recommendation
from tracker.models.roundtable import Roundtable
from tracker.models.theme import Theme
from tracker.models.translated import SOURCE_LANGUAGE
from tracker.models.untranslated import OF_ENTRIES, TRANSLATED, translated_names

KEYS: dict[type[models.Model], tuple[str, ...]] = {
    Recommendation: ("reference",),
    Roundtable: ("forum__year", "code"),
    Forum: ("year",),
    Conclusion: ("forum__year", "position"),
    Actor: ("slug",),
    Theme: ("slug",),
    Milestone: ("slug",),
    FollowUp: ("reference",),
}
"""What names a row to people: "GFMD-2010-RT1-01", "2010-RT1"."""
MODELS: dict[str, type[models.Model]] = {str(model._meta.model_name): model for model in TRANSLATED}


def text_names(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of the texts of a model, as "headline"."""
    return OF_ENTRIES if model is FollowUp else tuple(translated_names(model))


def key_of(row: models.Model) -> str:
    """Return the natural key of a row. Its relations come with it."""
    return "-".join(str(_followed(row, path)) for path in KEYS[type(row)])


def _followed(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def rows_by_key(model: type[models.Model], keys: Iterable[str]) -> dict[str, Any]:
    """Return the rows that ``keys`` name, by key, with what their texts are read from. One query, of entries two."""
    first, *rest = KEYS[model]
    values = {key.split("-")[0] if rest else key for key in keys}
    rows: models.QuerySet[Any] = model._default_manager.filter(**{f"{first}__in": _as_kept(first, values)})
    relations = [one.name for one in model._meta.fields if one.name in {"forum", "roundtable"}]
    rows = rows.select_related(*relations) if relations else rows
    if model is FollowUp:
        rows = rows.filter(state=FollowUp.State.PUBLISHED).prefetch_related("translations")
    return {key_of(row): row for row in rows}


def _as_kept(path: str, values: set[str]) -> list[Any]:
    if not path.endswith("year"):
        return sorted(values)
    return sorted(int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 5)


def text_of(row: Any, name: str, language: str) -> str:
    """Return a text of a row in a language, or ''. An entry comes with its translations."""
    if not isinstance(row, FollowUp):
        return str(getattr(row, f"{name}_{language}"))
    if language == row.language:
        return str(getattr(row, name))
    return next((str(getattr(one, name)) for one in row.translations.all() if one.language == language), "")


def source_of(row: Any, name: str, language: str) -> tuple[str, str]:
    """Return what a text is translated from into ``language``: the language, and the text; "" where there is none."""
    if isinstance(row, FollowUp):
        return row.language, str(getattr(row, name))
    if isinstance(row, Recommendation) and name == "translation":
        return row.official_language, row.official_text
    for other in (SOURCE_LANGUAGE, *Language.values):
        if other != language and (text := getattr(row, f"{name}_{other}")):
            return other, str(text)
    return "", ""


def is_official(row: Any, name: str, language: str) -> bool:
    """Tell whether a text holds the words themselves, or is theirs to be, and so is no translation of them."""
    if isinstance(row, FollowUp):
        return row.language == language
    if isinstance(row, Conclusion):
        return language == SOURCE_LANGUAGE
    return isinstance(row, Recommendation) and name == "translation" and row.official_language == language


def column_of(row: Any, name: str, language: str) -> Any:
    """Return the field that holds a text in a language, which knows how long it may be."""
    if isinstance(row, FollowUp):
        return EntryTranslation._meta.get_field(name)
    return type(row)._meta.get_field(f"{name}_{language}")
