"""What can be chosen from a list: hundreds of options, of which a template would look up each word by itself."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.filters import Option
from tracker.sentences import figure

register = template.Library()


@register.simple_tag
def options(choices: Iterable[Option]) -> SafeString:
    """Return the options of a select, each with its number where that is counted."""
    return SafeString("".join(map(_option, choices)))


def _option(one: Option) -> SafeString:
    label = one.label if one.number is None else f"{one.label} ({figure(one.number)})"
    return _written(one.value, label, " selected" if one.chosen else "")


@lru_cache(maxsize=4096)
def _written(value: str, label: str, selected: str) -> SafeString:
    """Return an option as HTML, kept: every list has the same few hundred."""
    return format_html('<option value="{}"{}>{}</option>', value, selected, label)
