"""Finding what an address names: the thing itself, its canonical address, or 404 with words."""

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from tracker.models import Actor, FollowUp, Forum, Milestone, Recommendation, ReferenceAlias, Roundtable, Theme

Named = TypeVar("Named", Actor, Milestone, Theme)


class Moved(Exception):
    """What the address names is there, under the path ``path``."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def moved(request: HttpRequest, move: Moved) -> HttpResponsePermanentRedirect:
    """Send to the canonical path for good, with the query as it was."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{move.path}?{query}" if query else move.path)


def the_forum(forums: QuerySet[Forum], year: int) -> Forum:
    """Return the Forum of a year."""
    forum = forums.filter(year=year).first()
    if forum is None:
        raise Http404(_("No Forum was held in %(year)d, or it is not on record here.") % {"year": year})
    return forum


def the_roundtable(roundtables: QuerySet[Roundtable], year: int, code: str) -> Roundtable:
    """Return a roundtable by its Forum's year and its code, which stands in addresses in lower case."""
    roundtable = roundtables.filter(forum__year=year, code__iexact=code).first()
    if roundtable is None:
        raise Http404(_("The Forum of %(year)d has no roundtable “%(code)s”.") % {"year": year, "code": code})
    if code != roundtable.code.lower():
        raise Moved(roundtable.get_absolute_url())
    return roundtable


def the_recommendation(recommendations: QuerySet[Recommendation], reference: str) -> Recommendation:
    """Return a recommendation that has a public page; an old reference or other letters lead to the present one."""
    found = recommendations.filter(reference=reference).first()
    if found is not None:
        return found
    other = recommendations.filter(reference__iexact=reference).first() or _by_old_reference(reference)
    if other is None:
        raise Http404(_("No recommendation with the reference “%(it)s” was published.") % {"it": reference})
    raise Moved(other.get_absolute_url())


def _by_old_reference(reference: str) -> Recommendation | None:
    alias = ReferenceAlias.objects.select_related("recommendation").filter(reference__iexact=reference).first()
    return alias.recommendation if alias and alias.recommendation.is_public else None


def the_entry(reference: str) -> FollowUp:
    """Return an entry on record with its recommendation."""
    entries = FollowUp.objects.on_record().select_related("recommendation")
    entry = entries.filter(reference=reference).first()
    if entry is None:
        entry = entries.filter(reference__iexact=reference).first()
        if entry is None:
            raise Http404(_("No entry with the reference “%(it)s” was published.") % {"it": reference})
        raise Moved(entry.get_absolute_url())
    return entry


def by_slug(things: "QuerySet[Named]", slug: str) -> "Named":
    """Return an actor, theme or milestone by its slug, which stands in addresses in lower case."""
    found = things.filter(slug__iexact=slug).first()
    if found is None:
        raise Http404(_("Nothing with the name “%(it)s” is on record.") % {"it": slug})
    if found.slug != slug:
        raise Moved(found.get_absolute_url())
    return found
