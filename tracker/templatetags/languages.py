"""What a template says in the page's language, or in another one, which it then declares."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from tracker.models import SOURCE_LANGUAGE, Told, shown_language
from tracker.sentences.html import told

register = template.Library()
register.simple_tag(told)


@register.simple_tag
def translated(row: Any, name: str) -> SafeString:
    """Show a text that a row has in three columns; where that of the page is empty, the English one, marked."""
    return told(Told(str(getattr(row, name)), shown_language(row, name)))


@register.simple_tag
def english(words: str) -> SafeString:
    """Show what the record keeps in English only."""
    return told(Told(words, SOURCE_LANGUAGE))
