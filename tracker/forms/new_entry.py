"""The form that logs a follow-up: on one recommendation or several, and with the reading that follows from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.errors import SENTENCES, Refused
from tracker.forms.entries import EntryForm
from tracker.forms.keys import SeveralField
from tracker.models import FollowUp, Nature, Recommendation, RecommendationQuerySet, Status

READING = ("reading", "reading_remaining", "reading_reasoning")
# No longer pursued rests on a decision that the assessment itself cites.
READABLE = Status.assessable() - {Status.NOT_PURSUED}

CHOICE_ERRORS: dict[str, Any] = {
    "required": _("Choose at least one recommendation."),
    "invalid_choice": _("One of the recommendations is not offered here: choose anew."),
    "invalid_pk_value": _("One of the recommendations is not offered here: choose anew."),
}


class NewEntryForm(EntryForm):
    """Asks for little: on which recommendations, who, when, what, and the source. The rest has defaults."""

    recommendations = SeveralField(
        Recommendation.objects.select_related("roundtable__forum"),
        label=_("Recommendations"),
        help_text=_("One, or all on which the same act is logged: each gets an entry of its own."),
        error_messages=CHOICE_ERRORS,
    )
    reading = forms.ChoiceField(
        label=_("The reading is now"),
        required=False,
        help_text=_("Publishes a provisional assessment of today with it. For one recommendation at a time."),
    )
    reading_remaining = forms.CharField(
        label=_("What remains"),
        required=False,
        max_length=300,
        help_text=_("One sentence, for in progress and partly implemented."),
        widget=forms.TextInput(attrs={"class": "wide"}),
    )
    reading_reasoning = forms.CharField(
        label=_("Reasoning"),
        required=False,
        help_text=_("It rests on this follow-up. Where it rests on others too, use “Assess” on the recommendation."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    nearby: RecommendationQuerySet | None = None
    """Those of the place from which one logs, to be ticked; None: they are searched for."""
    assesses = False
    """Whether whoever logs may make the reading too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("relation", FollowUp.Relation.SAME_SUBJECT)
        chosen = self.fields["recommendations"]
        if self.nearby is not None and isinstance(chosen, forms.ModelMultipleChoiceField):
            chosen.widget = forms.CheckboxSelectMultiple()
            chosen.queryset = self.nearby
        self._offer_readings()

    def _offer_readings(self) -> None:
        reading = self.fields["reading"]
        if not self.assesses:
            for name in READING:
                del self.fields[name]
        elif isinstance(reading, forms.ChoiceField):
            offered = [(status.value, status.label) for status in Status if status in READABLE]
            reading.choices = [("", _("Not assessed now")), *offered]

    def clean(self) -> dict[str, Any]:
        """Refuse beside its field what the rules would refuse of the reading."""
        cleaned = super().clean()
        if self.assesses:
            self._check_reading(cleaned)
        return cleaned

    def _check_reading(self, cleaned: dict[str, Any]) -> None:
        chosen = self.chosen_recommendations(cleaned)
        if not cleaned.get("reading"):
            if cleaned.get("reading_remaining") or cleaned.get("reading_reasoning"):
                self.add_error("reading", _("Choose the reading, or leave its fields empty."))
            return
        status = Status(cleaned["reading"])
        if len(chosen) > 1:
            self.add_error("reading", _("Choose one recommendation, or assess each afterwards."))
        elif chosen:
            self._refuse_unlike_nature(status, Nature(chosen[0].nature))
        if not cleaned.get("reading_reasoning"):
            self.add_error("reading_reasoning", str(SENTENCES["reasoning_missing"]))
        self._check_remainder(status, cleaned.get("reading_remaining", ""))

    def _refuse_unlike_nature(self, status: Status, nature: Nature) -> None:
        allowed = nature.statuses & READABLE
        if status not in allowed:
            names = ", ".join(str(one.label) for one in Status if one in allowed)
            refusal = Refused("status_of_nature", nature=nature.label, status=status.label, allowed=names)
            self.add_error("reading", str(refusal))

    def _check_remainder(self, status: Status, remaining: str) -> None:
        if status in Status.with_remainder() and not remaining:
            self.add_error("reading_remaining", str(Refused("remaining_missing", status=status.label)))
        if remaining and status not in Status.with_remainder():
            said = _("What remains is said of readings in progress or partly implemented: leave it empty here.")
            self.add_error("reading_remaining", said)

    def chosen_recommendations(self, cleaned: dict[str, Any]) -> list[Recommendation]:
        """Return all that it is logged on."""
        return list(cleaned.get("recommendations") or [])

    def _post_clean(self) -> None:
        chosen = self.chosen_recommendations(self.cleaned_data)
        if chosen:
            self.instance.recommendation = chosen[0]
        super()._post_clean()
