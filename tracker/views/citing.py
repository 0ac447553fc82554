"""Citing a recommendation: the line of text, and what reference managers read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tracker.models import FollowUp, Milestone, Recommendation
from tracker.sentences import author_words, citation_line, citation_note, paragraph_words, source_words, tracker_name
from tracker.views.lookup import Moved, the_recommendation
from tracker.views.page import site_of
from tracker.views.parameters import asked_day
from tracker.views.public import public
from tracker.views.structured import Thing
from tracker.views.works import WEB_PAGE, Work, attached, file_name

Moments = Iterable[tuple[dt.datetime | None, ...]]


@dataclass(frozen=True)
class Citation:
    """A recommendation as it is cited. ``moment``: when the state was published; ``day``: a past day asked for."""

    recommendation: Recommendation
    site: str
    moment: dt.datetime
    day: dt.date | None = None

    @property
    def query(self) -> str:
        """What keeps the day on an address."""
        return f"?{urlencode({'as_of': self.day.isoformat()})}" if self.day else ""

    @property
    def address(self) -> str:
        """The permanent address in full."""
        return f"{self.site}{self.recommendation.get_absolute_url()}{self.query}"

    @property
    def line(self) -> str:
        """The citation as plain text."""
        return citation_line(self.recommendation, self.address, self.moment, self.day)

    def paragraph(self, answer: str) -> str:
        """Return a paragraph for somebody's own text; ``answer``: the sentence of the page."""
        return paragraph_words(self.recommendation, answer, self.address, self.moment, self.day)

    @property
    def bibtex_address(self) -> str:
        """Where the BibTeX file is."""
        return reverse("cite_bibtex", args=[self.recommendation.reference]) + self.query

    @property
    def ris_address(self) -> str:
        """Where the RIS file is."""
        return reverse("cite_ris", args=[self.recommendation.reference]) + self.query

    @property
    def csl_address(self) -> str:
        """Where the CSL-JSON file is."""
        return reverse("cite_csl", args=[self.recommendation.reference]) + self.query

    @property
    def work(self) -> Work:
        """The recommendation as reference managers keep it."""
        recommendation = self.recommendation
        return Work(
            key=file_name(recommendation.reference),
            kind=WEB_PAGE,
            author=author_words(recommendation.roundtable.forum),
            title=str(recommendation.headline),
            date=(recommendation.roundtable.forum.year,),
            within=tracker_name(),
            note=citation_note(recommendation, self.moment, self.day),
            address=self.address,
        )


def the_work(cited: Citation, answer: str) -> Thing:
    """Return a recommendation as a work with its own citation and the official document it was taken from."""
    recommendation = cited.recommendation
    work: Thing = {
        "@type": "CreativeWork",
        "@id": f"{cited.site}{recommendation.get_absolute_url()}",
        "url": cited.address,
        "name": str(recommendation.headline),
        "identifier": recommendation.reference,
        "description": answer,
        "inLanguage": recommendation.official_language,
        "creator": {"@type": "Organization", "name": author_words(recommendation.roundtable.forum)},
        "dateModified": cited.moment.isoformat(timespec="seconds"),
        "creditText": cited.line,
        "isPartOf": {"@id": f"{cited.site}/#dataset"},
    }
    source = source_words(recommendation)
    return {**work, "citation": source} if source else work


def citation(request: HttpRequest, found: Recommendation, entries: Moments, day: dt.date | None = None) -> Citation:
    """Return the citation of a recommendation ``for_citing``. ``entries``: the moments at which each one changed."""
    own = (found.published_at, found.withdrawn_at, found.words_at)  # type: ignore[attr-defined]
    moments = [moment for row in (own, *entries) for moment in row if moment]
    return Citation(found, site_of(request), max(moments), day)


def moments_of(entries: Iterable[FollowUp]) -> Moments:
    """Return when each entry was published, retracted, withheld."""
    return [(entry.published_at, entry.retracted_at, entry.withheld_at) for entry in entries]


def _cited(request: HttpRequest, reference: str, name: str) -> Citation:
    """Return the citation that an address asks for; ``name`` is the last part of the canonical one."""
    try:
        found = the_recommendation(Recommendation.objects.for_page().for_citing(), reference)
    except Moved as move:
        raise Moved(f"{move.path}{name}") from None
    day = asked_day(request, found.roundtable.forum, Milestone.objects.all())
    entries = found.entries.on_record().values_list("published_at", "retracted_at", "withheld_at")
    return citation(request, found, entries, day)


@public("as_of")
def bibtex(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the citation for BibTeX."""
    return attached(_cited(request, reference, "cite.bib").work, "bib")


@public("as_of")
def ris(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the citation for reference managers that read RIS."""
    return attached(_cited(request, reference, "cite.ris").work, "ris")


@public("as_of")
def csl(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the citation as CSL-JSON, which Zotero, Pandoc and others read."""
    return attached(_cited(request, reference, "cite.json").work, "json")
