"""Feeds: the fifty entries of a page that were last published, retracted or withheld, for readers that ask again.

An entry that is taken back comes again under its own id, with the moment and the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.filters import SEVERAL, RecommendationFilter, chips
from tracker.filters.finding import found_rows
from tracker.filters.named import by_slugs
from tracker.filters.parameters import DATES
from tracker.models import (
    Actor,
    FollowUp,
    FollowUpQuerySet,
    Forum,
    Partner,
    Recommendation,
    Roundtable,
    Standing,
    Theme,
    current_language,
)
from tracker.models.lately import Change, changed_lately
from tracker.sentences import listed, tracker_name
from tracker.sentences.feeds import entry_title, feed_title
from tracker.views.alternates import feed_path
from tracker.views.atom import CONTENT_TYPE, Feed, Item, document
from tracker.views.feed_entry import EntryTexts
from tracker.views.head import caveats, record_head
from tracker.views.lookup import Moved, by_slug, the_forum, the_recommendation, the_roundtable
from tracker.views.page import address_of, site_of
from tracker.views.parameters import BadParameter
from tracker.views.public import View, public
from tracker.views.words_asked import words_asked

P = ParamSpec("P")
MOST = 50
"""Entries in a feed. The page that it follows holds all of them."""


@dataclass(frozen=True)
class Followed:
    """What a feed follows: its name, the path of its page, and its entries on record, in parts."""

    name: str
    page: str
    parts: Sequence[FollowUpQuerySet]


def feed(
    *parameters: str, several: Sequence[str] = ()
) -> Callable[[Callable[Concatenate[HttpRequest, P], Followed]], View[P]]:
    """Make a public view of what is followed. Another spelling of a page's address leads to its feed."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], Followed]) -> View[P]:
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                followed = view(request, *args, **kwargs)
            except Moved as move:
                raise Moved(feed_path(resolve(move.path))) from None
            return _answer(request, followed)

        update_wrapper(answer, view)
        return public(*parameters, several=several)(answer)

    return decorate


def _answer(request: HttpRequest, followed: Followed) -> HttpResponse:
    return HttpResponse(document(_feed(request, followed)), content_type=CONTENT_TYPE)


def _feed(request: HttpRequest, followed: Followed) -> Feed:
    site, head = site_of(request), record_head(request)
    changes = changed_lately(followed.parts, MOST)
    provisional = sum(change.entry.standing == Standing.PROVISIONAL for change in changes)
    canonical = address_of(request, {}).canonical
    texts = EntryTexts(Links(request))
    items = [_item(change, texts, head.installation) for change in changes]
    return Feed(
        id=_urn(head.installation, canonical),
        title=feed_title(followed.name),
        notice=caveats(request, provisional=provisional)["notice"],
        author=tracker_name(),
        site=site,
        address=f"{site}{canonical}",
        page=f"{site}{followed.page}",
        language=current_language(),
        updated=max((item.updated for item in items), default=head.opened_at),
        items=items,
    )


def _item(change: Change, texts: EntryTexts, installation: UUID) -> Item:
    entry = change.entry
    return Item(
        id=_urn(installation, f"{current_language()}:{entry.reference}"),
        title=entry_title(change),
        address=texts.links.to_one("entry", entry.reference),
        published=entry.published_at,
        updated=change.moment,
        html=texts.html(change),
        categories={entry.basis: texts.bases[entry.basis], entry.state: texts.states[entry.state]},
    )


def _urn(installation: UUID, name: str) -> str:
    """Return an id that stays when the site moves to another domain: of this installation, and a name in it."""
    return uuid5(installation, name).urn


@feed("q")
def updates(request: HttpRequest) -> Followed:
    """Follow the whole record, or what in it has the words that are looked for."""
    asked = words_asked(request)
    name = _("Updates found by “%(words)s”") % {"words": asked.typed} if asked else _("Updates to the record")
    page = address_of(request, {}).canonical.replace(request.path, reverse("updates"), 1)
    return Followed(name, page, [asked.search.matching_entries(FollowUp.objects.on_record())])


@public("q", *DATES, "as_of", several=SEVERAL)
def recommendations(request: HttpRequest) -> HttpResponse:
    """Follow the recommendations that match the filters of the list."""
    asked = RecommendationFilter.asked(request.GET)
    if named := by_slugs(asked):
        return HttpResponseRedirect(f"{request.path}?{named.urlencode()}")
    if refusal := asked.refusal():
        raise BadParameter(*refusal)
    words = listed([chip.value for chip in chips(asked)])
    name = _("Recommendations: %(filters)s") % {"filters": words} if words else _("Recommendations")
    page = address_of(request, {}).canonical.replace(request.path, reverse("recommendations"), 1)
    entries = FollowUp.objects.on_record()
    if words:
        entries = entries.filter(recommendation__in=found_rows(asked).order_by().values("pk"))
    return _answer(request, Followed(name, page, [entries]))


@feed()
def recommendation(request: HttpRequest, reference: str) -> Followed:
    """Follow one recommendation, withdrawn ones too."""
    found = the_recommendation(Recommendation.objects.for_page(), reference)
    name = f"{found.short_reference} {found.headline}, {found.roundtable.forum}"
    return Followed(name, found.get_absolute_url(), [found.entries.on_record()])


@feed()
def roundtable(request: HttpRequest, year: int, code: str) -> Followed:
    """Follow a roundtable."""
    found = the_roundtable(Roundtable.objects.select_related("forum"), year, code)
    entries = FollowUp.objects.on_record().filter(recommendation__roundtable=found)
    return Followed(f"{found.forum}: {found.title}", found.get_absolute_url(), [entries])


@feed()
def forum(request: HttpRequest, year: int) -> Followed:
    """Follow a Forum."""
    found = the_forum(Forum.objects.all(), year)
    entries = FollowUp.objects.on_record().filter(recommendation__roundtable__forum=found)
    return Followed(str(found), found.get_absolute_url(), [entries])


@feed()
def actor(request: HttpRequest, slug: str) -> Followed:
    """Follow what an actor did, alone, first or as a partner."""
    found, entries = by_slug(Actor.objects.all(), slug), FollowUp.objects.on_record()
    second = entries.filter(pk__in=Partner.objects.filter(actor=found).values("entry")).exclude(actor=found)
    return Followed(str(found), found.get_absolute_url(), [entries.filter(actor=found), second])


@feed()
def theme(request: HttpRequest, slug: str) -> Followed:
    """Follow a theme."""
    found = by_slug(Theme.objects.all(), slug)
    entries = FollowUp.objects.on_record().filter(recommendation__themes=found)
    return Followed(str(found), found.get_absolute_url(), [entries])
