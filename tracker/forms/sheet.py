"""The assessment sheet: the readings of a whole roundtable, a row each, sent together."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.actions import Reading
from tracker.errors import SENTENCES, Refused, SeveralRefused
from tracker.forms.entries import AssessmentForm, show_refusal
from tracker.forms.evidence import EvidenceForm
from tracker.models import Evidence, FollowUp, Recommendation, Roundtable, Status

LEAVE = _("Leave as it is")


def reading_of(given: dict[str, Any], evidence: Iterable[forms.BaseForm]) -> Reading:
    """Return what ``assess`` is told: the cleaned values of an assessment, and the evidence that says something."""
    said = (row for row in evidence if row.has_changed())
    return Reading(
        status=given["status"],
        standing=given["standing"],
        reasoning=given["body"],
        occurred_from=given["when"].first,
        occurred_until=given["when"].last,
        precision=given["when"].precision,
        remaining=given["remaining"],
        rests_on=given["supports"],
        evidence=[Evidence(position=position, **row.cleaned_data) for position, row in enumerate(said, start=1)],
        language=given["language"],
    )


class DecisionForm(EvidenceForm):
    """Who decided what a row says: cited where it is confirmed, or no longer pursued."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        del self.fields["file"], self.fields["quality"]
        self.fields["citation"].label = _("Who decided, and when")
        self.fields["citation"].help_text = _(
            "Cite it where the reading is confirmed or no longer pursued, or where something beside the follow-ups "
            "below supports it."
        )
        self.fields["url"].label = _("Link to it")


