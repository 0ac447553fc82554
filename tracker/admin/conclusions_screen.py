"""The screen on which a Chair's document is corrected: its lines on the left, the draft on the right.

Every button saves what was typed and does its one thing; what was typed is kept from then on, whoever comes back.
"""

from collections.abc import Callable
from functools import partial
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.admin.conclusions_lines import marked_lines
from tracker.admin.conclusions_sheet import ItemRow, Sheet
from tracker.admin.conclusions_typed import corrected
from tracker.admin.conclusions_views import DocumentView, address_of
from tracker.imports.correcting import CLOSING, Draft, changes
from tracker.imports.document.outline import Outline
from tracker.models import DocumentImport

BUTTON = "do"
PREVIEW = "preview"
DROP_PART = "drop_part"
"""The one button that is about a roundtable; the others are about items."""
CHANGES: dict[str, Callable[[Draft, str], Draft]] = {
    "merge": changes.merge,
    "split": changes.split,
    "up": partial(changes.move, direction=changes.UP),
    "down": partial(changes.move, direction=changes.DOWN),
    "drop": changes.drop,
    "take_back": changes.take_back,
    "begin_part": changes.begin_part,
    DROP_PART: changes.drop_part,
}


class ScreenView(DocumentView):
    """Shows the document beside its draft, and keeps what was typed."""

    template = "admin/tracker/documentimport/screen.html"
    title = _("Correct what was found")

    def answer(self) -> HttpResponse:
        """Lead to the drafts where they are saved already: there is nothing to correct any more."""
        if self._is_drafted and self.request.method != "POST":
            return HttpResponseRedirect(address_of(self.document, "drafted"))
        return super().answer()

    @property
    def _is_drafted(self) -> bool:
        return self.document.state == DocumentImport.State.DRAFTED

    def begun(self) -> HttpResponse:
        """Show what is kept."""
        return self._shown(self._sheet())

    def shown_again(self) -> HttpResponse:
        """Show what was typed."""
        return self._shown(self._sheet(self.request.POST))

    def received(self) -> HttpResponse:
        """Keep what was typed, and do what the button says."""
        sheet = self._sheet(self.request.POST)
        if self._is_drafted:
            return self._too_late(sheet)
        if not sheet.is_valid():
            return self._shown(sheet)
        button, _colon, key = self.request.POST.get(BUTTON, "").partition(":")
        draft = corrected(sheet)
        if button in CHANGES:
            return self._changed(sheet, draft, button, key)
        self._keep(draft)
        if button != PREVIEW:
            return self.to(address_of(self.document), gettext("Everything that you typed is kept."))
        final = self._sheet(final=True)
        return self.to(address_of(self.document, "preview")) if final.is_valid() else self._shown(final)

    def _too_late(self, sheet: Sheet) -> HttpResponse:
        """Lead to the drafts, which somebody saved meanwhile, and say what was typed that they do not have."""
        said = gettext("The drafts were saved meanwhile, without what you typed: “%(words)s”. Mend it there.")
        for words in [*sheet.lost, *(row.otherwise for row in sheet.rows if row.touched)]:
            messages.warning(self.request, said % {"words": words})
        return HttpResponseRedirect(address_of(self.document, "drafted"))

    def _changed(self, sheet: Sheet, draft: Draft, button: str, key: str) -> HttpResponse:
        if key not in (sheet.parts if button == DROP_PART else sheet.items):
            self._keep(draft)
            return self.to(address_of(self.document), gettext("That is gone: somebody merged or dropped it meanwhile."))
        try:
            changed = CHANGES[button](draft, key)
        except changes.CannotChange as refusal:
            sheet.rows_by_key[key].complain(str(refusal))
            return self._shown(sheet)
        self._keep(changed)
        return self.to(address_of(self.document, fragment=key if key in _keys(changed) else _above(draft, key)))

    def _keep(self, draft: Draft) -> None:
        self.document.corrected = draft.to_json()
        self.document.version += 1
        self.document.save()

    def _sheet(self, sent: QueryDict | None = None, *, final: bool = False) -> Sheet:
        draft, found = Draft.from_json(self.document.corrected), Outline.from_json(self.document.found)
        return Sheet(draft, found.forum, year=self.document.year, sent=sent, final=final)

    def _shown(self, sheet: Sheet) -> HttpResponse:
        found = Outline.from_json(self.document.found)
        return self.page(
            is_nav_sidebar_enabled=False,  # two columns need the width
            sheet=sheet,
            lines=list(marked_lines(found, sheet.draft)),
            warnings=found.warnings,
            roundtables=[(sheet.parts[part.code], part, sheet.rows_of(part.code)) for part in sheet.draft.parts],
            sections=_sections(sheet),
            tracked=len(sheet.draft.tracked),
            closing=CLOSING,
            wrong=[row for row in sheet.rows if row.errors],
        )


def _sections(sheet: Sheet) -> list[tuple[str, list[ItemRow]]]:
    rows = [sheet.items[item.key] for item in sheet.draft.statements]
    return [(section, list(found)) for section, found in groupby(rows, key=lambda row: row.item.section)]


def _keys(draft: Draft) -> set[str]:
    return {item.key for item in draft.items}


def _above(draft: Draft, key: str) -> str:
    """Return what one was merged with: the item above it. Nothing for a roundtable."""
    if key not in _keys(draft):
        return ""
    among = [item.key for item in draft.neighbours(draft[key])]
    return among[among.index(key) - 1]
