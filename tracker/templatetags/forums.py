"""Lines about Forums and their roundtables, each with its bar."""

from collections.abc import Iterable
from typing import Protocol

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.models import Forum, Roundtable
from tracker.sentences import Counted, day_words
from tracker.templatetags.languages import translated
from tracker.templatetags.marks import bar, together

register = template.Library()

FORUM = """<li>
<span class="year">{year}</span>
<div>
<h3>
<a href="{address}">{name}</a>
</h3>
<p>{theme}</p>
<p class="soft">
{about}
</p>
</div>
<div>
{progress}
</div>
</li>"""
PART = """<li{apart}>
<h3>
<a href="{address}"><span class="soft">{label}</span> {title}</a>
</h3>
{progress}
</li>"""


class Part(Protocol):
    """A roundtable, or the closing part, with its count."""

    @property
    def roundtable(self) -> Roundtable: ...
    @property
    def counted(self) -> Counted: ...


@register.simple_tag
def forum_lines(forums: Iterable[tuple[Forum, Counted]]) -> SafeString:
    """Show a line of each Forum: where it met, about what, under whom, and how far its recommendations have come."""
    return together(_forum(forum, counted) for forum, counted in forums)


def _forum(forum: Forum, counted: Counted) -> SafeString:
    missing = format_html('<span class="soft">{}</span>', _("Recommendations not recorded yet"))
    return format_html(
        FORUM,
        year=forum.year,
        address=forum.get_absolute_url(),
        name=forum.host_city or forum.chairmanship or "GFMD",
        theme=translated(forum, "central_theme"),
        about=_about(forum),
        progress=bar(counted, small=True) if counted.total else missing,
    )


def _about(forum: Forum) -> str:
    """Return who chaired it, and when it closed."""
    closed = day_words(forum.closes_on)
    chairs = ",\n".join(chair.name for chair in forum.chairs.all())
    return f"{_('Chair:')}\n{chairs} ·\n{closed}" if chairs else closed


@register.simple_tag
def part_lines(parts: Iterable[Part], kept: QueryDict, *, apart: bool = False) -> SafeString:
    """Show a line of each part of a Forum. ``kept``: what its address carries on; ``apart``: it is counted apart."""
    query = f"?{kept.urlencode()}" if kept else ""
    return together(_part(part, query, apart=apart) for part in parts)


def _part(part: Part, query: str, *, apart: bool) -> SafeString:
    table = part.roundtable
    return format_html(
        PART,
        apart=SafeString(' class="apart"') if apart else "",
        address=f"{table.get_absolute_url()}{query}",
        label=_("Counted apart") if apart else table.label,
        title=table.title,
        progress=bar(part.counted, small=True),
    )
