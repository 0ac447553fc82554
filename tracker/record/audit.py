"""Writing down who did what, when (docs/decisions/0011): one function, and what Django tells of sign-ins."""

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.utils import timezone

from tracker.models import AuditEvent, DiaryNote, FollowUp, Recommendation, User

What = AuditEvent.What


def note(
    what: What,
    *,
    by: User | None,
    subject: str = "",
    account: User | None = None,
    detail: str = "",
    at: dt.datetime | None = None,
) -> AuditEvent:
    """Write down an act of ``by`` on what ``subject`` names, or on an account. What is too long is cut."""
    return AuditEvent.objects.create(
        at=at or timezone.now(), who=by, what=what, subject=subject[:200], account=account, detail=detail[:500]
    )


def note_deletion(row: Model, *, by: User) -> None:
    """Write down that a row is deleted. Of an entry or a note only which: its text may be what had to go."""
    if isinstance(row, FollowUp):
        note(What.DELETED, by=by, subject=f"{row.recommendation.reference}-…", detail=str(row.get_state_display()))
    elif isinstance(row, Recommendation):
        note(What.DELETED, by=by, subject=row.reference, detail=str(row.get_state_display()))
    elif isinstance(row, DiaryNote):
        note(What.DELETED, by=by, subject=str(row._meta.verbose_name), detail=str(row.on))
    else:
        note(What.DELETED, by=by, subject=f"{row._meta.verbose_name} {row}")


def forget_sessions(*, before: dt.datetime) -> int:
    """Delete what says when people signed in, failed to, or out before a moment; return how many rows went."""
    number, _of_models = AuditEvent.objects.filter(what__in=What.of_sessions(), at__lt=before).delete()
    return number


def listen() -> None:
    """Have Django tell of sign-ins. Called once, when the application starts."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="audit")


def _signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    note(What.SIGNED_IN, by=user)


def _signed_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        note(What.SIGNED_OUT, by=user)


def _sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Keep whose account it was for. What else was typed is not kept: people type passwords there."""
    note(What.SIGN_IN_FAILED, by=User.objects.filter(username=credentials.get("username", "")).first())
