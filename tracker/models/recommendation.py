"""Roundtables and their recommendations: the official words, who is addressed, and copies of the record's verdict."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.models.actor import Actor
from tracker.models.fields import DatePrecision, Language, LatestFirst, Versioned, at_time, by_whom, together
from tracker.models.filing import Filing
from tracker.models.forum import Forum
from tracker.models.record import RecordEvent
from tracker.models.reiteration import story_keys
from tracker.models.roundtable import Roundtable, Track
from tracker.models.status import Nature, Standing, Status
from tracker.models.theme import Theme
from tracker.models.told import Told, own_words, told
from tracker.models.translated import columns_of, current_language, localized, sort_column, translated

SORTED_BY = frozenset({"place", "forum_year", "status_place", "reference", "last_followup_on", "filed_at", "pk"})
Ties: TypeAlias = "QuerySet[Recommendation, tuple[str, str, str, str]]"


LINE = (
    *("reference", "number", "nature", "official_text", "official_language", "sic"),
    *(*columns_of("headline"), *columns_of("translation")),
    *("status", "standing", "status_since", "status_since_precision"),
    *("last_followup_on", "last_followup_precision", "followup_count", "place", "forum_year", "status_place"),
    *(f"verdict__{name}" for name in ("remaining", "language")),
    *(f"roundtable__forum__{name}" for name in ("year", "closes_on")),
)
"""What a line of a list shows of a recommendation, today or on a past day, and what it is sorted by."""


def without_forum(reference: str) -> str:
    """Return a reference as it is called within its Forum: "RT2-03"."""
    return "-".join(reference.split("-")[2:])


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations, by Forum, roundtable and number."""

    def published(self) -> "RecommendationQuerySet":
        """Return those the public sees and counts: neither drafts nor withdrawn."""
        return self.filter(state=Recommendation.State.PUBLISHED)

    def public(self) -> "RecommendationQuerySet":
        """Return those with a page: published, or withdrawn with a page that says so."""
        return self.exclude(state=Recommendation.State.DRAFT)

    def drafts_of(self, roundtable: Roundtable) -> "RecommendationQuerySet":
        """Return the drafts of a roundtable, by number."""
        return self.filter(roundtable=roundtable, state=Recommendation.State.DRAFT).order_by("number")

    def of_forum(self, forum: Forum) -> "RecommendationQuerySet":
        """Return the recommendations of one Forum."""
        return self.filter(roundtable__forum=forum)

    def on_track(self, track: Track | str) -> "RecommendationQuerySet":
        """Return the recommendations of a track."""
        closing = track == Track.CLOSING
        return self.filter(roundtable__kind=Roundtable.Kind.CLOSING if closing else Roundtable.Kind.ROUNDTABLE)

    def filed_under(self, scope: Filing.Scope, subjects: Collection[int]) -> "RecommendationQuerySet":
        """Return what is filed under any of these.

        Of one thing, the first that is asked for, they are read in order from the index of filings (``in_order``).
        """
        filed = Filing.objects.under(scope, subjects)
        if len(subjects) > 1:
            return self.filter(pk__in=filed.values("recommendation"))
        if self.is_filed:
            return self.filter(Exists(filed.filter(recommendation=OuterRef("pk"))))
        (subject,) = subjects
        return self.filter(filings__scope=scope, filings__subject=subject).annotate(filed_at=F("filings__place"))

    @property
    def is_filed(self) -> bool:
        """Whether these are read from what is filed under one thing."""
        return "filed_at" in self.query.annotations

    def in_order(self) -> "RecommendationQuerySet":
        """Sort as the Chairs' documents do: newest Forum first, closing parts last."""
        return self.order_by("filed_at" if self.is_filed else "place", "pk")

    def for_list(self) -> "RecommendationQuerySet":
        """Return them with what one line of a list shows."""
        return self.with_line().in_order()

    def with_line(self) -> "RecommendationQuerySet":
        """Bring along what one line of a list shows, and nothing else."""
        found = self.annotate(own_remaining=own_words("remaining", "verdict__"))
        return found.select_related("roundtable__forum", "verdict").only(*LINE)

    def lines(self) -> "RecommendationQuerySet":
        """Return these, which are sorted and cut, with their lines: nothing but their keys was sorted.

        What is sorted by something else than columns is small enough to be sorted as a whole.
        """
        order: Any = self.query.order_by
        if not {one.lstrip("-") if isinstance(one, str) else one.expression.name for one in order} <= SORTED_BY:
            return self.with_line()
        found = Recommendation.objects.filter(pk__in=self.values("pk")).with_line()
        return (found.annotate(filed_at=F("place")) if self.is_filed else found).order_by(*order)

    def for_page(self) -> "RecommendationQuerySet":
        """Return public ones with what their own page shows around the record, and the references beside them."""
        siblings = Recommendation.objects.published().filter(roundtable=OuterRef("roundtable"))
        before = siblings.filter(number__lt=OuterRef("number")).order_by("-number")
        after = siblings.filter(number__gt=OuterRef("number")).order_by("number")
        return (
            self.public()
            .select_related("roundtable__forum", "merged_into")
            .annotate(reference_before=Subquery(before.values("reference")[:1]))
            .annotate(reference_after=Subquery(after.values("reference")[:1]))
        )

    def for_citing(self) -> "RecommendationQuerySet":
        """Return them with ``words_at``: when the official words were fixed as they now stand."""
        events = RecordEvent.objects.filter(sequence=OuterRef("words_sequence"))
        return self.annotate(words_at=Subquery(events.values("at")[:1]))

    def last_changes(self) -> list[tuple[int, str, dt.datetime]]:
        """Return the roundtable, the reference and the last change of each, its record's included, in one query."""
        entries = [Max(f"entries__{verb}_at") for verb in ("published", "retracted", "withheld")]
        rows = self.for_citing().values_list("roundtable_id", "reference", "published_at", "words_at", *entries)
        return [(row[0], row[1], max(filter(None, row[2:]))) for row in rows.order_by("reference")]

    def in_stories_with(self, keys: Iterable[int]) -> "RecommendationQuerySet":
        """Return what reiterates any of these, is reiterated by them, or is tied to them through others; and these."""
        return self.filter(pk__in=story_keys(keys))

    def through_time(self) -> "RecommendationQuerySet":
        """Sort as things were said, oldest Forum first, with what a line of a story shows."""
        return self.select_related("roundtable__forum").order_by("roundtable__forum__closes_on", "reference")

    def newer_than_assessment(self) -> "RecommendationQuerySet":
        """Return published ones with a follow-up that counts later than what decides, or that nobody has assessed."""
        return self.filter(filings__scope=Filing.Scope.TO_ASSESS, filings__subject=0)

    def without_responsibility(self) -> "RecommendationQuerySet":
        """Return published ones that address nobody yet."""
        return self.filter(filings__scope=Filing.Scope.ADDRESSED, filings__subject=0)

    def untranslated(self) -> "RecommendationQuerySet":
        """Return those, drafts included, whose headline or words are missing in one of the languages."""
        filed = Filing.objects.under(Filing.Scope.UNTRANSLATED, [0]).values("recommendation")
        return self.filter(pk__in=filed.union(self.untranslated_drafts().values("pk")))

    def untranslated_drafts(self) -> "RecommendationQuerySet":
        """Return the drafts among those, which are filed under nothing.

        Every place is one from 0: said so, SQLite reads the few drafts from an index, and not the whole table.
        """
        missing = Q()
        for language in Language.values:
            unofficial = ~Q(official_language=language)
            missing |= Q(**{f"headline_{language}": ""}) | unofficial & Q(**{f"translation_{language}": ""})
        return Recommendation.objects.order_by().filter(missing, state=Recommendation.State.DRAFT, place__gte=0)

    def tallied(self, *by: str) -> "QuerySet[Recommendation, tuple[Any, ...]]":
        """Return rows of the columns ``by``, status, standing, and how many recommendations have them."""
        return self.order_by().values_list(*by, "status", "standing").annotate(number=Count("pk"))

    def connections(self) -> "Ties":
        """Return what these recommendations are tied to, in one query: rows of kind, name in addresses, label, detail.

        Kinds: ``addressed`` (detail: explicit or inferred), ``theme``, ``earlier`` and ``later`` (recommendations that
        are reiterated), ``seat`` (a collective in which someone with an entry here sits; detail: who, by slug),
        ``rests`` (an assessment, by reference, and an entry that it rests on).
        """

        def tie(kind: str, name: str, label: str | Combinable, detail: Any, **condition: Any) -> Ties:
            return self.order_by().filter(**condition).values_list(Value(kind), name, label, detail)

        none, public = Value(""), [Recommendation.State.PUBLISHED.value, Recommendation.State.WITHDRAWN.value]
        addressed, seat = "responsibilities__actor", "entries__actor__seats"
        collective = f"{seat}__collective"
        earlier, later = "reiterates", "reiterated_by"
        return tie(
            "addressed",
            f"{addressed}__slug",
            localized(f"{addressed}__name"),
            "responsibilities__addressed",
            responsibilities__isnull=False,
        ).union(
            tie("theme", "themes__slug", localized("themes__name"), none, themes__isnull=False),
            tie(
                "earlier",
                f"{earlier}__reference",
                localized(f"{earlier}__headline"),
                none,
                **{f"{earlier}__state__in": public},
            ),
            tie("rests", "entries__reference", "entries__rests_on__reference", none, entries__rests_on__isnull=False),
            tie(
                "later", f"{later}__reference", localized(f"{later}__headline"), none, **{f"{later}__state__in": public}
            ),
            tie(
                "seat",
                f"{collective}__slug",
                localized(f"{collective}__name"),
                "entries__actor__slug",
                **{f"{seat}__isnull": False},
            ),
        )


