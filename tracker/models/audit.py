"""Who did what, when: what staff answer for, in a list that outlives what it names."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.record import RecordEvent


class AuditEvent(models.Model):
    """One act of one account. It holds no content: a removal from the record has nothing to take from here.

    Accounts are pointed to, not named, so that who has left is anonymised here too; they are never deleted (PROTECT).
    Whatever else was acted on is named by its reference, and may be gone.
    """

    class What(models.TextChoices):
        """What was done. What the chain tells too has the same value there."""

        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        SIGNED_OUT = "signed_out", _("Signed out")
        RECOMMENDATION_PUBLISHED = RecordEvent.Kind.RECOMMENDATION_PUBLISHED.value, _("Recommendation published")
        RECOMMENDATION_CORRECTED = RecordEvent.Kind.RECOMMENDATION_CORRECTED.value, _("Official words corrected")
        RECOMMENDATION_WITHDRAWN = RecordEvent.Kind.RECOMMENDATION_WITHDRAWN.value, _("Recommendation withdrawn")
        ENTRY_PUBLISHED = RecordEvent.Kind.ENTRY_PUBLISHED.value, _("Entry published")
        ENTRY_RETRACTED = RecordEvent.Kind.ENTRY_RETRACTED.value, _("Entry retracted")
        CONTENT_REMOVED = RecordEvent.Kind.CONTENT_REMOVED.value, _("Content removed")
        SHEET_IMPORTED = "sheet_imported", _("Spreadsheet imported")
        SHEET_UNDONE = "sheet_undone", _("Import of a spreadsheet undone")
        DELETED = "deleted", _("Deleted")
        ACCOUNT_MADE = "account_made", _("Account made")
        ACCOUNT_CHANGED = "account_changed", _("Account changed")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        GROUP_CHANGED = "group_changed", _("Group changed")

        @classmethod
        def told_by_chain(cls) -> "set[str]":
            """Return what the chain of the record tells too."""
            return set(cls.values) & set(RecordEvent.Kind.values)

        @classmethod
        def of_sessions(cls) -> "set[str]":
            """Return what says when people work, and is kept for a year only."""
            return {cls.SIGNED_IN.value, cls.SIGN_IN_FAILED.value, cls.SIGNED_OUT.value}

    at = models.DateTimeField(_("when (UTC)"))
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    """The account that acted; of a failed sign-in the account it was for, or none: what was typed is not kept."""
    what = models.CharField(_("what"), max_length=32, choices=What)
    subject = models.CharField(_("on"), max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("on the account")
    )
    detail = models.CharField(_("detail"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("act of staff")
        verbose_name_plural = _("who did what, when")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who__isnull=False) | Q(what="sign_in_failed"),
                name="auditevent_who",
                violation_error_message=_("Only a failed sign-in is nobody's act."),
            )
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="auditevent_by_time"),  # the list, newest first
            models.Index(fields=["who", "-at"], name="auditevent_by_account"),  # ?who=
            models.Index(fields=["what", "-at"], name="auditevent_by_act"),  # ?what=, and what is kept for a year
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.subject}".strip()
