"""What search engines ask for: robots.txt, and the sitemap in sections, each address with when it last changed.

Each section lists the pages of one language, and beside each the same page in the others.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from tracker.models import SOURCE_LANGUAGE, Actor, Forum, Milestone, Recommendation, Roundtable, Theme
from tracker.progress import today
from tracker.views.languages import versions
from tracker.views.page import site_of
from tracker.views.public import public

# A path, and when what it shows was last published, retracted or withheld; None where that is not known.
Place = tuple[str, dt.datetime | None]

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LINKS = "http://www.w3.org/1999/xhtml"
WHOLE_RECORD = ("overview", "recommendations", "updates")
WORDS = ("forums", "actors", "about", "methodology", "accessibility")


@public()
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the desk, and show them the sitemap."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Sitemap: {site_of(request)}{reverse('sitemap')}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public()
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the sections."""
    names = [_named(section, code) for code, _name in settings.LANGUAGES for section in SECTIONS]
    addresses = [f"{site_of(request)}{reverse('sitemap_section', args=[name])}" for name in names]
    return _xml("sitemapindex", [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses])


def _named(section: str, language: str) -> str:
    return section if language == SOURCE_LANGUAGE else f"{section}-{language}"


@public()
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of a section; each stays far beneath the 50,000 that the protocol allows."""
    languages = {_named(name, code): (name, code) for name in SECTIONS for code, _name in settings.LANGUAGES}
    if section not in languages:
        raise Http404
    name, language = languages[section]
    with override(language):
        return _xml("urlset", [_url(site_of(request), path, moment) for path, moment in SECTIONS[name]()])


def _url(site: str, path: str, moment: dt.datetime | None) -> str:
    changed = f"<lastmod>{moment.astimezone(dt.UTC).isoformat(timespec='seconds')}</lastmod>" if moment else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{one.code}" href="{escape(one.address)}"/>'
        for one in versions(path, site)
    )
    return f"<url><loc>{escape(site + path)}</loc>{changed}{others}</url>"


def _xml(root: str, rows: Iterable[str]) -> HttpResponse:
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{root} xmlns="{NAMESPACE}" xmlns:xhtml="{LINKS}">',
            *rows,
            f"</{root}>",
            "",
        ]
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _recommendations() -> list[Place]:
    changes = Recommendation.objects.published().last_changes()
    return [(reverse("recommendation", args=[reference]), moment) for _table, reference, moment in changes]


def _actors() -> list[Place]:
    return [(reverse("actor", args=[slug]), moment) for slug, moment in Actor.objects.last_changes()]


def _pages() -> list[Place]:
    """Return all other pages; those that show recommendations change with them."""
    tables: dict[int, dt.datetime] = {}
    for table, _reference, moment in Recommendation.objects.published().last_changes():
        tables[table] = max(moment, tables.get(table, moment))
    roundtables = list(Roundtable.objects.select_related("forum"))
    forums: dict[int, dt.datetime] = {}
    for one in roundtables:
        if one.pk in tables:
            forums[one.forum_id] = max(tables[one.pk], forums.get(one.forum_id, tables[one.pk]))
    newest = max(tables.values(), default=None)
    return [
        *((reverse(name), newest) for name in WHOLE_RECORD),
        *((reverse(name), None) for name in WORDS),
        *((one.get_absolute_url(), forums.get(one.pk)) for one in Forum.objects.all()),
        *((one.get_absolute_url(), tables[one.pk]) for one in roundtables if one.pk in tables),
        *((one.get_absolute_url(), None) for one in Theme.objects.all()),
        *((one.get_absolute_url(), None) for one in Milestone.objects.past(today())),
    ]


SECTIONS: dict[str, Callable[[], list[Place]]] = {
    "pages": _pages,
    "recommendations": _recommendations,
    "actors": _actors,
}
