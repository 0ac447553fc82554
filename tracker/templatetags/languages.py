"""What a template says in the page's language, or in another one, which it then declares."""

from typing import Any

from django import template

from tracker.models import SOURCE_LANGUAGE, Told, shown_language

register = template.Library()
Context = dict[str, Any]


@register.inclusion_tag("includes/told.html")
def told(text: Told) -> Context:
    """Show words with their language and a mark, where they are not in that of the page."""
    return {"text": text}


@register.inclusion_tag("includes/told.html")
def translated(row: Any, name: str) -> Context:
    """Show a text that a row has in three columns; where that of the page is empty, the English one, marked."""
    return {"text": Told(str(getattr(row, name)), shown_language(row, name))}


@register.inclusion_tag("includes/told.html")
def english(words: str) -> Context:
    """Show what the record keeps in English only."""
    return {"text": Told(words, SOURCE_LANGUAGE)}
