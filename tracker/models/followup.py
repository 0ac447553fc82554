"""The entries of the record: follow-ups and assessments. What stands with them is in ``entry_parts``."""

import datetime as dt
from collections.abc import Sequence
from heapq import merge

from django.db import models
from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.models.actor import Actor
from tracker.models.entry_parts import Evidence, Partner, RestsOn
from tracker.models.fields import DatePrecision, Language, Versioned, at_time, by_whom, together
from tracker.models.recommendation import Recommendation
from tracker.models.roundtable import Roundtable
from tracker.models.status import Standing, Status
from tracker.models.told import Told, own_words, told
from tracker.models.translated import columns_of
from tracker.models.user import User

ON_RECORD = ["published", "retracted", "withheld"]
NOT_YET = ["draft", "submitted", "returned"]


LINE = (
    *("reference", "number", "basis", "state", "standing", "status", "relation", "title", "language"),
    *("occurred_from", "occurred_until", "precision", "published_at", "sequence", "counts_from", "precedence"),
    *(f"actor__{name}" for name in ("slug", *columns_of("name"))),
    *(f"recommendation__{name}" for name in ("reference", *columns_of("headline"))),
    *(f"recommendation__roundtable__forum__{name}" for name in ("year", "host_city")),
)
"""What a line about an entry shows of it, and what it is sorted by."""
COUNTED = (
    *("recommendation", "basis", "state", "standing", "status", "relation", "remaining", "language"),
    *("occurred_until", "precision", "counts_from", "precedence", "actor__slug", "actor__kind"),
)
"""What counts read of an entry: when it decides what, and in which group of a meeting it acted."""


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Entries. "On record" are those once published, whatever became of them."""

    def on_record(self) -> "FollowUpQuerySet":
        """Return what the public sees: published entries, and retracted and withheld ones, which say so.

        They are those with a place in the record (``followup_published``): in its order, an index alone finds them.
        """
        return self.filter(sequence__isnull=False)

    def published(self) -> "FollowUpQuerySet":
        """Return the entries that count."""
        return self.filter(state=FollowUp.State.PUBLISHED)

    def unpublished(self) -> "FollowUpQuerySet":
        """Return drafts, submitted and returned entries: staff's work, never public."""
        return self._not_on_record().filter(state__in=NOT_YET)

    def _not_on_record(self) -> "FollowUpQuerySet":
        """Return those without a place in the record, whom an index finds however few there are."""
        return self.filter(sequence__isnull=True)

    def drafted_by(self, user: User) -> "FollowUpQuerySet":
        """Return the drafts that ``user`` began and nobody submitted."""
        return self._not_on_record().filter(state=FollowUp.State.DRAFT, created_by=user)

    def waiting_for_review(self, by: User) -> "FollowUpQuerySet":
        """Return what others submitted: ``by`` may be the second pair of eyes."""
        return self._not_on_record().filter(state=FollowUp.State.SUBMITTED).exclude(submitted_by=by)

    def returned_to(self, user: User) -> "FollowUpQuerySet":
        """Return what a reviewer gave back to ``user``, who wrote or submitted it."""
        mine = Q(created_by=user) | Q(submitted_by=user)
        return self._not_on_record().filter(mine, state=FollowUp.State.RETURNED)

    def with_evidence(self) -> "FollowUpQuerySet":
        """Return the entries that have a citation, a link or a file of their own."""
        return self.filter(Exists(Evidence.objects.filter(entry=OuterRef("pk"))))

    def without_evidence(self) -> "FollowUpQuerySet":
        """Return the entries that have none; for an assessment that may be right: it rests on others."""
        return self.filter(~Exists(Evidence.objects.filter(entry=OuterRef("pk"))))

    def lacking_evidence(self) -> "FollowUpQuerySet":
        """Return the follow-ups, not yet published, that need somebody to find their evidence."""
        return self.unpublished().follow_ups().without_evidence()

    def resembling(self, entry: "FollowUp") -> "FollowUpQuerySet":
        """Return others that may log the same: one actor, one recommendation, and the link, or date and title, alike.

        Neither what was taken back nor what the entry corrects is among them.
        """
        links = [evidence.url for evidence in entry.evidence.all() if evidence.url]
        same_link = Exists(Evidence.objects.filter(entry=OuterRef("pk"), url__in=links))
        same_words = Q(
            title__iexact=entry.title, occurred_from=entry.occurred_from, occurred_until=entry.occurred_until
        )
        others = self.exclude(pk__in=[entry.pk, entry.replaces_id or entry.pk]).exclude(
            state__in=[FollowUp.State.RETRACTED, FollowUp.State.WITHHELD]
        )
        beside = others.filter(recommendation=entry.recommendation_id, actor=entry.actor_id)
        return beside.filter(Q(same_link) | same_words).select_related("actor").order_by("pk")

    def follow_ups(self) -> "FollowUpQuerySet":
        """Return what bodies did: entries that are no assessments."""
        return self.exclude(basis=FollowUp.Basis.ASSESSED)

    def assessments(self) -> "FollowUpQuerySet":
        """Return readings of whole recommendations."""
        return self.filter(basis=FollowUp.Basis.ASSESSED)

    def counting_at(self, day: dt.date) -> "FollowUpQuerySet":
        """Return the published entries that count on ``day`` (2-model, invariant 7)."""
        return self.published().filter(counts_from__lte=day)

    def latest_first(self) -> "FollowUpQuerySet":
        """Sort as the rule of the deciding assessment does: by the date it counts from, then by publication."""
        return self.order_by("-counts_from", "-precedence")

    def for_counting(self, roundtable: Roundtable) -> "FollowUpQuerySet":
        """Return a roundtable's entries in the order in which they decide, with nothing but what counts need."""
        found = self.filter(recommendation__roundtable=roundtable).select_related("actor").in_own_words("remaining")
        return found.only(*COUNTED).order_by("counts_from", "precedence")

    def for_report(self, roundtables: "Sequence[Roundtable]") -> "FollowUpQuerySet":
        """Return roundtables' entries in deciding order, with what a report names as its sources; in two queries."""
        found = self.filter(recommendation__roundtable__in=roundtables).select_related("actor")
        return (
            found.in_own_words("title", "remaining")
            .defer("body", "internal_note")
            .prefetch_related("evidence")
            .order_by("counts_from", "precedence")
        )

    def for_timeline(self) -> "FollowUpQuerySet":
        """Return entries on record with their actors, latest first; ``fetch_parts`` adds what else is shown of some."""
        found = self.on_record().select_related("actor").in_own_words("title", "body", "remaining")
        return found.order_by("-counts_from", "-precedence", "-sequence")

    def fetch_parts(self, entries: "Sequence[FollowUp]") -> None:
        """Fetch the evidence and the partners of entries that were read before, in two queries."""
        partners = Prefetch("partner_rows", Partner.objects.select_related("actor"))
        prefetch_related_objects(entries, "evidence", partners)

    def for_lines(self) -> "FollowUpQuerySet":
        """Return entries on record with what one line about each shows, newest publication first."""
        return self.on_record().with_line().order_by("-sequence")

    def gathered(self) -> "FollowUpQuerySet":
        """Sort by the newest publication as no index does: few are found before they are sorted, not the reverse."""
        return self.annotate(newest=F("sequence") + 0).order_by("-newest")

    def with_line(self) -> "FollowUpQuerySet":
        """Bring along what one line about an entry shows, and nothing else of it."""
        found = self.select_related("actor", "recommendation__roundtable__forum").in_own_words("title")
        return found.only(*LINE)

    def lines(self) -> "FollowUpQuerySet":
        """Return these, which are sorted by columns and cut, with their lines: nothing but their keys was sorted."""
        return FollowUp.objects.filter(pk__in=self.values("pk")).with_line().order_by(*self.query.order_by)

    def in_own_words(self, *names: str) -> "FollowUpQuerySet":
        """Bring along these texts in the current language, where they are translated; ``told_…`` tells them."""
        return self.annotate(**{f"own_{name}": own_words(name) for name in names})

    def for_sheet(self, roundtable: Roundtable) -> "FollowUpQuerySet":
        """Return what counts in a roundtable with all that its assessment sheet shows, latest first."""
        found = self.published().filter(recommendation__roundtable=roundtable).defer("internal_note")
        return found.select_related("actor", "published_by").prefetch_related("evidence").latest_first()

    def for_review(self) -> "FollowUpQuerySet":
        """Return entries with all that whoever judges them side by side must see, first submitted first."""
        return (
            self.select_related(
                "recommendation__roundtable__forum", "actor", "created_by", "submitted_by", "returned_by", "replaces"
            )
            .prefetch_related(
                "evidence",
                Prefetch("partner_rows", Partner.objects.select_related("actor")),
                Prefetch("support_rows", RestsOn.objects.select_related("entry__actor")),
            )
            .order_by(F("submitted_at").asc(nulls_last=True), "pk")
        )

    def naming(self, actor: Actor, rows: slice) -> "list[FollowUp]":
        """Return published follow-ups of what ``actor`` did, alone, first or as a partner, with what a line shows.

        What it reported of itself comes before what others say of it, each latest first. In four queries.
        """
        columns = ("counts_from", "precedence", "pk")
        reported, documented, second = (
            list(part.values_list(*columns)[: rows.stop]) for part in self._parts_naming(actor)
        )
        merged = [*reported, *merge(documented, second, reverse=True)]
        keys = [row[-1] for row in merged[rows]]
        found = self.for_lines().in_bulk(keys)
        return [found[key] for key in keys]

    def last_naming(self, actor: Actor) -> "FollowUp | None":
        """Return the latest of these, with nothing but its dates."""
        heads = [Subquery(part.values("pk")[:1]) for part in self._parts_naming(actor)]
        dates = ("counts_from", "occurred_until", "precision")
        return self.filter(Q(pk__in=heads)).latest_first().only(*dates).first()

    def _parts_naming(self, actor: Actor) -> "list[FollowUpQuerySet]":
        """Return what it reported, what was found of it, and where it is a partner, each latest first.

        Apart, the index reads each in order: the first fifty of 100,000 cost no more than fifty.
        """
        own = self.published().filter(actor=actor)
        second = self.published().follow_ups().filter(partner_rows__actor=actor).exclude(actor=actor)
        parts = own.filter(basis=FollowUp.Basis.REPORTED), own.filter(basis=FollowUp.Basis.DOCUMENTED), second
        return [part.latest_first() for part in parts]

    def last_published_at(self) -> dt.datetime | None:
        """Return when the newest published entry was published; None where there is none."""
        return self.published().order_by("-sequence").values_list("published_at", flat=True).first()

    def logging(self, act: str) -> "FollowUpQuerySet":
        """Return what logs one act, published or not yet; neither what was taken back nor drafts of corrections."""
        here = self.filter(act=act, state__in=[*NOT_YET, FollowUp.State.PUBLISHED]) if act else self.none()
        return here.exclude(state__in=NOT_YET, replaces__isnull=False)

    def holding(self, evidence: Evidence) -> "FollowUpQuerySet":
        """Return the other entries that hold the file of a piece of evidence, by its name here or by its content."""
        same = Evidence.objects.filter(entry=OuterRef("pk"), sha256=evidence.sha256).exclude(file="")
        others = self.filter(Exists(same)).exclude(pk=evidence.entry_id)
        return others.select_related("recommendation").order_by("recommendation__reference", "pk")

    def of_same_acts(self, acts: "set[str]") -> "FollowUpQuerySet":
        """Return the published entries, anywhere, that log one of these acts."""
        return self.published().filter(act__in=acts).select_related("recommendation").order_by("reference")


