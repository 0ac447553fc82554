"""The forms of an entry: what a body did, and how the whole recommendation reads."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tracker.errors import SENTENCES, Refused
from tracker.forms.keys import SeveralField
from tracker.forms.text import RefusesNul
from tracker.forms.when import When, WhenField
from tracker.models import DatePrecision, FollowUp, Nature, Recommendation, Standing, Status

# Where a refusal is shown; the others stand above the form.
FIELD_OF_REFUSAL = {
    "in_the_future": "when",
    "before_forum": "before_forum_confirmed",
    "status_of_nature": "status",
    "remaining_missing": "remaining",
    "reasoning_missing": "body",
    "evidence_missing": "supports",
    "rests_on_other": "supports",
    "rests_on_unpublished": "supports",
    "rests_on_later": "supports",
    "reason_missing": "reason",
    "words_missing": "official_text",
    "words_unchanged": "text",
    "merged_into_itself": "merged_into",
    "reference_used": "number",
    "recommendation_not_published": "recommendations",
    "reading_alone": "reading",
}


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show a refusal beside its field, or above the form where it has none."""
    field = FIELD_OF_REFUSAL.get(refusal.code)
    form.add_error(field if field in form.fields else None, str(refusal))


class DatedForm(RefusesNul, forms.ModelForm):  # type: ignore[type-arg]
    """An entry with its date in one field, ``when``."""

    when = WhenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.occurred_from:
            self.initial.setdefault("when", str(when_of(self.instance)))

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints see what the form sets itself: the dates, and what the instance came with."""
        dates = {"occurred_from", "occurred_until"} if self.cleaned_data.get("when") else set()
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - dates - {"basis", "state"}

    def _post_clean(self) -> None:
        when: When | None = self.cleaned_data.get("when")
        if when:
            self.instance.occurred_from, self.instance.occurred_until = when.first, when.last
            self.instance.precision = when.precision
        super()._post_clean()  # type: ignore[misc]


def when_of(entry: FollowUp) -> When:
    """Return the date of an entry as the form writes it."""
    return When(entry.occurred_from, entry.occurred_until, DatePrecision(entry.precision))


def basis_of(received_via: str) -> FollowUp.Basis:
    """Return how we know what reached us in this way: from the body itself, or from a public source."""
    found = received_via == FollowUp.ReceivedVia.SOURCE
    return FollowUp.Basis.DOCUMENTED if found else FollowUp.Basis.REPORTED


class EntryForm(DatedForm):
    """A follow-up: what one body did, on a date. Its basis follows from how it was received."""

    class Meta:
        model = FollowUp
        fields = (
            "recommendation actor title body relation received_via status language act "
            "before_forum_confirmed internal_note"
        ).split()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._narrow_choices()
        for name in {"actor", "title", "relation"} & set(self.fields):
            self.fields[name].required = True
        if "title" in self.fields:
            self.fields["title"].error_messages["required"] = _("Give it a title of a few words.")
        if "actor" in self.fields:
            self.fields["actor"].error_messages["required"] = _("Say who did it.")
        if "relation" in self.fields:
            self.fields["relation"].error_messages["required"] = _("Say whether what was done refers to the Forum.")
        if "before_forum_confirmed" in self.fields and not self.initial.get("before_forum_confirmed"):
            self.fields["before_forum_confirmed"].widget = forms.HiddenInput()

    def _narrow_choices(self) -> None:
        """Leave out what makes an assessment, and the empty choice where one must be made."""
        choices: dict[str, list[tuple[str, Any]]] = {
            "relation": list(FollowUp.Relation.choices),
            "status": [("", _("Claims no status"))]
            + [(status.value, status.label) for status in Status if status in Status.claimable()],
        }
        for name in choices.keys() & self.fields.keys():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices[name]
        if "received_via" in self.fields:
            self.fields["received_via"].help_text = _(
                "From the body itself it is a report, which two people see; found in a public source, it is documented."
            )
        if "status" in self.fields:
            self.fields["status"].label = _("Status that the body claims")
            self.fields["status"].help_text = _("Only where the body reports of itself.")

    def clean(self) -> dict[str, Any]:
        """Ask for the confirmation of what ended before its Forum opened, and only then show the box for it."""
        cleaned = super().clean() or self.cleaned_data
        openings = [chosen.roundtable.forum.opens_on for chosen in self.chosen_recommendations(cleaned)]
        if openings and cleaned.get("when") and "before_forum_confirmed" in self.fields:
            self._confirm(max(openings), cleaned)
        return cleaned

    def chosen_recommendations(self, cleaned: dict[str, Any]) -> list[Recommendation]:
        """Return what it is logged on."""
        if "recommendation" not in self.fields:
            return [self.instance.recommendation]
        return [cleaned["recommendation"]] if cleaned.get("recommendation") else []

    def _confirm(self, opens_on: dt.date, cleaned: dict[str, Any]) -> None:
        if cleaned["when"].last >= opens_on:
            return
        self.fields["before_forum_confirmed"].widget = forms.CheckboxInput()
        if not cleaned.get("before_forum_confirmed"):
            sentence = str(SENTENCES["before_forum"]) % {"date": DatePrecision.DAY.words(opens_on)}
            self.add_error("before_forum_confirmed", sentence)

    def _post_clean(self) -> None:
        if "received_via" in self.fields and self.cleaned_data.get("received_via"):
            self.instance.basis = basis_of(self.cleaned_data["received_via"])
        super()._post_clean()


class SupportsField(SeveralField):
    """The published follow-ups that an assessment rests on, each as one would name it aloud."""

    def label_from_instance(self, obj: Any) -> str:
        """Return "RT2-04-F1, May 2011: who: title"."""
        return f"{obj.fragment} · {when_of(obj)} · {obj.actor}: {obj.title}"


def _status_choice(status: Status) -> tuple[str, SafeString]:
    return status.value, format_html("<strong>{}</strong> {}", status.label, status.meaning)


class AssessmentForm(DatedForm):
    """A reading of the whole recommendation: only the statuses that its nature allows, each with its meaning."""

    supports = SupportsField(
        FollowUp.objects.none(),
        required=False,
        label=_("Rests on"),
        help_text=_("Tick the published follow-ups that this reading rests on."),
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("status", "standing", "when", "supports", "body", "remaining", "language")

    class Meta:
        model = FollowUp
        fields = ("status", "standing", "body", "remaining", "language", "internal_note")
        widgets = {
            "status": forms.RadioSelect,
            "standing": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
            "remaining": forms.TextInput(attrs={"class": "wide"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recommendation = self.instance.recommendation
        allowed = Nature(recommendation.nature).statuses
        self._offer("status", [_status_choice(status) for status in Status if status in allowed])
        self._offer("standing", [(standing.value, standing.label) for standing in Standing])
        self.fields["standing"].initial = Standing.PROVISIONAL
        self.fields["standing"].help_text = _("Confirmed: only with evidence below that cites who decided, and when.")
        self.fields["body"].label, self.fields["body"].required = _("Reasoning"), True
        self.fields["body"].error_messages["required"] = str(SENTENCES["reasoning_missing"])
        self.fields["remaining"].help_text = _("One sentence, for in progress and partly implemented.")
        supports = self.fields["supports"]
        if isinstance(supports, SupportsField):
            supports.queryset = recommendation.entries.published().follow_ups().select_related("actor").latest_first()
        self._fill_in()

    def _fill_in(self) -> None:
        if self.instance.pk:
            self.initial.setdefault("supports", [row.entry_id for row in self.instance.support_rows.all()])
        else:
            today = timezone.now().astimezone(dt.UTC).date()
            self.initial.setdefault("when", str(When(today, today, DatePrecision.DAY)))
            self.initial["standing"] = Standing.PROVISIONAL

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        field.required = True
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        field.error_messages["required"] = _("Choose one.")

    def clean(self) -> dict[str, Any]:
        """Refuse early what the rules would refuse, beside its field."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("status") and cleaned.get("remaining"):
            status = Status(cleaned["status"])
            if status not in Status.with_remainder():
                self.add_error(
                    "remaining",
                    _("What remains is said of readings in progress or partly implemented: leave it empty here."),
                )
        when, forum = cleaned.get("when"), self.instance.recommendation.roundtable.forum
        if when and when.last < forum.opens_on:
            opened = DatePrecision.DAY.words(forum.opens_on)
            self.add_error("when", _("The Forum opened on %(date)s: no assessment is earlier.") % {"date": opened})
        return cleaned
