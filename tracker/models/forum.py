"""The Forum: one edition, what its Chair concluded beside the recommendations, and the dates that follow."""

import datetime as dt
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Min, Q, Window
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.models.actor import Actor
from tracker.models.fields import Versioned
from tracker.models.translated import SOURCE_LANGUAGE, translated


def forum_name(year: int | str, host_city: str) -> str:
    """Return what a Forum is called: "Puerto Vallarta 2010"."""
    return f"{host_city or 'GFMD'} {year}"


class ForumQuerySet(models.QuerySet["Forum"]):
    """Forums, newest first unless said."""

    def for_list(self) -> "ForumQuerySet":
        """Return the Forums with what the list and the overview show of each, in two queries."""
        return self.prefetch_related("chairs")

    def newest(self, number: int) -> "ForumQuerySet":
        """Return the newest ones; ``among`` says of how many, ``first_closing`` when the first of them closed."""
        everyone = {"among": Window(Count("pk")), "first_closing": Window(Min("closes_on"))}
        return self.annotate(**everyone).order_by("-year")[:number]

    def in_document_order(self) -> "ForumQuerySet":
        """Sort for a list of Forums joined with their roundtables: newest first, closing parts last."""
        return self.order_by("-year", F("roundtables__number").asc(nulls_last=True), "roundtables__code")

    def for_page(self) -> "ForumQuerySet":
        """Return the Forums with everything that their own page shows."""
        return self.prefetch_related(
            "chairs", "contributors", "figures", "conclusions__tracked_as", "reported_themes", "sources"
        )


class Forum(Versioned):
    """One edition of the Global Forum on Migration and Development. Its address is its year."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2007)], help_text=_("The year the summit was held.")
    )
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), unique=True)
    chairs = models.ManyToManyField(
        Actor, through="ForumChair", related_name="chaired_forums", verbose_name=_("Chairs")
    )
    contributors = models.ManyToManyField(
        Actor, through="ForumContributor", related_name="contributed_forums", verbose_name=_("contributors")
    )
    host_city = models.CharField(_("host city"), max_length=120, blank=True)
    host_country = models.CharField(_("host country (ISO 3166 code)"), max_length=2, blank=True)

    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(
        _("closes on"), help_text=_("Recommendations count from this day; progress can be asked for from it on.")
    )

    central_theme = translated(models.CharField(_("central theme"), max_length=300))
    document_title = translated(models.CharField(_("title of the conclusions"), max_length=200))
    presented_at = translated(models.CharField(_("conclusions presented at"), max_length=200))
    chairmanship = models.CharField(_("chairmanship"), max_length=120, blank=True)

    # As ``newest`` annotates them.
    among: int
    first_closing: dt.date

    objects = ForumQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Forum")
        verbose_name_plural = _("Forums")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="forum_closes_after_it_opens",
                violation_error_message=_("The closing day cannot be before the opening day."),
            )
        ]

    def __str__(self) -> str:
        return forum_name(self.year, self.host_city)

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.year])


class ForumChair(models.Model):
    """One Chair of a Forum; several share it in an order."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="chair_rows")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+", verbose_name=_("Chair"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Chair")
        verbose_name_plural = _("Chairs")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "actor"],
                name="forumchair_once",
                violation_error_message=_("This Chair is already named for the Forum."),
            )
        ]

    def __str__(self) -> str:
        return str(self.actor)