class Recommendation(Versioned):
    """One recommendation of a Chair's conclusions, in the official words."""

    class State(models.TextChoices):
        """Publication. It says nothing about implementation."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    roundtable = models.ForeignKey(
        Roundtable, models.PROTECT, related_name="recommendations", verbose_name=_("roundtable")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=40, unique=True, blank=True)
    nature = models.CharField(_("nature"), max_length=16, choices=Nature, default=Nature.REQUEST)
    themes = models.ManyToManyField(Theme, blank=True, related_name="recommendations", verbose_name=_("themes"))
    reiterates = models.ManyToManyField(
        "self",
        through="Reiteration",
        through_fields=("later", "earlier"),
        symmetrical=False,
        related_name="reiterated_by",
        verbose_name=_("reiterates"),
    )
    addressees = models.ManyToManyField(
        Actor, through="Responsibility", related_name="recommendations", verbose_name=_("addressees")
    )

    official_text = models.TextField(_("official words"), help_text=_("Word for word; misprints included."))
    official_language = models.CharField(
        _("official language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    sic = models.CharField(_("misprint (sic)"), max_length=200, blank=True, help_text=_("Such as: GMDF, for GFMD"))
    translation = translated(models.TextField(_("unofficial translation")))
    headline = translated(
        models.CharField(_("headline"), max_length=80, help_text=_("Ours, at most 80 characters.")), required=True
    )
    source_document = models.CharField(_("source document"), max_length=200, blank=True)
    source_locator = models.CharField(_("place in the document"), max_length=200, blank=True)
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("For staff, never public."))

    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT, editable=False)
    published_by = by_whom(_("published by"))
    published_at = at_time(_("published at"))
    withdrawn_by = by_whom(_("withdrawn by"))
    withdrawn_at = at_time(_("withdrawn at"))
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from"
    )
    words_sequence = models.PositiveBigIntegerField(null=True, editable=False)
    """The event of the chain that fixed the official words as they now stand."""

    # Copies of the record's verdict, written by the actions in the same transaction (2-model, invariant 3).
    verdict = models.ForeignKey(
        "tracker.FollowUp", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    status = models.CharField(_("status"), max_length=32, choices=Status, default=Status.NO_INFORMATION, editable=False)
    standing = models.CharField(_("standing"), max_length=16, choices=Standing, blank=True, editable=False)
    status_since = models.DateField(_("since"), null=True, editable=False)
    status_since_precision = models.CharField(max_length=8, choices=DatePrecision, blank=True, editable=False)
    last_followup_on = models.DateField(_("last follow-up"), null=True, editable=False)
    last_followup_precision = models.CharField(max_length=8, choices=DatePrecision, blank=True, editable=False)
    followup_count = models.PositiveIntegerField(_("follow-ups"), default=0, editable=False)

    # What lists are sorted by, written by triggers (``tracker.record.places``).
    place = models.BigIntegerField(default=0, editable=False)
    """Where it stands as the Chairs' documents do: newest Forum first, closing parts last, then by number."""
    forum_year = models.PositiveSmallIntegerField(default=0, editable=False)
    status_place = models.PositiveSmallIntegerField(default=0, editable=False)
    """Where its status stands in the order of pages."""

    objects = RecommendationQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[themes],
        excluded_fields=[
            "verdict",
            "status",
            "standing",
            "status_since",
            "status_since_precision",
            "last_followup_on",
            "last_followup_precision",
            "followup_count",
            "place",
            "forum_year",
            "status_place",
        ],
    )

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["reference"]
        permissions = [
            ("publish_recommendation", "Can publish recommendations"),
            ("correct_recommendation", "Can correct official words"),
            ("withdraw_recommendation", "Can withdraw recommendations"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["roundtable", "number"],
                name="recommendation_number",
                violation_error_message=_("Another recommendation of the roundtable has this number."),
            ),
            together("recommendation", "published"),
            together("recommendation", "withdrawn"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, words_sequence__isnull=True)
                | Q(state__in=["published", "withdrawn"], published_at__isnull=False, words_sequence__isnull=False),
                name="recommendation_state_published",
                violation_error_message=_("A recommendation is published by its own action."),
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(withdrawn_at__isnull=True, withdrawal_reason=""),
                name="recommendation_state_withdrawn",
                violation_error_message=_("A recommendation is withdrawn by its own action, with a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(status="not_started"),
                name="recommendation_never_not_started",
                violation_error_message=_("Only a body itself can say that it has not started."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "reference"], name="recommendation_by_status"),  # the desk, by status
            # /recommendations/
            models.Index(fields=["state", "place", "id"], name="recommendation_in_order"),
            # /recommendations/?status=
            models.Index(fields=["state", "status", "place", "id"], name="recommendation_of_status"),
            # /recommendations/?standing=
            models.Index(fields=["state", "standing", "place", "id"], name="recommendation_of_standing"),
            # /recommendations/?nature=
            models.Index(fields=["state", "nature", "place", "id"], name="recommendation_of_nature"),
            # /recommendations/?forum= and ?sort=forum
            models.Index(fields=["state", "forum_year", "place", "id"], name="recommendation_of_forum"),
            # /recommendations/?sort=status
            models.Index(fields=["state", "status_place", "place", "id"], name="recommendation_along_status"),
            # /recommendations/?sort=reference and ?q=GFMD-2010-RT2
            models.Index(fields=["state", "reference"], name="recommendation_by_reference"),
            models.Index(fields=["last_followup_on"], name="recommendation_last_heard"),  # the desk, by year
            # /recommendations/?sort=-last_followup
            LatestFirst(fields=["state", "-last_followup_on", "place", "id"], name="recommendation_latest_first"),
            # /forums/<year>/ and the overview: counts of roundtables
            models.Index(fields=["roundtable", "state", "status", "standing"], name="recommendation_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.headline}"

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.reference])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the reference of a draft."""
        if self.state == self.State.DRAFT:
            forum = self.roundtable.forum
            self.reference = f"GFMD-{forum.year}-{self.roundtable.code}-{self.number:02d}"
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a nature that a published assessment contradicts."""
        allowed = Nature(self.nature).statuses if self.nature in Nature.values else frozenset()
        if self.pk and self.entries.published().assessments().exclude(status__in=allowed).exists():
            raise ValidationError(
                {"nature": _("A published assessment gives a status that this nature does not have: correct it first.")}
            )

    @property
    def short_reference(self) -> str:
        """The reference without its Forum, as "RT2-03"."""
        return without_forum(self.reference)

    @property
    def told_remaining(self) -> Told:
        """What remains of it today, as the page tells it."""
        if self.verdict is None:
            return Told("")
        return told(self.verdict.remaining, self.verdict.language, getattr(self, "own_remaining", ""))

    @property
    def unofficial_words(self) -> str:
        """The words in the language of the page, where they are not the official ones; empty where there are none."""
        language = current_language()
        own: str = getattr(self, f"translation_{language}", "")
        return own if language != self.official_language else ""

    @property
    def unofficial_translations(self) -> list[tuple[Language, str]]:
        """The translations into other languages than that of the page (``unofficial_words``), by language."""
        found = [(language, getattr(self, f"translation_{language}")) for language in Language]
        apart = {self.official_language, current_language()}
        return [(language, text) for language, text in found if text and language not in apart]

    @property
    def kind(self) -> Nature:
        """Its nature, with what that means."""
        return Nature(self.nature)

    @property
    def current_status(self) -> Status:
        """Where it stands by the newest knowledge."""
        return Status(self.status)

    @property
    def is_public(self) -> bool:
        """Whether it has a public page."""
        return self.state != self.State.DRAFT


