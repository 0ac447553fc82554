"""Lawful removal: the content of an entry goes, in every place that keeps it; that it stood here stays."""

import json
from collections.abc import Iterable, Mapping
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction

from tracker.actions.correction import correct, files_still_used
from tracker.actions.retraction import mark_retracted, others_locked, refresh_all, refuse_while_supporting
from tracker.actions.rules import locked, reason_given
from tracker.errors import Refused
from tracker.models import Evidence, FollowUp, RecordEvent, RestsOn, User
from tracker.permissions import Verb, require
from tracker.record.canonical import REMOVABLE
from tracker.record.chain import append, writing


def withhold(
    entry: FollowUp,
    *,
    by: User,
    reason: str,
    retract_too: Iterable[FollowUp] = (),
    replacements: Mapping[FollowUp, FollowUp] | None = None,
) -> FollowUp:
    """Remove the content of a published or retracted entry: title, text, what remains, evidence and files.

    Translations, notes, unfinished corrections, staff's log and the event's payload lose it too; actor, dates, reason
    and the digests stay, so the chain still verifies. Each published assessment that rests on it is retracted
    (``retract_too``) or replaced (``replacements``: assessment → draft that corrects it) in the same action.
    Refuses: ``not_allowed``, ``reason_missing``, ``not_on_record``, ``not_published`` (what should go with it),
    ``supports_others``, and as ``correct`` does.
    """
    require(by, Verb.WITHHOLD)
    reason = reason_given(reason)
    with writing():
        entry = locked(entry)
        if entry.state not in {FollowUp.State.PUBLISHED, FollowUp.State.RETRACTED}:
            raise Refused("not_on_record", state=entry.get_state_display().lower())
        for assessment, replacement in (replacements or {}).items():
            correct(assessment, by=by, replacement=replacement, reason=reason)
        going = others_locked(entry, retract_too)
        counting = [entry] if entry.state == FollowUp.State.PUBLISHED else []
        refuse_while_supporting([*counting, *going])
        for assessment in going:
            mark_retracted(assessment, by=by, reason=reason)
        _remove_content(entry, by=by, reason=reason)
        refresh_all([entry, *going])
    return entry


def _remove_content(entry: FollowUp, *, by: User, reason: str) -> None:
    published = RecordEvent.objects.get(sequence=int(entry.sequence or 0))
    told = json.loads(published.payload)
    kept = {name: fact for name, fact in told.items() if name not in REMOVABLE | {"schema"}}
    event = append(
        RecordEvent.Kind.CONTENT_REMOVED,
        str(entry.reference),
        {"reference": entry.reference, "removed": published.sequence, "reason": reason, "kept": kept},
        by=by,
    )
    entry.state = FollowUp.State.WITHHELD
    entry.title = entry.body = entry.remaining = entry.internal_note = entry.return_reason = ""
    entry.withheld_by, entry.withheld_at, entry.withholding_reason = by, event.at, reason
    entry.save()
    RecordEvent.objects.filter(sequence=published.sequence).update(payload="", salt="")
    _remove_around(entry)


def _remove_around(entry: FollowUp) -> None:
    """Remove what stands beside the entry: evidence and its files, translations, what staff's log calls it.

    Unfinished corrections are copies of it that can never be published any more: they go whole.
    """
    copies = list(entry.replaced_by.unpublished().values_list("pk", flat=True))
    evidence = Evidence.objects.filter(entry__in=[entry.pk, *copies]).exclude(file="")
    files = set(evidence.values_list("file", flat=True))
    RestsOn.objects.filter(entry__in=copies).delete()
    FollowUp.objects.filter(pk__in=copies).delete()
    entry.evidence.update(citation="", url="", file="", file_name="", file_size=None, sha256="")
    entry.translations.all().delete()
    log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(FollowUp))
    log.filter(object_id__in=map(str, [entry.pk, *copies])).update(object_repr=entry.reference, change_message="")
    for name in files - files_still_used(files):
        transaction.on_commit(partial(default_storage.delete, name))
