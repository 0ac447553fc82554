"""Under what each published recommendation is filed, so that a page of a filtered list is a piece of an index.

Triggers write it with whatever it follows from (``tracker.record.filing``); ``rebuild_statuses --check`` holds it
against the record.
"""

from collections.abc import Collection

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models.actor import Actor
from tracker.models.fields import Language

FILED_RELATIONS = ("none", "refers_to_forum", "same_subject")
"""What ``subject`` counts in ``RELATION``: no follow-up on record, or one with this relation to the Forum."""
FILED_KINDS = tuple(kind.value for kind in Actor.Kind)
FILED_LANGUAGES = ("", *Language.values)
"""What ``subject`` counts in ``UNTRANSLATED``: any language, or one in which something lacks."""


class FilingQuerySet(models.QuerySet["Filing"]):
    """Filings; those of one scope and subject stand in the order of the Chairs' documents in an index."""

    def under(self, scope: "Filing.Scope", subjects: Collection[int]) -> "FilingQuerySet":
        """Return what is filed under any of these."""
        some = {"subject": next(iter(subjects))} if len(subjects) == 1 else {"subject__in": sorted(subjects)}
        return self.filter(scope=scope, **some)

    def keys(self, scope: "Filing.Scope", subject: int, rows: slice) -> "QuerySet[Filing, tuple[int]]":
        """Return the keys of some of the recommendations filed under one thing, for use in a subquery."""
        found = self.under(scope, [subject]).order_by("place", "recommendation_id")
        return found.values_list("recommendation_id")[rows]


class Filing(models.Model):
    """A published recommendation is found under this."""

    class Scope(models.IntegerChoices):
        """What ``subject`` is the key or place of.

        An actor that it addresses by itself, 0 where it addresses nobody; an actor that it addresses or that acted on
        it, or a collective of one; a kind of actor addressed (of ``FILED_KINDS``); a theme; a follow-up's relation to
        the Forum (of ``FILED_RELATIONS``); 0 of what waits for an assessment: nothing decides, or a follow-up is later;
        in which language it lacks its headline or words (of ``FILED_LANGUAGES``); each of its published entries that
        lacks a text in any language, in English, French or Spanish.
        """

        ADDRESSED = 1
        ACTOR = 2
        KIND = 3
        THEME = 4
        RELATION = 5
        TO_ASSESS = 6
        UNTRANSLATED = 7
        ENTRY_UNTRANSLATED = 8
        ENTRY_NOT_IN_ENGLISH = 9
        ENTRY_NOT_IN_FRENCH = 10
        ENTRY_NOT_IN_SPANISH = 11

    scope = models.PositiveSmallIntegerField(choices=Scope)
    subject = models.PositiveBigIntegerField()
    place = models.BigIntegerField()
    """The recommendation's."""
    recommendation = models.ForeignKey(
        "tracker.Recommendation", models.DO_NOTHING, related_name="filings", db_index=False
    )

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "scope", "subject"],
                name="filing_once",
                violation_error_message=_("This is filed already."),
            )
        ]
        indexes = [
            # /recommendations/?actor=, ?theme=, ?kind=, ?relation=, pages of actors and themes, what waits at the desk
            models.Index(fields=["scope", "subject", "place", "recommendation"], name="filing_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.get_scope_display()} {self.subject}"


ENTRIES_LACKING = {
    "": Filing.Scope.ENTRY_UNTRANSLATED,
    "en": Filing.Scope.ENTRY_NOT_IN_ENGLISH,
    "fr": Filing.Scope.ENTRY_NOT_IN_FRENCH,
    "es": Filing.Scope.ENTRY_NOT_IN_SPANISH,
}
"""Where entries are filed that lack a text in a language, or in any."""
