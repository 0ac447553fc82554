"""The lines of lists: fifty on a page, each of some thirty words, which a template would look up one by one."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django import template
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.models import FollowUp, Recommendation
from tracker.models.addresses import addresses
from tracker.readings.found import Found
from tracker.readings.reading import Reading
from tracker.search import Piece
from tracker.sentences.html import told
from tracker.templatetags.marks import basis, status, together
from tracker.templatetags.tracker import day, when

register = template.Library()

RECOMMENDATION = """<li class="rec">
<span class="ref">{reference}{of}</span>
<div class="what">
<h3>
<a href="{address}">{headline}</a>
</h3>
{said}
</div>
<div class="side">
{status}
{beside}
</div>
</li>"""
ENTRY = """<li class="line basis-{basis_name} state-{state}">
<span class="when">{when}</span>
<div>
<p class="kind">{basis}</p>
<h3 dir="auto">
<a href="{address}">{title}</a>
</h3>
{reading}
<p class="soft">
{about}
</p>
</div>
</li>"""


@register.simple_tag
def recommendation_lines(
    readings: Iterable[Reading], kept: QueryDict, *, words: bool = False, year: bool = True
) -> SafeString:
    """Show a line of each recommendation: its headline, what remains, where it stands.

    ``kept``: what its address carries on; ``words``: with the official words; ``year``: with that of its Forum.
    """
    address, query = addresses("recommendation"), f"?{kept.urlencode()}" if kept else ""
    return together(
        _recommendation(reading, f"{address(reading.recommendation.reference)}{query}", words=words, year=year)
        for reading in readings
    )


def _recommendation(reading: Reading, address: str, *, words: bool, year: bool) -> SafeString:
    one = reading.recommendation
    return format_html(
        RECOMMENDATION,
        reference=one.short_reference,
        of=format_html('\n<span class="of">{}</span>', one.roundtable.forum.year) if year else "",
        address=address,
        headline=_pieces(reading.found.headline) if reading.found else one.headline,
        said=together(_said(reading, words=words)),
        status=status(reading.status),
        beside=format_html_join("\n", '<span class="soft">{}</span>', ((words,) for words in reading.beside())),
    )


def _said(reading: Reading, *, words: bool) -> Iterator[SafeString]:
    """Yield what stands below the headline: what a search found, the words, what remains."""
    if reading.found:
        yield _found(reading.found)
    if words:
        yield _words(reading.recommendation)
    if reading.remaining:
        yield format_html('<p class="remains">\n<b>{}</b> {}\n</p>', _("What remains"), told(reading.remaining))


def _found(found: Found) -> SafeString:
    if found.words:
        shown = '<p class="found" lang="{}" dir="auto">\n{}\n</p>'
        return format_html(shown, found.language, _pieces(found.words))
    if found.is_elsewhere:
        return format_html('<p class="soft">\n{}\n</p>', _("Found in its record, its actors or its themes."))
    return SafeString("")


def _pieces(pieces: Iterable[Piece]) -> SafeString:
    shown = (format_html("<mark>{}</mark>", one.text) if one.found else one.text for one in pieces)
    return format_html_join("", "{}", ((one,) for one in shown))


def _words(one: Recommendation) -> SafeString:
    """Return the official words, or those in the language of the page in their place."""
    if own := one.unofficial_words:
        shown = '<blockquote>{}</blockquote>\n<p class="soft unofficial">{}</p>'
        return format_html(shown, own, _("Unofficial translation"))
    sic = format_html(' <span class="sic" lang="la">{}</span>', "[sic]") if one.sic else ""
    shown = '<blockquote lang="{}" dir="auto">\n{}{}\n</blockquote>'
    return format_html(shown, one.official_language, one.official_text, sic)


class Links(NamedTuple):
    """What gives the addresses to which the lines of entries lead."""

    recommendation: Callable[[str], str]
    actor: Callable[[str], str]


@register.simple_tag
def entry_lines(entries: Iterable[FollowUp], *, published: bool = False) -> SafeString:
    """Show a line of each entry: its title, who acted, on what. ``published``: with the day of its publication."""
    links = Links(addresses("recommendation"), addresses("actor"))
    return together(_entry(entry, links, published=published) for entry in entries)


def _entry(entry: FollowUp, links: Links, *, published: bool) -> SafeString:
    on_record = entry.state == FollowUp.State.PUBLISHED
    reading = entry.reading if entry.is_assessment and on_record else None
    return format_html(
        ENTRY,
        basis_name=entry.basis,
        state=entry.state,
        when=when(entry),
        basis=basis(entry),
        address=f"{links.recommendation(entry.recommendation.reference)}#{entry.fragment}",
        title=_title(entry),
        reading=format_html("<p>\n{}\n</p>", status(reading)) if reading else "",
        about=format_html_join(" ·\n", "{}", ((part,) for part in _about(entry, links, published=published))),
    )


def _title(entry: FollowUp) -> str:
    if entry.state == FollowUp.State.WITHHELD:
        return _("Content removed")
    return entry.recommendation.headline if entry.is_assessment else told(entry.told_title)


def _about(entry: FollowUp, links: Links, *, published: bool) -> Iterator[str]:
    """Yield who acted, on which recommendation, of which Forum, and when that was published."""
    one = entry.recommendation
    if actor := entry.actor:
        yield format_html('<a href="{}" dir="auto">{}</a>', links.actor(actor.slug), actor.name)
    yield one.short_reference if entry.is_assessment else f"{one.short_reference},\n{one.headline}"
    yield str(one.roundtable.forum)
    if published:
        yield _("published %(day)s") % {"day": day(entry.published_at)}
