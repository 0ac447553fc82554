"""Writing to the record: one writer at a time, and events that are only ever added (2-model, The chain)."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tracker.models import AuditEvent, RecordEvent, RecordHead, User
from tracker.record.audit import note
from tracker.record.canonical import Payload, canonical, content_digest, event_digest
from tracker.record.seen import tell_at_the_end
from tracker.search import index_stale

NOTHING_BEFORE = "0" * 64
_under_way: ContextVar[bool] = ContextVar("writing to the record", default=False)


def lock_head() -> RecordHead:
    """Return the head of the record, locked until the transaction ends.

    On SQLite the transaction itself is the lock (``transaction_mode`` IMMEDIATE).
    """
    return RecordHead.objects.select_for_update(of=("self",)).get(pk=1)


@contextmanager
def writing() -> Iterator[None]:
    """Hold the one lock of all writers, in one transaction, and bump the version of what the public sees.

    Everything that the public may see is written inside: actions, the admin's forms, the loader. Nested, it is part of
    the outer one. What is written elsewhere bumps the version by triggers (``triggers``). Documents for searching that
    have become stale are written anew at the end, in the same transaction: once, however many entries were published.
    """
    with transaction.atomic():
        if _under_way.get():
            yield
            return
        with _marked():
            lock_head()
            tell_at_the_end(True)
            yield
            index_stale()
            tell_at_the_end(False)
            RecordHead.objects.filter(pk=1).update(version=F("version") + 1)


@contextmanager
def _marked() -> Iterator[None]:
    mark = _under_way.set(True)
    try:
        yield
    finally:
        _under_way.reset(mark)


def append(kind: RecordEvent.Kind, subject: str, payload: Payload, *, by: User) -> RecordEvent:
    """Add an event to the end of the chain and move the head; the audit list says by whom. Runs inside ``writing``."""
    head = lock_head()
    event = _event(head.sequence + 1, kind, subject, head.digest, payload)
    event.save(force_insert=True)
    RecordHead.objects.filter(pk=1).update(sequence=event.sequence, digest=event.digest)
    note(AuditEvent.What(kind.value), by=by, subject=subject, at=event.at)
    return event


def _event(sequence: int, kind: RecordEvent.Kind, subject: str, previous: str, payload: Payload) -> RecordEvent:
    at, salt, text = timezone.now(), secrets.token_hex(32), canonical(payload)
    content = content_digest(salt, text)
    return RecordEvent(
        sequence=sequence,
        kind=kind,
        subject=subject,
        at=at,
        previous=previous,
        salt=salt,
        payload=text,
        content_digest=content,
        digest=event_digest(sequence=sequence, kind=kind, subject=subject, at=at, previous=previous, content=content),
    )


def open_record(using: str) -> None:
    """Make the genesis event and the head, once for an installation. Called after every migration."""
    with transaction.atomic(using=using):
        if RecordHead.objects.using(using).exists():
            return
        installation = uuid.uuid4()
        genesis = _event(
            1, RecordEvent.Kind.GENESIS, str(installation), NOTHING_BEFORE, {"installation": str(installation)}
        )
        genesis.save(using=using, force_insert=True)
        RecordHead.objects.using(using).create(
            pk=1, sequence=1, digest=genesis.digest, installation=installation, opened_at=genesis.at
        )
