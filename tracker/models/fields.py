"""Small pieces that several models share: precision of dates, and who did what when."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DatePrecision(models.TextChoices):
    """How exactly a date is known. A month or a year counts from its last day (2-model)."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Language(models.TextChoices):
    """Languages in which texts reach the record. They are named in themselves."""

    ENGLISH = "en", "English"
    FRENCH = "fr", "français"
    SPANISH = "es", "español"


def by_whom(verb: str) -> Any:
    """Return the foreign key of a ``<verb>_by`` column. Accounts are never deleted (PROTECT)."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("%(verb)s by") % {"verb": verb},
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


def at_time(verb: str) -> Any:
    """Return the moment of a ``<verb>_at`` column (UTC)."""
    return models.DateTimeField(_("%(verb)s at") % {"verb": verb}, null=True, blank=True, editable=False)


def together(model: str, verb: str) -> models.CheckConstraint:
    """Hold that ``<verb>_by`` and ``<verb>_at`` are set together or not at all."""
    by, at = f"{verb}_by__isnull", f"{verb}_at__isnull"
    return models.CheckConstraint(
        condition=Q(**{by: True, at: True}) | Q(**{by: False, at: False}),
        name=f"{model}_{verb}_by_and_at",
        violation_error_message=_("Who and when belong together: both are known or neither is."),
    )


class Versioned(models.Model):
    """A row that two people may edit at once: an edit carries the version it started from (2-model)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
