"""Correcting a published entry: one act publishes the new version and retracts the old (2-model, ``replaces``)."""

from typing import Any

from django.utils import timezone

from tracker.actions.publication import put_on_record
from tracker.actions.retraction import mark_retracted, must_be_published, resting_on
from tracker.actions.rules import counting_date, locked, names_a_source, reason_given
from tracker.errors import Refused
from tracker.models import Evidence, FollowUp, Partner, RestsOn, Status, User
from tracker.permissions import Verb, require
from tracker.record.chain import writing
from tracker.record.copies import refresh

COPIED = (
    "basis received_via recommendation actor relation act occurred_from occurred_until precision "
    "before_forum_confirmed title body language status standing remaining internal_note"
).split()


def successor(entry: FollowUp) -> FollowUp:
    """Return the newest version of an entry: itself, or what corrects it on the record."""
    version, newer = entry, entry.replaced_by.on_record().first()
    while newer is not None:
        version, newer = newer, newer.replaced_by.on_record().first()
    return version


def start_correction(entry: FollowUp, *, by: User) -> FollowUp:
    """Return a draft that corrects a published entry, filled in from it, with its evidence, partners and supports.

    An unfinished correction by the same person is returned instead of a second one. Refuses: ``not_allowed``,
    ``not_published``.
    """
    require(by, Verb.RETRACT)
    with writing():
        entry = locked(entry)
        must_be_published(entry)
        unfinished = entry.replaced_by.unpublished().filter(created_by=by).first()
        return unfinished or _begun(entry, by)


def _begun(entry: FollowUp, by: User) -> FollowUp:
    draft = copy_of(entry, by=by, replaces=entry)
    for supported in entry.support_rows.select_related("entry"):
        RestsOn.objects.create(assessment=draft, entry=successor(supported.entry))
    return draft


def copy_of(entry: FollowUp, *, by: User, **others: Any) -> FollowUp:
    """Return a draft filled in from an entry, but for ``others``, with its partners and evidence.

    The evidence of both names the same stored files: none is removed while ``files_still_used`` returns it.
    """
    facts = {name: getattr(entry, name) for name in COPIED} | others
    draft = FollowUp.objects.create(created_by=by, created_at=timezone.now(), **facts)
    for row in entry.partner_rows.select_related("actor"):
        Partner.objects.create(entry=draft, actor=row.actor, position=row.position)
    for evidence in entry.evidence.all():
        evidence.pk, evidence.entry, evidence._state.adding = None, draft, True
        evidence.save(force_insert=True)
    return draft


def correct(entry: FollowUp, *, by: User, replacement: FollowUp, reason: str, waiver: str = "") -> FollowUp:
    """Publish ``replacement`` in the place of ``entry`` and retract ``entry`` with the reason; return the replacement.

    What rested on the old entry rests on its successor, and its date counts as before: no cascade, no dip in a trend.
    Refuses: ``not_allowed``, ``reason_missing``, ``not_published``, ``wrong_replacement``, ``rests_on_later`` (the new
    date is later than that of an assessment that rests on it), ``evidence_missing`` (an assessment as implemented would
    be left without any), and as ``publish`` does.
    """
    require(by, Verb.RETRACT)
    require(by, Verb.PUBLISH)
    reason = reason_given(reason)
    with writing():
        entry, replacement = locked(entry), locked(replacement)
        must_be_published(entry)
        _must_fit(entry, replacement)
        for assessment in resting_on(entry):
            _must_carry(assessment, entry, replacement)
        put_on_record(replacement, by=by, waiver=waiver.strip())
        mark_retracted(entry, by=by, reason=reason)
        refresh(entry.recommendation)
    return replacement


def _must_carry(assessment: FollowUp, entry: FollowUp, replacement: FollowUp) -> None:
    """Refuse a replacement on which a published assessment of ``entry`` could not rest."""
    if assessment.counts_from and counting_date(replacement) > assessment.counts_from:
        raise Refused("rests_on_later", reference=entry.reference)
    supports = {successor(support) for support in assessment.rests_on.all()} - {entry} | {replacement}
    if assessment.status == Status.IMPLEMENTED and not names_a_source([assessment, *supports]):
        raise Refused("evidence_missing")


def _must_fit(entry: FollowUp, replacement: FollowUp) -> None:
    same_place = replacement.recommendation_id == entry.recommendation_id
    if replacement.replaces_id != entry.pk or not same_place or replacement.is_assessment != entry.is_assessment:
        raise Refused("wrong_replacement")


def files_still_used(names: set[str]) -> set[str]:
    """Return those of the stored files that some evidence row still names (a correction shares its files)."""
    return set(Evidence.objects.filter(file__in=names).values_list("file", flat=True))