class ForumContributor(models.Model):
    """An actor that contributed to the cost of a Forum, as its Chair's conclusions name it."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="contributor_rows")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+", verbose_name=_("contributor"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "actor"],
                name="forumcontributor_once",
                violation_error_message=_("This contributor is already named for the Forum."),
            )
        ]

    def __str__(self) -> str:
        return str(self.actor)


class ForumFigure(models.Model):
    """One figure about a Forum: a number or words, how exact it is, and who says so. Two sources may differ."""

    class Kind(models.TextChoices):
        """What is counted."""

        PARTICIPANTS = "participants", _("Participants")
        STATES = "states", _("Governments")
        OBSERVERS = "observers", _("Observers")
        MINISTERS = "ministers", _("Ministers")
        VICE_MINISTERS = "vice_ministers", _("Vice-ministers")
        NAMED = "named", _("Also present")
        CIVIL_SOCIETY = "civil_society", _("Delegates and observers at the Civil Society Days")
        CIVIL_SOCIETY_COUNTRIES = "civil_society_countries", _("Countries at the Civil Society Days")
        CIVIL_SOCIETY_SESSIONS = "civil_society_sessions", _("Working sessions of the Civil Society Days")
        CIVIL_SOCIETY_GOVERNMENTS = (
            "civil_society_governments",
            _("Countries whose representatives attended the Civil Society Days"),
        )
        CIVIL_SOCIETY_ORGANISER = "civil_society_organiser", _("Organiser of the Civil Society Days")
        FRIENDS_MEETINGS = "friends_meetings", _("Meetings of the Friends of the Forum")
        STEERING_MEETINGS = "steering_meetings", _("Meetings of the Steering Group")
        SESSIONS = "sessions", _("Sessions with background documents")
        CONTRIBUTIONS = "contributions", _("Contributions (euros)")

    class Qualifier(models.TextChoices):
        """How exact the figure is in its source's own words."""

        EXACT = "exact", _("exactly")
        OVER = "over", _("over")
        MORE_THAN = "more_than", _("more than")
        APPROXIMATELY = "approximately", _("approximately")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="figures")
    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    value = models.PositiveIntegerField(_("number"), null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=16, choices=Qualifier, default=Qualifier.EXACT)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    citation = models.CharField(_("source"), max_length=400)
    url = models.URLField(_("address of the source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(words=""),
                name="forumfigure_number_or_words",
                violation_error_message=_("Give a number or words."),
            ),
            models.UniqueConstraint(
                fields=["forum", "kind", "citation", "words"],
                name="forumfigure_once_per_source",
                violation_error_message=_("This source is already quoted for this figure."),
            ),
        ]

    def __str__(self) -> str:
        number = "" if self.value is None else f"{self.get_qualifier_display()} {self.value}"
        return f"{self.get_kind_display()}: {number} {self.words}".rstrip()


class ForumSource(models.Model):
    """Where one fact about a Forum was found."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="sources")
    fact = models.CharField(_("fact"), max_length=40)
    citation = models.CharField(_("source"), max_length=500)
    note = models.CharField(_("note"), max_length=400, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["fact", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "fact", "citation"],
                name="forumsource_once",
                violation_error_message=_("This source is already named for this fact."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.citation}"


class ReportedTheme(models.Model):
    """A roundtable theme of a Forum whose conclusions are not recorded: a fact of the Forum, not a roundtable."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="reported_themes")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reported theme")
        verbose_name_plural = _("reported themes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "position"],
                name="reportedtheme_position",
                violation_error_message=_("Another theme of the Forum has this position."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Conclusion(models.Model):
    """A statement of the Chair's document outside the roundtables, word for word and in its order."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="conclusions")
    position = models.PositiveSmallIntegerField(_("position"))
    section = models.CharField(_("section"), max_length=200)
    level = models.PositiveSmallIntegerField(_("level"), default=0, help_text=_("0 for a point, 1 for one under it."))
    text = translated(models.TextField(_("text")), required=True)
    tracked_as = models.ForeignKey(
        "tracker.Recommendation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conclusions",
        verbose_name=_("tracked as"),
    )
    untracked_reason = models.CharField(
        _("why it is not tracked"),
        max_length=300,
        blank=True,
        help_text=_("Where a reader could take it for a recommendation."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "position"],
                name="conclusion_position",
                violation_error_message=_("Another conclusion of the Forum has this position."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"

    @property
    def words(self) -> str:
        """The Chair's own words, in the language of the document."""
        own: str = getattr(self, f"text_{SOURCE_LANGUAGE}")
        return own

    @property
    def unofficial_translation(self) -> str:
        """The statement in the current language; nothing where that is the document's own, or it is not translated."""
        return "" if self.text == self.words else str(self.text)


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones in the order of their dates."""

    def after(self, day: dt.date) -> "MilestoneQuerySet":
        """Return the milestones at which progress since ``day`` can be asked for."""
        return self.filter(date__gt=day)

    def past(self, today: dt.date) -> "MilestoneQuerySet":
        """Return the milestones that are not in the future."""
        return self.filter(date__lte=today)


class Milestone(Versioned):
    """A date at which the world takes stock: a debate, a High-level Dialogue, the closing of a Forum."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    date = models.DateField(_("date"))
    forum = models.OneToOneField(
        Forum, models.CASCADE, null=True, blank=True, related_name="milestone", verbose_name=_("closing of the Forum")
    )
    title = translated(models.CharField(_("title"), max_length=200), required=True)
    chairs_words = models.CharField(_("in the Chair's words"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)

    objects = MilestoneQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("milestone", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the date of a Forum's milestone on its closing day."""
        if self.forum is not None:
            self.date = self.forum.closes_on
        super().save(*args, **kwargs)
