"""Texts in three languages: one column per language, and one rule for what is shown where one is empty."""

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

Text = TypeVar("Text", bound=models.Field)  # type: ignore[type-arg]
SOURCE_LANGUAGE = "en"


def in_language_or_source(name: str, field: Any) -> Any:
    """Read ``name`` in the current language, or in English where that column is empty.

    An untranslated column holds ``''``, which would otherwise be shown as it is.
    """

    def getter(instance: models.Model) -> str:
        language = get_language() or SOURCE_LANGUAGE
        own: str = getattr(instance, to_attribute(name, language.split("-")[0]), "")
        return own or str(getattr(instance, to_attribute(name, SOURCE_LANGUAGE)))

    return getter


def translated(field: models.Field, *, required: bool = False) -> Any:  # type: ignore[type-arg]
    """Return ``field`` as three columns ``…_en``, ``…_fr``, ``…_es``; with ``required``, English must be filled in."""
    field.blank = True
    specific = {SOURCE_LANGUAGE: {"blank": False}} if required else {}
    return TranslatedField(field, specific, attrgetter=in_language_or_source)
