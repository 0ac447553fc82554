"""What recurs a hundred times on a page: statuses, kinds of entries, bars. A template looks up each word by itself."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.models import FollowUp, Standing, Status
from tracker.readings.links import Link
from tracker.sentences import Counted

register = template.Library()

STATUS = """<span class="status is-{token}"><svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
<use href="#mark-{token}" />
</svg>{label}</span>"""
LINK = '<li><a href="{}">{}</a></li>'
LINK_WITH_WORDS = '<li><a href="{}">{}</a> <span class="soft">{}</span></li>'
BAR = """<svg class="bar" aria-hidden="true" width="100%" height="100%">
{}
</svg>"""
SEGMENT = '<rect class="is-{token}" x="{start}" width="{width}" height="100%" fill="url(#fill-{token})" />'
COUNTS = """<div class="progress{size}">
{bar}
<ul class="legend">
{legend}
</ul>
</div>"""
COUNT = """<li class="is-{token}">
<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
<use href="#mark-{token}" />
</svg><b>{number}</b>
{label}
</li>"""

GONE: dict[str, Promise | str] = {FollowUp.State.RETRACTED: _("Retracted"), FollowUp.State.WITHHELD: _("Withheld")}


def together(pieces: Iterable[SafeString]) -> SafeString:
    """Return pieces of a page behind one another, each on a line of its own."""
    return SafeString("\n".join(pieces))


@register.simple_tag
def status(shown: Status) -> SafeString:
    """Show a status with its mark."""
    return _status(shown, get_language())


@lru_cache
def _status(shown: Status, language: str | None) -> SafeString:
    return format_html(STATUS, token=shown.token, label=shown.label)


@register.simple_tag
def links(lines: Iterable[Link]) -> SafeString:
    """Show links, each with what stands beside it."""
    return together(_link(one) for one in lines)


def _link(one: Link) -> SafeString:
    if one.beside:
        return format_html(LINK_WITH_WORDS, one.address, one.label, one.beside)
    return format_html(LINK, one.address, one.label)


@register.simple_tag
def basis(entry: FollowUp) -> SafeString:
    """Show what an entry rests on, how firm it is, how it relates to the Forum, and whether it still stands."""
    standing = entry.standing if entry.is_assessment else ""
    return _basis(entry.basis, standing, entry.relation, entry.state, get_language())


@lru_cache
def _basis(basis: str, standing: str, relation: str, state: str, language: str | None) -> SafeString:
    words = str(FollowUp.Basis(basis).label)
    if standing:
        words = f"{words}, {str(Standing(standing).label).lower()}"
    shown = [format_html('<span class="basis basis-{}">{}</span>', basis, words)]
    if relation:
        refers = " refers" if relation == FollowUp.Relation.REFERS_TO_FORUM else ""
        shown.append(format_html('<span class="relation{}">{}</span>', refers, FollowUp.Relation(relation).label))
    if state in GONE:
        shown.append(format_html('<span class="gone">{}</span>', GONE[state]))
    return together(shown)


@register.simple_tag
def bar(counted: Counted, query: str = "", small: bool = False) -> SafeString:
    """Draw progress as a stacked bar with its counts in words. ``query``: what leads from here to the list.

    "No information" is counted even where it does not occur, unless the bar is ``small``.
    """
    legend = [
        _count(status, number, query)
        for status, number in counted.counts.items()
        if number or (status is Status.NO_INFORMATION and not small)
    ]
    return format_html(
        COUNTS,
        size=" small" if small else "",
        bar=_segments(counted) if counted.total else "",
        legend=together(legend),
    )


def _segments(counted: Counted) -> SafeString:
    """Return the stretches of the bar, in per cent of its width."""
    shown, start, total = [], 0.0, counted.total
    for status, number in counted.counts.items():
        width = 100 * number / total
        if number:
            shown.append({"token": status.token, "start": f"{start:.2f}%", "width": f"{width:.2f}%"})
        start += width
    return format_html(BAR, format_html_join("\n", SEGMENT, shown))


def _count(status: Status, number: int, query: str) -> SafeString:
    if not (query and number):
        return _plain_count(status, number, get_language())
    address = f"{reverse('recommendations')}?{query}&status={status.value}"
    link = format_html('<a href="{}">{}</a>', address, status.label)
    return format_html(COUNT, token=status.token, number=number, label=link)


@lru_cache(maxsize=2048)
def _plain_count(status: Status, number: int, language: str | None) -> SafeString:
    return format_html(COUNT, token=status.token, number=number, label=status.label)