class ReferenceAlias(models.Model):
    """A reference that a recommendation once had. Old links and citations keep working."""

    reference = models.CharField(_("old reference"), max_length=40, unique=True)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="aliases")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("old reference")
        verbose_name_plural = _("old references")
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """Actors' parts in recommendations."""

    def numbered(self, actors: Iterable[int]) -> "QuerySet[Responsibility, tuple[int, int]]":
        """Return rows of an actor's key, and in how many recommendations it has a part."""
        named = self.filter(actor__in=list(actors)).order_by()
        return named.values_list("actor").annotate(number=Count("pk"))

    def most_addressed(self, limit: int) -> "QuerySet[Responsibility, tuple[str, str, str, int]]":
        """Return rows of slug, name, sorting key and number of those whom most recommendations address.

        Single governments are left out: they are never set beside others.
        """
        bodies = self.exclude(actor__kind=Actor.Kind.GOVERNMENT, actor__is_collective=False)
        rows = bodies.order_by().values_list("actor__slug", localized("actor__name"), sort_column("actor__"))
        return rows.annotate(number=Count("pk")).order_by("-number", sort_column("actor__"))[:limit]


class Responsibility(models.Model):
    """One actor's part in one recommendation, entered by staff. Who else acted follows from the record."""

    class Addressed(models.TextChoices):
        """Whether the text names the actor or we read it so."""

        EXPLICIT = "explicit", _("Addressed by the text")
        INFERRED = "inferred", _("Addressed in our reading")

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="responsibilities")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="responsibilities", verbose_name=_("actor"))
    addressed = models.CharField(_("addressed"), max_length=16, choices=Addressed, default=Addressed.EXPLICIT)

    objects = ResponsibilityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "actor"],
                name="responsibility_once",
                violation_error_message=_("This actor is already named for the recommendation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_addressed_display()})"
