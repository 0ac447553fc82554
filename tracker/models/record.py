"""The chain of the record, and its head (docs/record.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordHead(models.Model):
    """The one row that every writer locks: the end of the chain, and the version of everything the public sees."""

    sequence = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    version = models.PositiveBigIntegerField(default=1)
    installation = models.UUIDField()
    opened_at = models.DateTimeField()
    """When the record was first kept: a page about an earlier date says that it is reconstructed since then."""

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("head of the record")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="recordhead_one_row",
                violation_error_message=_("The record has one head."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"


class RecordEvent(models.Model):
    """One link of the chain. Its digest covers the digest before it."""

    class Kind(models.TextChoices):
        """What happened."""

        GENESIS = "genesis", _("Record opened")
        RECOMMENDATION_PUBLISHED = "recommendation_published", _("Recommendation published")
        RECOMMENDATION_CORRECTED = "recommendation_corrected", _("Official words corrected")
        RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn", _("Recommendation withdrawn")
        ENTRY_PUBLISHED = "entry_published", _("Entry published")
        ENTRY_RETRACTED = "entry_retracted", _("Entry retracted")
        CONTENT_REMOVED = "content_removed", _("Content removed")

    sequence = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=32, choices=Kind)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True)
    payload = models.TextField(blank=True)
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event of the record")
        verbose_name_plural = _("events of the record")
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["subject", "sequence"], name="recordevent_by_subject"),  # verification, removal
            models.Index(fields=["kind", "-sequence"], name="recordevent_by_kind"),  # the chain at the desk, by kind
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject}"
