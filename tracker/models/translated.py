"""Texts in three languages: one column per language, and one rule for what is shown where one is empty."""

from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

Text = TypeVar("Text", bound=models.Field)  # type: ignore[type-arg]
SOURCE_LANGUAGE = "en"


def current_language() -> str:
    """Return the language of the page being made, in which columns are named: "fr"."""
    return (get_language() or SOURCE_LANGUAGE).split("-")[0]


def localized(name: str) -> Combinable:
    """Return, for a query, what ``in_language_or_source`` reads of a row. ``name`` may lead there: "actor__name"."""
    source = models.F(to_attribute(name, SOURCE_LANGUAGE))
    if (language := current_language()) == SOURCE_LANGUAGE:
        return source
    return Coalesce(NullIf(models.F(to_attribute(name, language)), models.Value("")), source)


def sort_column(actor: str = "") -> str:
    """Return the column by whose keys actors are sorted in the current language. ``actor`` leads to them: "actor__"."""
    return str(to_attribute(f"{actor}sort", current_language()))


def columns_of(name: str) -> list[str]:
    """Return the columns of a text in three languages, as fields are named."""
    return [to_attribute(name, code) for code, _language in settings.LANGUAGES]


def in_language_or_source(name: str, field: Any) -> Any:
    """Read ``name`` in the current language, or in English where that column is empty.

    An untranslated column holds ``''``, which would otherwise be shown as it is.
    """

    def getter(instance: models.Model) -> str:
        own: str = getattr(instance, to_attribute(name, current_language()), "")
        return own or str(getattr(instance, to_attribute(name, SOURCE_LANGUAGE)))

    return getter


def shown_language(row: models.Model, name: str) -> str:
    """Return the language of what is read of the text ``name``: the current one, or English."""
    language = current_language()
    return language if getattr(row, to_attribute(name, language), "") else SOURCE_LANGUAGE


def translated(field: models.Field, *, required: bool = False) -> Any:  # type: ignore[type-arg]
    """Return ``field`` as three columns ``…_en``, ``…_fr``, ``…_es``; with ``required``, English must be filled in."""
    field.blank = True
    specific = {SOURCE_LANGUAGE: {"blank": False}} if required else {}
    return TranslatedField(field, specific, attrgetter=in_language_or_source)