class ReadingForm(AssessmentForm):
    """The assessment in a row. A row may be left as it is; the date is today's unless another is typed."""

    field_order = ("status", "standing", "remaining", "body", "when", "supports", "language")

    def __init__(self, *args: Any, follow_ups: Sequence[FollowUp], **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.stale = False
        del self.fields["internal_note"]
        status: Any = self.fields["status"]
        status.choices = [("", LEAVE), *status.choices]
        status.error_messages["required"] = _("Choose a status, or empty the rest of this row.")
        offer_support(self, follow_ups)
        self.fields["body"].widget.attrs["rows"] = 4
        # Over midnight, today's date as it was shown must not look like one that was typed.
        self.fields["when"].show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Refuse a reading of what somebody has read anew meanwhile, and one that does not say what remains."""
        cleaned = super().clean()
        if self.stale:
            show_refusal(self, Refused("stale"))
        status = Status(cleaned["status"]) if cleaned.get("status") else None
        if status in Status.with_remainder() and not (cleaned.get("remaining") or "remaining" in self.errors):
            self.add_error("remaining", str(SENTENCES["remaining_missing"]) % {"status": status.label})
        return cleaned


def offer_support(form: forms.BaseForm, follow_ups: Sequence[FollowUp]) -> None:
    """Offer what a reading may rest on. The field's own choices would be a query for each row."""
    supports: Any = form.fields["supports"]
    supports.choices = [(entry.pk, supports.label_from_instance(entry)) for entry in follow_ups]


class SupportsForm(forms.Form):
    """What a row rests on: of the fields of a row in which nothing is typed, the one that no other row has alike."""

    supports = AssessmentForm.declared_fields["supports"]

    def __init__(self, *, follow_ups: Sequence[FollowUp], prefix: str) -> None:
        super().__init__(prefix=prefix)
        offer_support(self, follow_ups)


class SheetRow:
    """One recommendation of the sheet: what is on record, and the form in which it is read anew.

    The forms are made when they are asked for: where nothing was sent, one row's serve for all.
    """

    def __init__(self, recommendation: Recommendation, entries: Sequence[FollowUp], sent: QueryDict | None) -> None:
        self.recommendation = recommendation
        self.follow_ups = [entry for entry in entries if not entry.is_assessment]
        self.readings = [entry for entry in entries if entry.is_assessment]
        self.prefix = f"r{recommendation.pk}"
        self.sent = sent

    @cached_property
    def form(self) -> ReadingForm:
        """The assessment."""
        draft = FollowUp(basis=FollowUp.Basis.ASSESSED, recommendation=self.recommendation)
        form = ReadingForm(self.sent, instance=draft, prefix=self.prefix, follow_ups=self.follow_ups)
        if self.sent is not None and (form.has_changed() or self.decision.has_changed()):
            form.empty_permitted = False
            form.stale = self.sent.get(self.seen_name) != self.newest
        return form

    @cached_property
    def decision(self) -> DecisionForm:
        """On whose decision it rests."""
        return DecisionForm(self.sent, prefix=f"{self.prefix}-decision")

    @property
    def seen_name(self) -> str:
        """The hidden field that says which assessment the row was shown with."""
        return f"{self.prefix}-seen"

    @property
    def newest(self) -> str:
        """The chain's number of the assessment published last that still counts; empty where there is none."""
        return str(max((reading.sequence or 0 for reading in self.readings), default=""))

    @property
    def present(self) -> FollowUp | None:
        """The assessment that decides."""
        return self.readings[0] if self.readings else None

    @property
    def arrived(self) -> FollowUp | None:
        """The assessment that somebody published since the row was shown."""
        newest = (reading for reading in self.readings if str(reading.sequence) == self.newest)
        return next(newest, None) if self.is_filled_in and self.form.stale else None

    @property
    def news(self) -> list[FollowUp]:
        """The follow-ups that the present assessment could not know: dated later, or put on record after it."""
        present = self.present
        if present is None:
            return self.follow_ups
        return [entry for entry in self.follow_ups if _is_later(entry, present)]

    @property
    def is_filled_in(self) -> bool:
        """Whether something was typed, ticked or chosen in it."""
        return self.sent is not None and not self.form.empty_permitted

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded: there is something to look at."""
        return bool(self.news) or self.is_filled_in

    @property
    def fields(self) -> list[forms.BoundField]:
        """The fields in the order in which one thinks of them: what, on whose decision, why, when, on which ground."""
        reading = list(self.form)
        return [*reading[:2], *self.decision, *reading[2:]]

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every error with the address of its field in the page, or of the row."""
        if not self.is_filled_in:
            return []
        of_row = [*self.form.non_field_errors(), *self.decision.non_field_errors()]
        of_fields = [(f"#{_target(field)}", str(error)) for field in self.fields for error in field.errors]
        return [(f"#{self.prefix}", str(error)) for error in of_row] + of_fields

    def is_valid(self) -> bool:
        """Whether it is empty, or says all that an assessment must."""
        return not self.is_filled_in or self.form.is_valid() & self.decision.is_valid()

    def refuse(self, refusal: Refused) -> None:
        """Show what the rules refused beside its field."""
        if refusal.code == "decision_missing":
            self.decision.add_error("citation", str(refusal))
        else:
            show_refusal(self.form, refusal)


def _is_later(entry: FollowUp, assessment: FollowUp) -> bool:
    """Whether an entry is dated later, or was published later. Both are on record."""
    dated = entry.counts_from and assessment.counts_from and entry.counts_from > assessment.counts_from
    return bool(dated) or (entry.sequence or 0) > (assessment.sequence or 0)


def _target(field: forms.BoundField) -> str:
    """Return the id of the field, or of its first choice."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


class Sheet:
    """The rows of a roundtable. Three queries, however many there are.

    Nothing but its own rows is read from what was sent: a key of another roundtable is passed over.
    """

    def __init__(self, roundtable: Roundtable, sent: QueryDict | None = None) -> None:
        entries: dict[int, list[FollowUp]] = {}
        for entry in FollowUp.objects.for_sheet(roundtable):
            entries.setdefault(entry.recommendation_id, []).append(entry)
        self.rows = [
            SheetRow(recommendation, entries.get(recommendation.pk, []), sent if was_sent else None)
            for recommendation in roundtable.recommendations.public().select_related("roundtable__forum").in_order()
            if (was_sent := _was_sent(recommendation, sent)) or recommendation.state == Recommendation.State.PUBLISHED
        ]
        self.filled_in = [row for row in self.rows if row.is_filled_in]

    @property
    def has_news(self) -> bool:
        """Whether anything is on record that an assessment could not know."""
        return any(row.news for row in self.rows)

    def is_valid(self) -> bool:
        """Whether something is filled in, and all that is can be published as far as the form knows."""
        return bool(self.filled_in) and all(row.is_valid() for row in self.filled_in)

    def readings(self) -> dict[Recommendation, Reading]:
        """Return what the filled-in rows say. The sheet is valid."""
        return {row.recommendation: reading_of(row.form.cleaned_data, [row.decision]) for row in self.filled_in}

    def refuse(self, refused: SeveralRefused) -> None:
        """Show each refusal in its row."""
        for row in self.filled_in:
            if row.recommendation.pk in refused.each:
                row.refuse(refused.each[row.recommendation.pk])


def _was_sent(recommendation: Recommendation, sent: QueryDict | None) -> bool:
    """Whether the row was on the page that was sent; one that was published since then was not."""
    return sent is not None and f"r{recommendation.pk}-seen" in sent
