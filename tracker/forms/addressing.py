"""Whom recommendations address: a choice for each collective, on one form or for a whole roundtable."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models import Actor, Recommendation, Responsibility

Addressed = Responsibility.Addressed
CHOICES = [("", _("Not addressed")), *Addressed.choices]
SHORT = [(Addressed.EXPLICIT.value, _("Text")), (Addressed.INFERRED.value, _("Reading"))]


class AddressedActors(dict[int, str]):
    """By the key of a collective: how it is addressed, ``""`` for not at all. Written out, it names them."""

    def __init__(self, chosen: Mapping[int, str], collectives: Iterable[Actor]) -> None:
        super().__init__(chosen)
        self.names = {actor.pk: str(actor) for actor in collectives}

    def __str__(self) -> str:
        labels = dict(Addressed.choices)
        said = [f"{self.names[key]}: {labels.get(chosen, chosen)}" for key, chosen in self.items() if chosen]
        return "; ".join(said) or gettext("No collective")

    @property
    def as_chosen(self) -> dict[int, str]:
        """Only those that are addressed."""
        return {key: chosen for key, chosen in self.items() if chosen}


class CollectivesWidget(forms.Widget):
    """Three buttons for each collective: not addressed, addressed by the text, addressed in our reading."""

    template = "admin/tracker/includes/collectives.html"
    choices = CHOICES
    use_fieldset = True
    collectives: Sequence[Actor] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render a row for each collective."""
        chosen = value or {}
        rows = [(actor, f"{name}-{actor.pk}", chosen.get(actor.pk, "")) for actor in self.collectives]
        return render_to_string(self.template, {"rows": rows, "choices": self.choices, "attrs": self.attrs})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> AddressedActors:
        """Return what was chosen for each collective."""
        chosen = {actor.pk: data.get(f"{name}-{actor.pk}", "") for actor in self.collectives}
        return AddressedActors(chosen, self.collectives)


class CollectiveCells(CollectivesWidget):
    """A cell of a table for each collective, with a list to choose from."""

    template = "admin/tracker/includes/collective_cells.html"
    choices = SHORT
    use_fieldset = False


class CollectivesField(forms.Field):
    """How each of some collectives is addressed. ``offer`` says which there are."""

    widget = CollectivesWidget

    def offer(self, collectives: Sequence[Actor], rows: Iterable[Responsibility]) -> AddressedActors:
        """Offer these collectives; return how the rows of a recommendation address them."""
        self.widget.collectives = collectives
        chosen = {actor.pk: "" for actor in collectives}
        chosen.update({row.actor_id: row.addressed for row in rows if row.actor_id in chosen})
        return AddressedActors(chosen, collectives)

    def clean(self, value: AddressedActors) -> AddressedActors:
        """Refuse what is none of the choices."""
        if not set(value.values()) <= {"", *Addressed.values}:
            raise forms.ValidationError(_("Choose one of the three for each collective."))
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is addressed."""
        return dict(initial or {}) != dict(data)


def collectives() -> list[Actor]:
    """Return the collectives in the order of their names."""
    return list(Actor.objects.collectives().order_by("sort_en", "pk"))


class AddressingForm(forms.Form):
    """Recommendations against collectives. Each row carries the version that it started from."""

    def __init__(self, *args: Any, recommendations: Iterable[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collectives = collectives()
        self.recommendations = {f"r{one.pk}": one for one in recommendations}
        for name, recommendation in self.recommendations.items():
            field = CollectivesField(
                label=recommendation.short_reference,
                required=False,
                widget=CollectiveCells(attrs={"row": recommendation.short_reference}),
            )
            self.fields[name] = field
            self.initial[name] = field.offer(self.collectives, recommendation.responsibilities.all())

    @property
    def rows(self) -> list[tuple[Recommendation, forms.BoundField, list[Responsibility]]]:
        """Return each recommendation with its field, and the rows of others than collectives that it addresses."""
        keys = {actor.pk for actor in self.collectives}
        return [
            (one, self[name], [row for row in one.responsibilities.all() if row.actor_id not in keys])
            for name, one in self.recommendations.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what somebody else chose since the page was opened."""
        for name, recommendation in self.recommendations.items():
            stale = self.data.get(f"{name}-started_from") != str(recommendation.version)
            if stale and name in self.changed_data:
                now = self.initial[name]
                self.add_error(
                    name,
                    _("Somebody else changed this since you opened it. Now: %(now)s. Compare, then save.")
                    % {"now": now},
                )
        return self.cleaned_data

    def chosen(self) -> dict[int, AddressedActors]:
        """Return the choices of the rows that were changed, by the key of the recommendation."""
        return {self.recommendations[name].pk: self.cleaned_data[name] for name in self.changed_data}
