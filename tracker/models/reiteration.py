"""What a later recommendation repeats of an earlier one, and the story that such ties make through the Forums."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

STORY = """
    WITH RECURSIVE story(id) AS (
        SELECT id FROM tracker_recommendation WHERE id IN ({keys})
        UNION
        SELECT tie.other FROM story JOIN (
            SELECT later_id AS one, earlier_id AS other FROM tracker_reiteration
            UNION ALL SELECT earlier_id, later_id FROM tracker_reiteration
        ) tie ON tie.one = story.id
    )
    SELECT id FROM story
"""


def story_keys(keys: Iterable[int]) -> RawSQL:
    """Return the subquery of the recommendations that reiterations tie to these, in either direction, and these."""
    given = list(keys)
    return RawSQL(STORY.format(keys=", ".join(["%s"] * len(given)) or "NULL"), given)


class Reiteration(models.Model):
    """A later recommendation repeats an earlier one, usually of another Forum."""

    later = models.ForeignKey(
        "tracker.Recommendation", models.CASCADE, related_name="reiterations", verbose_name=_("later")
    )
    earlier = models.ForeignKey(
        "tracker.Recommendation", models.PROTECT, related_name="later_reiterations", verbose_name=_("earlier")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reiteration")
        verbose_name_plural = _("reiterations")
        constraints = [
            models.UniqueConstraint(
                fields=["later", "earlier"],
                name="reiteration_once",
                violation_error_message=_("This reiteration is already on record."),
            ),
            models.CheckConstraint(
                condition=~Q(later=F("earlier")),
                name="reiteration_not_of_itself",
                violation_error_message=_("A recommendation cannot reiterate itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later.reference} → {self.earlier.reference}"
