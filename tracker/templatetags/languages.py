"""What a template says in the page's language, or in another one, which it then declares."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from tracker.models import SOURCE_LANGUAGE, Told, shown_language

register = template.Library()
FOREIGN = '<span lang="{}" dir="auto">{}</span> <span class="foreign">({})</span>'


@register.simple_tag
def told(text: Told) -> SafeString:
    """Show words with their language and a mark, where they are not in that of the page."""
    if text and text.is_foreign:
        return format_html(FOREIGN, text.language, text.words, text.mark)
    return conditional_escape(text.words)


@register.simple_tag
def translated(row: Any, name: str) -> SafeString:
    """Show a text that a row has in three columns; where that of the page is empty, the English one, marked."""
    return told(Told(str(getattr(row, name)), shown_language(row, name)))


@register.simple_tag
def english(words: str) -> SafeString:
    """Show what the record keeps in English only."""
    return told(Told(words, SOURCE_LANGUAGE))
