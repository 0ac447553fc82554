"""Lawful removal: the content of an entry goes, in every place that keeps it; that it stood here stays."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction

from tracker.actions.correction import correct, files_still_used
from tracker.actions.retraction import mark_retracted, refuse_while_supporting
from tracker.actions.rules import locked, reason_given
from tracker.errors import Refused
from tracker.models import FollowUp, RecordEvent, User
from tracker.permissions import Verb, require
from tracker.record.chain import append, writing
from tracker.record.copies import refresh


def withhold(
    entry: FollowUp,
    *,
    by: User,
    reason: str,
    retract_too: Iterable[FollowUp] = (),
    replacements: Mapping[FollowUp, FollowUp] | None = None,
) -> FollowUp:
    """Remove the content of a published or retracted entry: title, text, what remains, evidence and files.

    Translations, the internal note, staff's log and the event's payload lose it too; actor, dates, reason and the
    digests stay, so the chain still verifies. Each published assessment that rests on it is retracted
    (``retract_too``) or replaced (``replacements``: assessment → draft that corrects it) in the same action.
    Refuses: ``not_allowed``, ``reason_missing``, ``not_on_record``, ``supports_others``, and as ``correct`` does.
    """
    require(by, Verb.WITHHOLD)
    reason = reason_given(reason)
    with writing():
        entry = locked(entry)
        if entry.state not in {FollowUp.State.PUBLISHED, FollowUp.State.RETRACTED}:
            raise Refused("not_on_record", state=entry.get_state_display().lower())
        for assessment, replacement in (replacements or {}).items():
            correct(assessment, by=by, replacement=replacement, reason=reason)
        going = [locked(assessment) for assessment in retract_too]
        if entry.state == FollowUp.State.PUBLISHED:
            refuse_while_supporting([entry, *going])
        for assessment in going:
            mark_retracted(assessment, by=by, reason=reason)
        _remove_content(entry, by=by, reason=reason)
        refresh(entry.recommendation)
    return entry


def _remove_content(entry: FollowUp, *, by: User, reason: str) -> None:
    published = int(entry.sequence or 0)
    event = append(
        RecordEvent.Kind.CONTENT_REMOVED,
        str(entry.reference),
        {"reference": entry.reference, "removed": published, "reason": reason},
    )
    entry.state = FollowUp.State.WITHHELD
    entry.title = entry.body = entry.remaining = entry.internal_note = ""
    entry.withheld_by, entry.withheld_at, entry.withholding_reason = by, event.at, reason
    entry.save()
    RecordEvent.objects.filter(sequence=published).update(payload="", salt="")
    _remove_around(entry)


def _remove_around(entry: FollowUp) -> None:
    """Remove what stands beside the entry: evidence and its files, translations, what staff's log calls it."""
    files = set(entry.evidence.exclude(file="").values_list("file", flat=True))
    entry.evidence.update(citation="", url="", file="", file_name="", file_size=None, sha256="")
    entry.translations.all().delete()
    log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(FollowUp), object_id=str(entry.pk))
    log.update(object_repr=entry.reference, change_message="")
    for name in files - files_still_used(files):
        transaction.on_commit(partial(default_storage.delete, name))
