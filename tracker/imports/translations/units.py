"""One text of one row in one language, as it travels to a translator and back."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from tracker.models import FollowUp, Language
from tracker.models.translatable import MODELS, key_of, source_of, text_names, text_of
from tracker.models.untranslated import lacks, untranslated


@dataclass(frozen=True)
class Unit:
    """A text to translate: whose it is, by natural key, what it says, and its translation, "" until there is one.

    ``digest`` names the source as it was when the text went out: where it has changed since, the translation that comes
    back is one of other words.
    """

    model: str
    key: str
    field: str
    language: str
    source_language: str
    source: str
    digest: str
    text: str = ""


def digest_of(source: str) -> str:
    """Return what names a source text."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def missing_units(*, language: str = "", model: str = "") -> Iterator[Unit]:
    """Yield what is untranslated, of one model or all, into one language or all; in the order of the desk's page."""
    languages = [language] if language else Language.values
    for name, sort in MODELS.items():
        if model in ("", name):
            for row in _lacking(sort, language):
                yield from _missing_of(row, languages)


def _lacking(model: type[models.Model], language: str) -> Iterable[models.Model]:
    rows = untranslated(model, language).order_by("pk")
    if model is FollowUp:
        return rows.prefetch_related("translations").iterator(1000)
    relations = [one.name for one in model._meta.fields if one.name in {"forum", "roundtable"}]
    return (rows.select_related(*relations) if relations else rows).iterator(1000)


def _missing_of(row: models.Model, languages: Iterable[str]) -> Iterator[Unit]:
    for name in text_names(type(row)):
        for language in languages:
            if _is_missing(row, name, language):
                source_language, source = source_of(row, name, language)
                yield Unit(
                    model=str(row._meta.model_name),
                    key=key_of(row),
                    field=name,
                    language=language,
                    source_language=source_language,
                    source=source,
                    digest=digest_of(source),
                )


def _is_missing(row: models.Model, name: str, language: str) -> bool:
    if not isinstance(row, FollowUp):
        return lacks(row, name, language)
    return bool(getattr(row, name)) and not text_of(row, name, language)
