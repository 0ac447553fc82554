"""The first page of entering a Chair's document: pasted or uploaded, read, and known again if it was here."""

import hashlib
import re
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracker.admin.conclusions_views import DocumentView, address_of
from tracker.errors import Refused
from tracker.forms.conclusions import DocumentForm
from tracker.forms.pasted import same_words
from tracker.imports.correcting import Draft, begun
from tracker.imports.document import recognise
from tracker.imports.document.outline import Outline
from tracker.models import DocumentImport, Recommendation

WORD = re.compile(r"\w+")
Format = DocumentImport.Format
FORMATS = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
}
MOST_TRACKED, MOST_SAID = 200, 500
"""As many as one form can send back (``DATA_UPLOAD_MAX_NUMBER_FIELDS``): some 16 fields of each, and 3."""


class BeginView(DocumentView):
    """Takes a document. Only once it is read, and says something new, is it kept."""

    template = "admin/tracker/documentimport/begin.html"
    title = _("Enter the Chair’s conclusions from a document")

    def begun(self) -> HttpResponse:
        """Show the empty form; the address may say the year."""
        year = self.request.GET.get("year", "")
        return self.page(form=DocumentForm(initial={"year": year if year.isdigit() else ""}))

    def shown_again(self) -> HttpResponse:
        """Show what was pasted; a file has to be chosen again."""
        return self.page(form=DocumentForm(self.request.POST))

    def prepare(self) -> None:
        """Read the document, which may take seconds."""
        self.form = DocumentForm(self.request.POST, self.request.FILES)
        self.read: DocumentImport | None = None
        if self.form.is_valid():
            self.read = self._read(self.form.content, self.form.name, **self.form.cleaned_data)

    def _read(
        self, content: bytes, name: str, *, year: int | None, language: str, **_sent: Any
    ) -> DocumentImport | None:
        try:
            outline = recognise(content, name, language=language or None, year=year)
        except Refused as refusal:
            self._refuse(str(refusal))
            return None
        if why := _too_much(outline):
            self._refuse(why)
            return None
        if outline.forum.year:
            return document_of(outline, outline.forum.year, content, name, uploaded=bool(self.request.FILES))
        self.form.add_error("year", gettext("The document does not say which year’s Forum it is: enter the year."))
        return None

    def received(self) -> HttpResponse:
        """Keep what was read, and lead to the screen on which it is corrected."""
        if self.read is None:
            return self.page(form=self.form)
        return self._known(self.read) or self._nothing_new(self.read) or self._kept(self.read)

    def _refuse(self, why: str) -> None:
        self.form.add_error("file" if self.request.FILES else "text", why)

    def _known(self, document: DocumentImport) -> HttpResponse | None:
        """Lead to the same document where it is here already."""
        before = DocumentImport.objects.same_as(document).first()
        if before is None:
            return None
        said = gettext("This document was entered on %(day)s already: nothing new was made of it. Here it is.")
        messages.info(self.request, said % {"day": date_format(timezone.localdate(before.started_at))})
        return HttpResponseRedirect(address_of(before))

    def _nothing_new(self, document: DocumentImport) -> HttpResponse | None:
        """Say so where all that it recommends is recorded already."""
        recorded = Recommendation.objects.filter(roundtable__forum__year=document.year)
        known = {same_words(text) for text in recorded.values_list("official_text", flat=True)}
        found = [item.text for item in Draft.from_json(document.corrected).tracked]
        if not found or any(same_words(text) not in known for text in found):
            return None
        said = ngettext(
            "The document has %(number)d recommendation, and it is recorded already: it proposes nothing new.",
            "The document has %(number)d recommendations, and all are recorded already: it proposes nothing new.",
            len(found),
        )
        self._refuse(said % {"number": len(found)})
        return self.page(form=self.form)

    def _kept(self, document: DocumentImport) -> HttpResponse:
        user: Any = self.request.user
        document.started_by, document.started_at = user, timezone.now()
        document.save()
        self.desk.log_addition(self.request, document, gettext("Read"))
        return self.to(address_of(document))


def _too_much(outline: Outline) -> str:
    """Return why a document cannot be corrected on one screen, or ''."""
    tracked = len(outline.recommendations) + len(outline.closing_items)
    said = len(outline.statements) - len(outline.closing_items)
    if tracked <= MOST_TRACKED and said <= MOST_SAID:
        return ""
    sentence = gettext(
        "This has %(tracked)d recommendations and %(said)d other statements, more than one screen can hold: send it in "
        "parts, or let the command import_conclusions read it."
    )
    return sentence % {"tracked": tracked, "said": said}


def document_of(outline: Outline, year: int, content: bytes, name: str, *, uploaded: bool) -> DocumentImport:
    """Return what is kept of a document whose outline was found, not saved yet."""
    words = " ".join(word for line in outline.lines for word in WORD.findall(same_words(line.text)))
    by_name = FORMATS.get(PurePath(name).suffix.lower(), Format.TEXT)
    return DocumentImport(
        year=year,
        name=(name if uploaded else outline.forum.title or gettext("Pasted text"))[:200],
        format=by_name if uploaded else Format.PASTED,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        words_digest=hashlib.sha256(words.encode()).hexdigest(),
        language=outline.forum.language,
        found=outline.to_json(),
        corrected=begun(outline).to_json(),
    )