class FollowUp(Versioned):
    """On this date, this body did this, and here is the evidence; or: so the whole recommendation reads."""

    class Basis(models.TextChoices):
        """How we know: three things kept apart wherever they are shown."""

        REPORTED = "reported", _("Reported by the body itself")
        DOCUMENTED = "documented", _("Found in a public source")
        ASSESSED = "assessed", _("Assessment")

    class ReceivedVia(models.TextChoices):
        """How an entry reached us."""

        DESK = "desk", _("Focal point's desk")
        LETTER = "letter", _("Letter")
        EMAIL = "email", _("E-mail")
        MEETING = "meeting", _("Meeting")
        SOURCE = "source", _("Public source")

    class Relation(models.TextChoices):
        """Whether what was done refers to the Forum."""

        REFERS_TO_FORUM = "refers_to_forum", _("Refers to the Forum")
        SAME_SUBJECT = "same_subject", _("Same subject; no reference to the Forum")

    class State(models.TextChoices):
        """Publication. It says nothing about implementation."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        PUBLISHED = "published", _("Published")
        RETRACTED = "retracted", _("Retracted")
        WITHHELD = "withheld", _("Withheld")

    basis = models.CharField(_("basis"), max_length=16, choices=Basis, default=Basis.DOCUMENTED)
    received_via = models.CharField(_("received via"), max_length=16, choices=ReceivedVia, default=ReceivedVia.SOURCE)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="entries", verbose_name=_("recommendation")
    )
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    reference = models.CharField(max_length=60, unique=True, null=True, blank=True, editable=False)
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("actor")
    )
    partners = models.ManyToManyField(
        Actor, through="Partner", related_name="partnered_entries", verbose_name=_("partners")
    )
    rests_on = models.ManyToManyField(
        "self",
        through="RestsOn",
        through_fields=("assessment", "entry"),
        symmetrical=False,
        related_name="supports",
        verbose_name=_("rests on"),
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("corrects"),
    )
    relation = models.CharField(_("relation to the Forum"), max_length=24, choices=Relation, blank=True)
    act = models.SlugField(
        _("act"), max_length=80, blank=True, help_text=_("The same for entries that log one act on several pages.")
    )

    occurred_from = models.DateField(_("from"))
    occurred_until = models.DateField(_("until"))
    precision = models.CharField(_("known to the"), max_length=8, choices=DatePrecision, default=DatePrecision.DAY)
    counts_from = models.DateField(_("counts from"), null=True, blank=True, editable=False)
    before_forum_confirmed = models.BooleanField(
        _("it is right that this ended before the Forum opened"), default=False
    )

    title = models.CharField(_("title"), max_length=120, blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("Paragraphs, lists, emphasis and links in Markdown."))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    status = models.CharField(_("status"), max_length=32, choices=Status, blank=True)
    standing = models.CharField(_("standing"), max_length=16, choices=Standing, blank=True)
    remaining = models.CharField(_("what remains"), max_length=300, blank=True, help_text=_("One sentence."))
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("For staff, never public."))

    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT, editable=False)
    sequence = models.PositiveBigIntegerField(null=True, blank=True, unique=True, editable=False)
    precedence = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    """The place among entries of one date: its sequence, or that of the entry it corrects."""
    created_by = by_whom(_("created by"))
    created_at = at_time(_("created at"))
    submitted_by = by_whom(_("submitted by"))
    submitted_at = at_time(_("submitted at"))
    returned_by = by_whom(_("returned by"))
    returned_at = at_time(_("returned at"))
    return_reason = models.TextField(_("why it was returned"), blank=True, editable=False)
    published_by = by_whom(_("published by"))
    published_at = at_time(_("published at"))
    waiver_reason = models.TextField(_("why one person was enough"), blank=True, editable=False)
    retracted_by = by_whom(_("retracted by"))
    retracted_at = at_time(_("retracted at"))
    retraction_reason = models.TextField(_("reason of the retraction"), blank=True, editable=False)
    withheld_by = by_whom(_("withheld by"))
    withheld_at = at_time(_("withheld at"))
    withholding_reason = models.TextField(_("reason of the removal"), blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("submit_followup", "Can submit entries"),
            ("return_followup", "Can return entries to their authors"),
            ("publish_followup", "Can publish entries and assessments"),
            ("retract_followup", "Can retract and correct published entries"),
            ("withhold_followup", "Can remove the content of published entries"),
            ("waive_followup", "Can waive the second pair of eyes"),
        ]
        constraints = [
            *(
                together("followup", verb)
                for verb in ("created", "submitted", "returned", "published", "retracted", "withheld")
            ),
            models.CheckConstraint(
                condition=Q(basis="assessed", actor__isnull=True) | Q(~Q(basis="assessed"), actor__isnull=False),
                name="followup_actor",
                violation_error_message=_("Say who did it. An assessment has no actor."),
            ),
            models.CheckConstraint(
                condition=Q(basis="assessed", title="")
                | Q(state="withheld", title="")
                | Q(~Q(basis="assessed"), ~Q(title="")),
                name="followup_title",
                violation_error_message=_("Give the follow-up a title. An assessment has none."),
            ),
            models.CheckConstraint(
                condition=Q(basis="documented", status="")
                | Q(basis="reported", status__in=["", *sorted(Status.claimable())])
                | Q(basis="assessed", status__in=sorted(Status.assessable())),
                name="followup_status",
                violation_error_message=_(
                    "Only a body itself claims a status, and only an assessment reads one: "
                    "an entry found in a public source has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(basis="assessed", standing__in=Standing.values) | Q(~Q(basis="assessed"), standing=""),
                name="followup_standing",
                violation_error_message=_("An assessment is provisional or confirmed; nothing else is."),
            ),
            models.CheckConstraint(
                condition=Q(remaining="") | Q(basis="assessed", status__in=sorted(Status.with_remainder())),
                name="followup_remaining",
                violation_error_message=_("What remains is said of readings in progress or partly implemented."),
            ),
            models.CheckConstraint(
                condition=Q(basis="assessed", relation="") | Q(~Q(basis="assessed"), ~Q(relation="")),
                name="followup_relation",
                violation_error_message=_("Say whether it refers to the Forum."),
            ),
            models.CheckConstraint(
                condition=Q(occurred_until__gte=F("occurred_from")),
                name="followup_dates_in_order",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=ON_RECORD,
                    published_at__isnull=False,
                    reference__isnull=False,
                    number__isnull=False,
                    counts_from__isnull=False,
                    sequence__isnull=False,
                    precedence__isnull=False,
                )
                | Q(
                    state__in=NOT_YET,
                    published_at__isnull=True,
                    reference__isnull=True,
                    counts_from__isnull=True,
                    sequence__isnull=True,
                    precedence__isnull=True,
                ),
                name="followup_published",
                violation_error_message=_("An entry is published by its own action."),
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False) | ~Q(state="submitted"),
                name="followup_submitted",
                violation_error_message=_("An entry is submitted by its own action."),
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=False) & ~Q(return_reason="") | ~Q(state="returned"),
                name="followup_returned",
                violation_error_message=_("An entry is returned by its own action, with a reason."),
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=False) & ~Q(retraction_reason="")
                | Q(retracted_at__isnull=True, retraction_reason="") & ~Q(state="retracted"),
                name="followup_retracted",
                violation_error_message=_("An entry is retracted by its own action, with a reason."),
            ),
            models.CheckConstraint(
                condition=Q(state="withheld", withheld_at__isnull=False, title="", body="", remaining="")
                & ~Q(withholding_reason="")
                | Q(withheld_at__isnull=True, withholding_reason="") & ~Q(state="withheld"),
                name="followup_withheld",
                violation_error_message=_("The content of an entry is removed by its own action, with a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(basis="reported")
                | Q(state__in=NOT_YET)
                | ~Q(waiver_reason="")
                | Q(submitted_by__isnull=False) & ~Q(submitted_by=F("published_by")),
                name="followup_four_eyes",
                violation_error_message=_("What a body reports is published by another person than submitted it."),
            ),
            models.UniqueConstraint(
                fields=["recommendation", "number"],
                condition=~Q(basis="assessed"),
                name="followup_number",
                violation_error_message=_("Another follow-up of the recommendation has this number."),
            ),
            models.UniqueConstraint(
                fields=["recommendation", "number"],
                condition=Q(basis="assessed"),
                name="followup_assessment_number",
                violation_error_message=_("Another assessment of the recommendation has this number."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=ON_RECORD),
                name="followup_replaced_once",
                violation_error_message=_("This entry has been corrected already."),
            ),
        ]
        indexes = [
            # recommendation pages, and the deciding assessment of each recommendation (as-of)
            models.Index(
                fields=["recommendation", "-counts_from", "-precedence", "status", "standing"],
                condition=Q(basis="assessed", state="published"),
                name="followup_deciding",
            ),
            models.Index(fields=["recommendation", "-counts_from"], name="followup_timeline"),  # recommendation page
            # /actors/<slug>/: its own words, and what was found of it, each latest first
            models.Index(fields=["actor", "state", "basis", "-counts_from", "-precedence"], name="followup_by_actor"),
            # the overview: the latest follow-ups and readings
            models.Index(fields=["state", "-counts_from", "-precedence", "basis"], name="followup_latest"),
            models.Index(fields=["state", "-sequence"], name="followup_by_state"),  # /updates/ and the admin's index
            models.Index(fields=["act"], condition=~Q(act=""), name="followup_by_act"),  # "also logged on"
        ]

    def __str__(self) -> str:
        return f"{self.reference or self.get_state_display()} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Return the permalink of an entry on record."""
        return reverse("entry", args=[self.reference])

    @property
    def is_assessment(self) -> bool:
        """Whether this is a reading of the whole recommendation."""
        return self.basis == self.Basis.ASSESSED

    @property
    def is_on_record(self) -> bool:
        """Whether it was ever published: then it is frozen."""
        return self.state in ON_RECORD

    @property
    def reading(self) -> Status | None:
        """The status that an assessment reads, or that a body claims of itself."""
        return Status(self.status) if self.status else None

    @property
    def told_title(self) -> Told:
        """The title as the page tells it."""
        return self._told("title")

    @property
    def told_body(self) -> Told:
        """The text as the page tells it."""
        return self._told("body")

    @property
    def told_remaining(self) -> Told:
        """What remains, as the page tells it."""
        return self._told("remaining")

    def _told(self, name: str) -> Told:
        return told(getattr(self, name), self.language, getattr(self, f"own_{name}", ""))

    @property
    def fragment(self) -> str:
        """The anchor on its recommendation's page: F3, A2."""
        return f"{'A' if self.is_assessment else 'F'}{self.number}"

    @property
    def ended_before_forum(self) -> bool:
        """Whether it ended before its Forum opened, which someone must confirm."""
        return self.occurred_until < self.recommendation.roundtable.forum.opens_on
