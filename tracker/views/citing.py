"""Citing a recommendation: the line of text, and what reference managers read (BibTeX, RIS)."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from tracker.models import FollowUp, Milestone, Recommendation
from tracker.sentences import author_words, citation_line, citation_note, paragraph_words, source_words, tracker_name
from tracker.views.lookup import Moved, the_recommendation
from tracker.views.page import site_of
from tracker.views.parameters import asked_day
from tracker.views.public import public
from tracker.views.structured import Thing

Moments = Iterable[tuple[dt.datetime | None, ...]]

# BibTeX counts braces even behind a backslash, so that one alone must go by its name.
BIBTEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)


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

    def bibtex(self) -> str:
        """Return the citation as a BibTeX entry."""
        fields = {
            "author": f"{{{_for_bibtex(self._author)}}}",
            "title": f"{{{_for_bibtex(str(self.recommendation.headline))}}}",
            "year": str(self._year),
            "howpublished": _for_bibtex(tracker_name()),
            "note": _for_bibtex(self._note),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{_file_name(self.recommendation)},", *lines, "}", ""])

    def ris(self) -> str:
        """Return the citation as an RIS record, whose lines end as its specification says."""
        fields = [
            ("TY", "ELEC"),
            ("AU", self._author),
            ("TI", str(self.recommendation.headline)),
            ("PY", str(self._year)),
            ("T2", tracker_name()),
            ("N1", self._note),
            ("UR", self.address),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)

    @property
    def _author(self) -> str:
        return author_words(self.recommendation.roundtable.forum)

    @property
    def _year(self) -> int:
        return self.recommendation.roundtable.forum.year

    @property
    def _note(self) -> str:
        return citation_note(self.recommendation, self.moment, self.day)


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


def _one_line(text: str) -> str:
    """Return a text on one line without control characters: none of it can begin a field of its own."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _for_bibtex(text: str) -> str:
    return _one_line(text).translate(BIBTEX)


def _file_name(recommendation: Recommendation) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", recommendation.reference)


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


def _attached(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@public("as_of")
def bibtex(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the citation for BibTeX."""
    cited = _cited(request, reference, "cite.bib")
    return _attached(cited.bibtex(), "application/x-bibtex", f"{_file_name(cited.recommendation)}.bib")


@public("as_of")
def ris(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the citation for reference managers that read RIS."""
    cited = _cited(request, reference, "cite.ris")
    name = f"{_file_name(cited.recommendation)}.ris"
    return _attached(cited.ris(), "application/x-research-info-systems", name)
