"""Putting the shipped entries on the record, in the order of their dates, an entry before what rests on it.

The first load keeps the numbers of the data; where staff have begun to publish, what a later release ships waits as a
draft, and its number may be another.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from tracker import actions
from tracker.actions.correction import successor
from tracker.imports.reference_data.recorded import Recorded
from tracker.imports.reference_data.shelf import GONE, Shelf
from tracker.imports.reference_data.shipped import Shipped
from tracker.models import EntryTranslation, Evidence, FollowUp, Partner, RestsOn


def load_entries(shipped: Iterable[Shipped], shelf: Shelf, *, as_drafts: bool) -> None:
    """Put the entries that are not there on the record, or before a reviewer; report how the others differ."""
    standing = []
    for one in shipped:
        if any(needed is GONE for needed in one.needs):
            shelf.report.left_out.append(f"entry {one.item.key}: its recommendation or an actor was removed by staff")
        else:
            standing.append(one)
    today = timezone.now().astimezone(dt.UTC).date()
    standing.sort(key=lambda one: one.place_in_time(today))
    recorded = Recorded(standing, shelf)
    for one in standing:
        entry = recorded.entry_of(one)
        if entry is None:
            entry = _make(one, shelf, recorded)
            if as_drafts:
                shelf.report.drafts.append(one.item.key)
            else:
                _publish(entry, one, shelf)
        else:
            recorded.compare(entry, one)
        _translate(entry, one, shelf)


def _make(shipped: Shipped, shelf: Shelf, recorded: Recorded) -> FollowUp:
    entry = FollowUp(
        recommendation=shipped.recommendation,
        number=recorded.free_number(shipped),
        created_by=shelf.by,
        created_at=timezone.now(),
        **shipped.values,
    )
    with shipped.item.blamed():
        entry.clean_fields(exclude=["recommendation", "actor", "replaces", "created_by"])
        entry.save()
        for place, actor in enumerate(shipped.partners, 1):
            Partner.objects.create(entry=entry, actor=actor, position=place)
        for key in shipped.supports:
            RestsOn.objects.create(assessment=entry, entry=_newest(recorded.by_key[key]))
    for place, (item, values) in enumerate(shipped.evidence, 1):
        evidence = Evidence(entry=entry, position=place, **values)
        with item.blamed():
            evidence.clean_fields(exclude=["entry"])
            evidence.save()
    shelf.report.created[FollowUp] += 1
    recorded.by_key[shipped.item.key] = entry
    return entry


def _newest(entry: FollowUp) -> FollowUp:
    """Return what staff have put in the place of an entry, if they have."""
    return successor(entry) if entry.state == FollowUp.State.RETRACTED else entry


def _publish(entry: FollowUp, shipped: Shipped, shelf: Shelf) -> None:
    with shipped.item.blamed():
        published = actions.publish(entry, by=shelf.by)
    entry.state = published.state
    shelf.report.published["assessment" if shipped.is_assessment else "follow-up"] += 1


def _translate(entry: FollowUp, shipped: Shipped, shelf: Shelf) -> None:
    """Add the translations that are not there. Those that are, are kept."""
    if entry.state == FollowUp.State.WITHHELD:
        return
    there = {row.language for row in entry.translations.all()} if shipped.translations else set()
    for language, values in shipped.translations.items():
        if language not in there:
            EntryTranslation.objects.create(entry=entry, language=language, **values)
            shelf.report.created[EntryTranslation] += 1
