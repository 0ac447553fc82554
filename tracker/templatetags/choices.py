"""What can be chosen from a list: hundreds of options, of which a template would look up each word by itself."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracker.filters import Option
from tracker.sentences import figure

register = template.Library()


@register.simple_tag
def options(choices: Iterable[Option]) -> SafeString:
    """Return the options of a select, each with its number where that is counted."""
    return mark_safe("".join(map(_option, choices)))  # noqa: S308 (each of its texts is escaped)


def _option(one: Option) -> str:
    label = one.label if one.number is None else f"{one.label} ({figure(one.number)})"
    return f'<option value="{escape(one.value)}"{" selected" if one.chosen else ""}>{escape(label)}</option>'
