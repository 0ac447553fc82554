"""What stands with an entry: its partners, the entries it rests on, its evidence, its translations."""

import hashlib
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.actor import Actor
from tracker.models.fields import Language


class Partner(models.Model):
    """Another actor that took part in what an entry says."""

    entry = models.ForeignKey("tracker.FollowUp", models.CASCADE, related_name="partner_rows")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+", verbose_name=_("partner"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "actor"],
                name="partner_once",
                violation_error_message=_("This partner is already named."),
            )
        ]

    def __str__(self) -> str:
        return str(self.actor)


class RestsOn(models.Model):
    """An assessment rests on an entry of the same recommendation."""

    assessment = models.ForeignKey("tracker.FollowUp", models.CASCADE, related_name="support_rows")
    entry = models.ForeignKey(
        "tracker.FollowUp", models.PROTECT, related_name="supported_rows", verbose_name=_("entry")
    )

    class Meta:
        verbose_name = _("entry it rests on")
        verbose_name_plural = _("entries it rests on")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "entry"],
                name="restson_once",
                violation_error_message=_("This entry is already named."),
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)


def evidence_path(instance: "Evidence", filename: str) -> str:
    """Return a generated name: nothing of what the sender called the file but a known extension."""
    return f"evidence/{uuid4().hex}{PurePosixPath(filename).suffix.lower()[:8]}"


def _shortened(path: PurePosixPath) -> str:
    """Return the name in at most 200 characters, its extension kept."""
    return f"{path.stem[: 200 - len(path.suffix)]}{path.suffix}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """What supports entries."""

    def on_public_entries(self) -> "EvidenceQuerySet":
        """Return the evidence of published and retracted entries; that of withheld ones is gone."""
        return self.filter(entry__state__in=["published", "retracted"])


class Evidence(models.Model):
    """What supports an entry: a citation, with a link or a file where there is one."""

    class Quality(models.TextChoices):
        """The kind of source."""

        OFFICIAL = "official", _("Page of the acting body")
        INTERGOVERNMENTAL = "intergovernmental", _("Page of an intergovernmental organisation")
        OFFICIAL_TEXT_COPY = "official_text_copy", _("Official text, read on a third-party copy")
        SECONDARY = "secondary", _("Reputable secondary account")
        CIVIL_SOCIETY = "civil_society", _("Page of a civil-society body")
        PRESS = "press", _("Press or news agency")
        TERTIARY = "tertiary", _("Encyclopedia or similar")
        ALSO = "also", _("A further page that supports it")

    entry = models.ForeignKey("tracker.FollowUp", models.CASCADE, related_name="evidence")
    citation = models.CharField(_("citation"), max_length=500, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    quality = models.CharField(_("kind of source"), max_length=24, choices=Quality, default=Quality.OFFICIAL)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", sha256="") | Q(~Q(file=""), ~Q(sha256="")),
                name="evidence_file_has_digest",
                violation_error_message=_("A file is kept with its SHA-256."),
            )
        ]

    def __str__(self) -> str:
        return self.citation or self.url or self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take size, digest and the sender's name of a newly given file."""
        if self.file and not getattr(self.file, "_committed", True):
            digest = hashlib.sha256()
            for chunk in self.file.chunks():
                digest.update(chunk)
            self.file.seek(0)
            self.sha256, self.file_size = digest.hexdigest(), self.file.size
            self.file_name = _shortened(PurePosixPath(str(self.file.name).replace("\\", "/")))
        elif not self.file:
            self.sha256, self.file_size, self.file_name = "", None, ""
        super().save(*args, **kwargs)


class EntryTranslation(models.Model):
    """An unofficial translation of an entry. It stands outside the chain."""

    entry = models.ForeignKey("tracker.FollowUp", models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=120, blank=True)
    body = models.TextField(_("text"), blank=True)
    remaining = models.CharField(_("what remains"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language"],
                name="entrytranslation_once",
                violation_error_message=_("There is already a translation into this language."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.language}"
