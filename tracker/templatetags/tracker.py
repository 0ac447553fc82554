"""What templates need beside data: dates and numbers in words, safe Markdown, where in the site a page is."""

import datetime as dt
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tracker.models import DatePrecision, FollowUp
from tracker.record.copies import shown_precision
from tracker.sentences import day_words, figure, span_words
from tracker.sentences.html import markdown

register = template.Library()

register.filter(markdown)


@register.filter
def when(entry: FollowUp) -> str:
    """Return an entry's date, or the time it took, at its precision."""
    return span_words(entry.occurred_from, entry.occurred_until, entry.precision)


@register.filter
def day(date: dt.date | None, precision: str = DatePrecision.DAY) -> str:
    """Return a date in words, at its precision; a moment by its day in UTC."""
    if isinstance(date, dt.datetime):
        date = date.astimezone(dt.UTC).date()
    return day_words(date, precision)


@register.filter
def counts_later(entry: FollowUp) -> bool:
    """Tell whether an entry counts from another day than the one it happened on."""
    return entry.counts_from is not None and shown_precision(entry) != entry.precision


@register.filter
def number(value: int) -> str:
    """Return a number in digits, as the language groups them."""
    return figure(value)


@register.filter
def host(address: str) -> str:
    """Return the host of an address, as readers know it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.simple_tag(takes_context=True)
def again(context: Context, block: str) -> SafeString:
    """Return once more what a block of the page holds, on one line."""
    blocks: BlockContext = context.render_context[BLOCK_CONTEXT_KEY]
    html = blocks.get_block(block).nodelist.render(context)
    return mark_safe(" ".join(html.split()))  # noqa: S308 (escaped where it was written)


@register.simple_tag(takes_context=True)
def current(context: Context, view: str) -> str:
    """Return the value of ``aria-current`` for a link of the navigation: this page, or the part that it is in."""
    path, section = context["address"].path, reverse(view)
    if path == section:
        return "page"
    return "true" if path.startswith(section) else "false"
