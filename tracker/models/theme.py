"""Themes: subjects across roundtables and Forums."""

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.models.fields import Versioned
from tracker.models.translated import localized, translated


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes, of themselves in the order of their English names."""

    def numbered(self) -> "QuerySet[Theme, tuple[str, str, int]]":
        """Return rows of slug, name and how many published recommendations it has; never none."""
        published = Count("recommendations", filter=Q(recommendations__state="published"))
        return self.order_by().values_list("slug", localized("name")).annotate(number=published).filter(number__gt=0)


class Theme(Versioned):
    """A subject across roundtables and Forums."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=120), required=True)

    objects = ThemeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])
