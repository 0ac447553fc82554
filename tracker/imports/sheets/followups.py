"""Follow-ups with their evidence: a row makes a draft or changes one. The record is not touched.

A row is known again by what its source calls it (``key``), where it calls it something; otherwise by recommendation,
actor, date and title.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.actions.bulk import change_rows, make_rows
from tracker.actions.rules import refuse_unlike_nature, today
from tracker.errors import SENTENCES, Refused
from tracker.forms.entries import basis_of, when_of
from tracker.imports.sheets.actor_names import ActorNames
from tracker.imports.sheets.cells import iso, several, span, when
from tracker.imports.sheets.columns import CellError
from tracker.imports.sheets.followup_columns import COLUMNS, PIECES
from tracker.imports.sheets.kind import Making
from tracker.imports.sheets.responsibilities import name_both, recommendations_named, withdrawn
from tracker.imports.sheets.row import Row, Texts
from tracker.models import (
    Evidence,
    FollowUp,
    FollowUpQuerySet,
    ImportedRow,
    Nature,
    Partner,
    Recommendation,
    SheetKind,
)

PARTS = ("citation", "url", "quality")
STATE = FollowUp.State


class FollowUps(Making):
    """Drafts of follow-ups."""

    value = SheetKind.FOLLOWUPS
    columns = COLUMNS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actors = ActorNames()
        self.recommendations: dict[str, Recommendation] = {}
        self.imported: dict[str, int] = {}
        self.today = today()

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up the recommendations, and what the source's own keys made before."""
        self.recommendations = recommendations_named(rows)
        keys = [row.texts["key"] for row in rows if "key" in row.texts]
        known = ImportedRow.objects.filter(
            external_key__in=keys, imported__source=self.source, imported__kind=self.value, model="followup"
        )
        self.imported = dict(known.order_by("pk").values_list("external_key", "target"))

    def identify(self, row: Row) -> None:
        """Take the source's own key, or what and whom, when and under which title it is."""
        row.external_key = row.texts.pop("key", "")[:200]
        if not name_both(row, self.recommendations, self.actors) or not self._dated(row):
            return
        texts = row.texts
        texts.setdefault("received_via", FollowUp.ReceivedVia.SOURCE.value)
        row.about = f"{texts['reference']} {texts['actor']} {texts.get('date', '')}".strip()
        if row.external_key:
            row.key = f"key {row.external_key}"
        elif "date" in texts and "title" in texts:
            row.key = _said(texts)
        else:
            row.refuse("title" if "date" in texts else "date", _("Give date and title, or a key of your own."))
        self._name_partners(row)

    def _dated(self, row: Row) -> bool:
        until = row.texts.pop("until", "")
        if until and "date" in row.texts:
            try:
                row.texts["date"] = span(row.texts["date"], until)
            except CellError as error:
                row.refuse("until", error)
        return not row.problems

    def _name_partners(self, row: Row) -> None:
        if "partners" not in row.texts:
            return
        try:
            slugs = {self.actors.slug_of(name) for name in several(row.texts["partners"])} - {row.texts["actor"]}
        except CellError as error:
            row.refuse("partners", error)
        else:
            row.texts["partners"] = "; ".join(sorted(slugs))

    def there(self) -> FollowUpQuerySet:
        """Return follow-ups with their evidence and partners."""
        own = [field.name for field in FollowUp._meta.concrete_fields]
        entries = FollowUp.objects.follow_ups().select_related("recommendation", "actor")
        entries = entries.only(*own, "recommendation__reference", "actor__slug")
        return entries.prefetch_related("evidence", "partner_rows__actor")

    def find(self, rows: Sequence[Row]) -> Mapping[str, FollowUp]:
        """Return entries by the keys of the rows: those that the source's keys made, and those that say the same."""
        own = self.there().in_bulk([key for row in rows if (key := self.imported.get(row.external_key))])
        others = [row for row in rows if self.imported.get(row.external_key) not in own]
        same = self._saying_the_same(others)
        found = {row.key: same[natural] for row in others if (natural := _said(row.texts)) in same}
        known = [row for row in rows if self.imported.get(row.external_key) in own]
        return found | {row.key: own[self.imported[row.external_key]] for row in known}

    def _saying_the_same(self, rows: Sequence[Row]) -> dict[str, FollowUp]:
        named = [self.recommendations[row.texts["reference"]].pk for row in rows]
        titles = {row.texts.get("title", "") for row in rows}
        same = self.there().filter(recommendation__in=named, title__in=titles).exclude(state=STATE.RETRACTED)
        return {_natural(entry): entry for entry in same.order_by("-pk")}

    def texts(self, found: FollowUp, asked: Texts) -> Texts:
        """Tell an entry as a row does."""
        partners = sorted(partner.actor.slug for partner in found.partner_rows.all())
        texts = {**self.own_texts(found, asked), "date": iso(when_of(found)), "partners": "; ".join(partners)}
        texts |= {"reference": found.recommendation.reference, "actor": found.actor.slug if found.actor else ""}
        for piece, evidence in zip(PIECES, found.evidence.all(), strict=False):
            texts |= {_of_piece(part, piece): str(getattr(evidence, part)) for part in PARTS}
        return texts

    def start(self, row: Row) -> FollowUp:
        """Return a draft."""
        return FollowUp(created_by=self.by, created_at=timezone.now())

    def fill(self, target: FollowUp, texts: Texts, row: Row | None = None) -> None:
        """Set the columns of the entry; its basis follows from how it was received."""
        super().fill(target, texts, row)
        if "reference" in texts:
            target.recommendation = self.recommendations[texts["reference"]]
        if "actor" in texts:
            target.actor_id = self.actors.keys[texts["actor"]]
        if "received_via" in texts:
            target.basis = basis_of(texts["received_via"])
        if "date" in texts:
            said = when(texts["date"])
            target.occurred_from, target.occurred_until, target.precision = said.first, said.last, said.precision

    def objections(self, row: Row) -> None:
        """Leave alone what is not a draft, and hold the rules that an entry must meet."""
        entry: FollowUp = row.target
        if row.found is not None and entry.state not in {STATE.DRAFT, STATE.RETURNED}:
            row.refuse("", _not_a_draft(entry))
            return
        recommendation = self.recommendations[row.texts["reference"]]
        if recommendation.state == Recommendation.State.WITHDRAWN:
            row.refuse("reference", withdrawn(recommendation))
        if entry.occurred_from > self.today + dt.timedelta(days=1):
            row.refuse("date", SENTENCES["in_the_future"])
        if entry.status:
            self._claims(row, entry, recommendation)

    def _claims(self, row: Row, entry: FollowUp, recommendation: Recommendation) -> None:
        if entry.basis != FollowUp.Basis.REPORTED:
            row.refuse(
                "status",
                _("Only a body itself claims a status: say how its report was received, or leave the status out."),
            )
            return
        try:
            refuse_unlike_nature(recommendation, entry.status, Nature(recommendation.nature).claims)
        except Refused as refusal:
            row.refuse("status", refusal)

    def save_new(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the drafts, then their evidence and partners, which go with them."""
        make_rows(FollowUp, [row.made for row in rows], by=self.by)
        self._write_parts(rows)
        return []

    def save_changed(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the changed columns, then evidence and partners that changed."""
        also = {"recommendation", "actor", "basis", "occurred_from", "occurred_until", "precision"}
        change_rows(FollowUp, [row.found for row in rows], self.changed_fields(rows) | also, by=self.by)
        self._write_parts(rows)
        return []

    def _write_parts(self, rows: Sequence[Row]) -> None:
        new: list[Evidence] = []
        mended: list[Evidence] = []
        for row in rows:
            for evidence in _evidence_of(row):
                (new if evidence.pk is None else mended).append(evidence)
        make_rows(Evidence, new, by=self.by)
        change_rows(Evidence, mended, PARTS, by=self.by)
        Evidence.objects.filter(pk__in=[one.pk for one in mended], citation="", url="", file="").delete()
        self._write_partners([(row.target, one.new) for row in rows for one in row.changes if one.column == "partners"])

    def _write_partners(self, said: Sequence[tuple[FollowUp, str]]) -> None:
        Partner.objects.filter(entry__in=[entry for entry, _slugs in said]).delete()
        partners = [
            Partner(entry=entry, actor_id=self.actors.keys[slug], position=place)
            for entry, slugs in said
            for place, slug in enumerate(several(slugs), 1)
        ]
        make_rows(Partner, partners, by=self.by)


def _evidence_of(row: Row) -> Iterator[Evidence]:
    """Yield the pieces of evidence that a row makes or changes."""
    changed = {change.column: change.new for change in row.changes}
    there = [] if row.found is None else list(row.found.evidence.all())
    for piece in PIECES:
        said = {part: changed[key] for part in PARTS if (key := _of_piece(part, piece)) in changed}
        if said:
            evidence = there[piece - 1] if len(there) >= piece else Evidence(entry=row.target, position=piece)
            for part, text in said.items():
                setattr(evidence, part, text)
            yield evidence


def _said(texts: Texts) -> str:
    """Return by what a row is known without a key of its source: on what, by whom, when, and its title."""
    return " ".join(texts.get(key, "") for key in ("reference", "actor", "date", "title"))


def _natural(entry: FollowUp) -> str:
    """Return the same of an entry."""
    actor = entry.actor.slug if entry.actor else ""
    return f"{entry.recommendation.reference} {actor} {iso(when_of(entry))} {entry.title}"


def _of_piece(part: str, piece: int) -> str:
    return part if piece == 1 else f"{part}_{piece}"


def _not_a_draft(entry: FollowUp) -> str:
    """Return what to do instead of changing an entry that is not a draft."""
    named = {"reference": entry.reference or entry.recommendation.reference}
    if entry.state == STATE.SUBMITTED:
        return _("The entry on %(reference)s waits for a reviewer: let it be returned first.") % named
    if entry.state == STATE.PUBLISHED:
        return _("%(reference)s is on the record, which an import never changes: correct it at the desk.") % named
    return _("%(reference)s was taken from the record: leave the row out.") % named
