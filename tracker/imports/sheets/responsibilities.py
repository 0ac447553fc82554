"""Responsibilities: whom a recommendation addresses. Nothing is taken away by a sheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions.bulk import change_rows, make_rows
from tracker.imports.sheets.actor_names import ActorNames
from tracker.imports.sheets.cells import choice
from tracker.imports.sheets.columns import CellError, Column
from tracker.imports.sheets.kind import Making
from tracker.imports.sheets.recommendations import reference
from tracker.imports.sheets.row import Row, Texts
from tracker.models import ImportedRow, Recommendation, Responsibility, SheetKind

REFERENCE = Column(
    "reference",
    gettext_lazy("reference"),
    gettext_lazy("The reference of the recommendation."),
    "GFMD-2010-RT1-01",
    required=True,
    read=reference,
    also=("recommendation", "ref", "recommandation", "recomendación"),
)
ACTOR = Column(
    "actor",
    gettext_lazy("actor"),
    gettext_lazy("Slug, ISO code, or the whole name in any of the languages."),
    "mexico",
    required=True,
    also=("country", "body", "organisation", "organization", "pays", "país", "state"),
)


class Responsibilities(Making):
    """An actor's part in a recommendation, known by both."""

    value = SheetKind.RESPONSIBILITIES
    columns = (
        REFERENCE,
        ACTOR,
        Column(
            "addressed",
            gettext_lazy("addressed"),
            gettext_lazy("“explicit” where the text names the actor, “inferred” where we read it so."),
            "explicit",
            required=True,
            field="addressed",
            read=choice(Responsibility.Addressed),
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actors = ActorNames()
        self.recommendations: dict[str, Recommendation] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up the recommendations."""
        self.recommendations = recommendations_named(rows)

    def identify(self, row: Row) -> None:
        """Take reference and actor for its key."""
        if name_both(row, self.recommendations, self.actors):
            row.key = row.about = f"{row.texts['reference']} {row.texts['actor']}"

    def there(self) -> "QuerySet[Responsibility]":
        """Return parts with whose and in what they are."""
        own = [field.name for field in Responsibility._meta.concrete_fields]
        parts = Responsibility.objects.select_related("recommendation", "actor")
        return parts.only(*own, "recommendation__reference", "actor__slug")

    def find(self, rows: Sequence[Row]) -> Mapping[str, Responsibility]:
        """Return the parts of the recommendations of these rows."""
        found = self.there().filter(recommendation__in=[one.pk for one in self.recommendations.values()])
        return {f"{one.recommendation.reference} {one.actor.slug}": one for one in found}

    def texts(self, found: Responsibility, asked: Texts) -> Texts:
        """Tell a part as a row does."""
        place = {"reference": found.recommendation.reference, "actor": found.actor.slug}
        return {**self.own_texts(found, asked), **place}

    def start(self, row: Row) -> Responsibility:
        """Return a part that is not saved."""
        return Responsibility(
            recommendation=self.recommendations[row.texts["reference"]],
            actor_id=self.actors.keys[row.texts["actor"]],
        )

    def objections(self, row: Row) -> None:
        """Leave withdrawn recommendations as they were."""
        recommendation = self.recommendations[row.texts["reference"]]
        if recommendation.state == Recommendation.State.WITHDRAWN:
            row.refuse("reference", withdrawn(recommendation))

    def save_new(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the parts, and let open forms of their recommendations know."""
        make_rows(Responsibility, [row.made for row in rows], by=self.by)
        self._edited(rows)
        return []

    def save_changed(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the parts, and let open forms of their recommendations know."""
        change_rows(Responsibility, [row.found for row in rows], ["addressed"], by=self.by)
        self._edited(rows)
        return []

    def _edited(self, rows: Sequence[Row]) -> None:
        keys = {self.recommendations[row.texts["reference"]].pk for row in rows}
        Recommendation.objects.filter(pk__in=keys).update(version=F("version") + 1)


def recommendations_named(rows: Sequence[Row]) -> dict[str, Recommendation]:
    """Return the recommendations that rows name, by reference, with their Forums."""
    named = [row.texts["reference"] for row in rows if "reference" in row.texts]
    found = Recommendation.objects.filter(reference__in=named).select_related("roundtable__forum")
    return {one.reference: one for one in found}


def name_both(row: Row, recommendations: Mapping[str, Recommendation], actors: ActorNames) -> bool:
    """Put the actor's slug into its column; refuse a recommendation or an actor that is missing or not there."""
    for key in ("reference", "actor"):
        if key not in row.texts:
            row.refuse(key, _("Fill in this cell: nothing new is made without it."))
    if row.texts.get("reference", "") not in recommendations and "reference" in row.texts:
        row.refuse("reference", _("There is no recommendation %(reference)s.") % {"reference": row.texts["reference"]})
    if "actor" in row.texts:
        try:
            row.texts["actor"] = actors.slug_of(row.texts["actor"])
        except CellError as error:
            row.refuse("actor", error)
    return not row.problems


def withdrawn(recommendation: Recommendation) -> str:
    """Return why nothing is added to a withdrawn recommendation."""
    return _("%(reference)s was withdrawn: leave the row out.") % {"reference": recommendation.reference}
