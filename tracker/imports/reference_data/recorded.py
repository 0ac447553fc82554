"""Which shipped entry is which entry of this installation, and how they differ."""

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.imports.reference_data.report import differing
from tracker.imports.reference_data.shelf import Shelf
from tracker.imports.reference_data.shipped import Shipped
from tracker.models import FollowUp

# An entry that was taken back says so itself; its words are no longer compared.
COMPARED = {FollowUp.State.DRAFT, FollowUp.State.SUBMITTED, FollowUp.State.RETURNED, FollowUp.State.PUBLISHED}


class Recorded:
    """Entries of the recommendations at hand, found again for what a release ships.

    An entry that the system account made is the shipped one if it says the same, or else if it has its number: staff
    may have edited a draft, and a draft's number may have been taken before it was published.
    """

    def __init__(self, shipped: Sequence[Shipped], shelf: Shelf) -> None:
        self.report = shelf.report
        there = list(
            FollowUp.objects.filter(recommendation__in={one.recommendation for one in shipped})
            .order_by("pk")
            .prefetch_related("evidence", "partner_rows__actor", "support_rows__entry", "translations")
        )
        self._taken = {_place(entry) for entry in there}
        self.by_key: dict[str, FollowUp] = {}
        self._match(shipped, [entry for entry in there if entry.created_by_id == shelf.by.pk])

    def _match(self, shipped: Sequence[Shipped], ours: list[FollowUp]) -> None:
        self._claim({_gist(entry): entry for entry in ours}, [(one.gist, one) for one in shipped])
        claimed = {entry.pk for entry in self.by_key.values()}
        rest = {_place(entry): entry for entry in ours if entry.pk not in claimed}
        self._claim(rest, [(one.place, one) for one in shipped if one.item.key not in self.by_key])

    def _claim(self, there: dict[tuple[Any, ...], FollowUp], wanted: list[tuple[tuple[Any, ...], Shipped]]) -> None:
        for identity, one in wanted:
            if identity in there:
                self.by_key[one.item.key] = there.pop(identity)

    def entry_of(self, shipped: Shipped) -> FollowUp | None:
        """Return the entry of this installation, if it is there."""
        return self.by_key.get(shipped.item.key)

    def free_number(self, shipped: Shipped) -> int | None:
        """Return the shipped number, or none where it is taken: publication then gives the next free one."""
        return None if shipped.place in self._taken else shipped.number

    def compare(self, entry: FollowUp, shipped: Shipped) -> None:
        """Report each field that differs. The entry is kept as it is: it is frozen, or a reviewer's."""
        if entry.state not in COMPARED:
            return
        name = f"entry {entry.reference or shipped.item.key}"
        for field, value in shipped.values.items():
            if getattr(entry, field) != value:
                self.report.kept.append(differing(name, field, getattr(entry, field), value))
        for field, stored, wanted in self._parts(entry, shipped):
            if stored != wanted:
                self.report.kept.append(differing(name, field, _joined(stored), _joined(wanted)))
        for row in entry.translations.all():
            for field, text in shipped.translations.get(row.language, {}).items():
                if getattr(row, field) != text:
                    self.report.kept.append(differing(f"{name} {row.language}", field, getattr(row, field), text))

    def _parts(self, entry: FollowUp, shipped: Shipped) -> Iterable[tuple[str, list[str], list[str]]]:
        cited = [f"{row.citation} {row.url} {row.quality}" for row in entry.evidence.all()]
        yield "evidence", cited, [" ".join(values.values()) for _item, values in shipped.evidence]
        yield "partners", [row.actor.key for row in entry.partner_rows.all()], [one.key for one in shipped.partners]
        if entry.state == FollowUp.State.PUBLISHED:
            wanted = [self.by_key[key] for key in shipped.supports if key in self.by_key]
            stored = [str(row.entry.reference) for row in entry.support_rows.all()]
            yield "rests_on", sorted(stored), sorted(str(one.reference) for one in wanted)


def _joined(texts: list[str]) -> str:
    return "; ".join(texts)


def _place(entry: FollowUp) -> tuple[Any, ...]:
    return (entry.recommendation_id, entry.is_assessment, entry.number)


def _gist(entry: FollowUp) -> tuple[Any, ...]:
    what = entry.status if entry.is_assessment else entry.title
    return (entry.recommendation_id, entry.is_assessment, entry.occurred_from, entry.occurred_until, what)
