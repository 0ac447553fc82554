"""Actors: governments, UN bodies, organisations, and the collectives in which they sit."""

import datetime as dt
import unicodedata
from itertools import filterfalse
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.models.fields import Versioned
from tracker.models.translated import SOURCE_LANGUAGE, translated


def fold(text: str) -> str:
    """Return ``text`` as a sorting key: no accents, no case, so that "États-Unis" sorts under E on both engines."""
    if text.isascii():
        return text.casefold()
    bare = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))
    return bare.replace("’", "'").casefold()


class ActorQuerySet(models.QuerySet["Actor"]):
    """Actors, of themselves in the order of their English names."""

    def collectives(self) -> "ActorQuerySet":
        """Return the actors that stand for their members."""
        return self.filter(is_collective=True)

    def last_changes(self) -> "models.QuerySet[Actor, tuple[str, dt.datetime | None]]":
        """Return rows of slug, and of when the newest published entry of each was published; None without one."""
        newest = Max("entries__published_at", filter=Q(entries__state="published"))
        return self.values_list("slug").annotate(newest=newest).order_by("slug")

    def for_page(self) -> "ActorQuerySet":
        """Return actors with those beside them: who came before and after, and the Forums they chaired."""
        return self.select_related("succeeded_by").prefetch_related("succeeds", "chaired_forums")

    def reached_by(self, slugs: list[str]) -> "ActorQuerySet":
        """Return the actors so named, their members and theirs, whenever they were members; for use in a subquery."""
        seat = "seats__collective"
        return self.filter(
            Q(slug__in=slugs) | Q(**{f"{seat}__slug__in": slugs}) | Q(**{f"{seat}__{seat}__slug__in": slugs})
        )

    def within(self, actor: "Actor") -> set[int]:
        """Return the keys of ``actor``, its members and theirs, whenever they were members.

        Returns primary keys. Walks down level by level, one query a level; a cycle ends by itself.
        """
        found, level = {actor.pk}, {actor.pk}
        while level:
            members = Membership.objects.filter(collective__in=level).values_list("member", flat=True)
            level = set(members) - found
            found |= level
        return found


class Actor(Versioned):
    """Whoever a recommendation addresses, or who acted on one. A collective is an actor with members."""

    class Kind(models.TextChoices):
        """The stable kinds of actors."""

        GOVERNMENT = "government", _("Government")
        UN_BODY = "un_body", _("United Nations body")
        INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
        REGIONAL_BODY = "regional_body", _("Regional body")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        FORUM_BODY = "forum_body", _("Forum body")

    class UNMembership(models.TextChoices):
        """A State's standing in the United Nations."""

        MEMBER = "member", _("Member State")
        OBSERVER = "observer", _("Observer State")

    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    key = models.SlugField(
        _("key"), max_length=80, unique=True, editable=False, help_text=_("Names the actor in the record, for ever.")
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Its address on this site."))
    is_collective = models.BooleanField(_("collective"), default=False)
    groups_follow_ups = models.BooleanField(
        _("its members are shown as a group"),
        default=False,
        help_text=_("Pages then show its members' follow-ups together, by membership on their dates."),
    )
    members = models.ManyToManyField(
        "self",
        through="Membership",
        through_fields=("collective", "member"),
        symmetrical=False,
        related_name="collectives",
        verbose_name=_("members"),
    )
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="succeeds", verbose_name=_("succeeded by")
    )

    name = translated(models.CharField(_("name"), max_length=200), required=True)
    acronym = translated(models.CharField(_("acronym"), max_length=40))
    sort = translated(models.CharField(_("sorting key"), max_length=200, editable=False))
    country = models.CharField(_("country (ISO 3166 alpha-2)"), max_length=2, blank=True)
    country_alpha3 = models.CharField(_("country (ISO 3166 alpha-3)"), max_length=3, blank=True)
    un_membership = models.CharField(_("in the United Nations"), max_length=16, choices=UNMembership, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("For staff, never public."))

    active_from = models.PositiveSmallIntegerField(_("active from (year)"), null=True, blank=True)
    active_until = models.PositiveSmallIntegerField(_("active until (year)"), null=True, blank=True)

    objects = ActorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["sort_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country"],
                condition=~Q(country=""),
                name="actor_one_per_country",
                violation_error_message=_("Another actor has this country."),
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(kind="government"),
                name="actor_country_is_government",
                violation_error_message=_("Only a government has a country."),
            ),
            models.CheckConstraint(
                condition=Q(active_from__isnull=True)
                | Q(active_until__isnull=True)
                | Q(active_until__gte=F("active_from")),
                name="actor_active_years_in_order",
                violation_error_message=_("The last year cannot be before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "sort_en"], name="actor_by_kind"),  # /actors/, by kind
            models.Index(fields=["sort_en", "id"], name="actor_by_name"),  # /actors/ and the pickers
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sorting keys beside the names, and the key for ever as it was first."""
        self.key = self.key or self.slug
        self.fill_sorting_keys()
        super().save(*args, **kwargs)

    def fill_sorting_keys(self) -> None:
        """Make the sorting keys of the names, as ``save`` does; a row that is saved with others needs it."""
        for language in ("en", "fr", "es"):
            name = getattr(self, f"name_{language}") or getattr(self, f"name_{SOURCE_LANGUAGE}")
            setattr(self, f"sort_{language}", fold(name)[:200])

    @property
    def short_name(self) -> str:
        """The acronym where there is one, else the name."""
        return str(self.acronym or self.name)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Seats in collectives."""

    def shown_as_groups(self) -> "MembershipQuerySet":
        """Return the seats in collectives whose members' follow-ups pages show together."""
        return self.filter(collective__groups_follow_ups=True).select_related("collective").order_by("pk")


class Membership(models.Model):
    """An actor's seat in a collective, with the years where they are known."""

    collective = models.ForeignKey(
        Actor,
        models.CASCADE,
        related_name="memberships",
        limit_choices_to={"is_collective": True},
        verbose_name=_("collective"),
    )
    member = models.ForeignKey(Actor, models.PROTECT, related_name="seats", verbose_name=_("member"))
    since_year = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("until (year)"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["member__sort_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "member"],
                name="membership_once",
                violation_error_message=_("It is already a member."),
            ),
            models.CheckConstraint(
                condition=~Q(collective=F("member")),
                name="membership_not_in_itself",
                violation_error_message=_("A collective cannot be a member of itself."),
            ),
            models.CheckConstraint(
                condition=Q(since_year__isnull=True) | Q(until_year__isnull=True) | Q(until_year__gte=F("since_year")),
                name="membership_years_in_order",
                violation_error_message=_("The last year cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.collective})"

    def clean(self) -> None:
        """Refuse a seat in what is not a collective, and a circle of collectives."""
        if self.collective_id and not self.collective.is_collective:
            raise ValidationError({"collective": _("Only a collective has members: mark it as one first.")})
        if self.collective_id and self.member_id and self.collective_id in Actor.objects.within(self.member):
            raise ValidationError({"member": _("This would make the collective a member of itself.")})

    def held_on(self, day: dt.date) -> bool:
        """Tell whether the seat was held in the year of ``day``; an unknown year is no limit."""
        since, until = self.since_year or day.year, self.until_year or day.year
        return since <= day.year <= until
