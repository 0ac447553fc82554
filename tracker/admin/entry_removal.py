"""Taking entries away: retracting in public, and lawful removal, each with what rests on them in the same step."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.actions.retraction import resting_on
from tracker.admin.pages import Page, PageForm, reason_field
from tracker.errors import Refused
from tracker.forms.keys import SeveralField
from tracker.models import FollowUp
from tracker.permissions import Verb

State = FollowUp.State
RETRACTED = "retract"


def only_published(subject: FollowUp) -> Refused | None:
    """Refuse what is not published."""
    state = str(subject.get_state_display()).lower()
    return None if subject.state == State.PUBLISHED else Refused("not_published", state=state)


def _resting(subject: FollowUp) -> list[FollowUp]:
    return resting_on(subject) if subject.state == State.PUBLISHED else []


class RestingField(SeveralField):
    """Assessments that go together with what they rest on."""

    def label_from_instance(self, obj: Any) -> str:
        """Return its reference, status and reasoning."""
        return _reading_words(obj)


def _reading_words(reading: FollowUp) -> str:
    return f"{reading.reference}: {reading.get_status_display()}. {reading.body}"


class TogetherForm(PageForm):
    """Asks for a reason, and which assessments go in the same step."""

    together = RestingField(
        FollowUp.objects.none(),
        required=False,
        label=_("Retract in the same step"),
        help_text=_("These published assessments rest on the entry. It cannot go while they stay."),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = reason_field()

    def prepare(self) -> None:
        """Offer the assessments that rest on the entry, or leave the question out."""
        resting = _resting(self.subject)
        if not resting:
            del self.fields["together"]
            return
        field = self.fields["together"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = FollowUp.objects.filter(pk__in=[entry.pk for entry in resting]).order_by("sequence")


class RetractPage(Page):
    """Take a published entry back, in public."""

    slug, verb, form, lasting = "retract", Verb.RETRACT, TogetherForm, True
    title, button = _("Retract"), _("Retract it")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what is not published."""
        return only_published(subject)

    def consequences(self, subject: FollowUp) -> Sequence[Any]:
        """Say what stays and what changes."""
        stays = _("It stays on its page, folded away, with the reason and the date. It no longer counts.")
        number = len(_resting(subject))
        words = ngettext(
            "%(number)d published assessment rests on it: tick it to retract it too, or correct the entry instead.",
            "%(number)d published assessments rest on it: tick them to retract them too, or correct the entry instead.",
            number,
        )
        return [stays, words % {"number": number}] if number else [stays]

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Retract it, and those ticked."""
        together = cleaned.get("together", [])
        actions.retract(subject, by=by, reason=cleaned["reason"], together_with=together)
        references = ", ".join(str(entry.reference) for entry in [subject, *together])
        return _("Retracted: %(references)s.") % {"references": references}


def replacements_of(reading: FollowUp, entry: FollowUp) -> list[FollowUp]:
    """Return the unfinished corrections of a reading that no longer rest on the entry."""
    drafts = reading.replaced_by.unpublished().exclude(state=State.RETURNED)
    return list(drafts.exclude(rests_on=entry).order_by("pk"))


def _choices(reading: FollowUp, entry: FollowUp) -> Iterator[tuple[str, Any]]:
    yield RETRACTED, _("Retract it, for the same reason")
    for draft in replacements_of(reading, entry):
        words = {"status": draft.get_status_display(), "reasoning": draft.body}
        yield str(draft.pk), _("Replace it with the draft that corrects it: %(status)s. %(reasoning)s") % words


class WithholdForm(PageForm):
    """Asks for the reason, and of each assessment that rests on the entry what becomes of it."""

    reason = reason_field()

    def prepare(self) -> None:
        """Ask of each reading whether it is retracted or replaced."""
        self.resting = _resting(self.subject)
        for reading in self.resting:
            self.fields[_name(reading)] = forms.ChoiceField(
                label=_reading_words(reading),
                choices=list(_choices(reading, self.subject)),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what becomes of this assessment: it cannot rest on nothing.")},
            )
        self.order_fields([*(_name(reading) for reading in self.resting), "reason"])

    def clean(self) -> dict[str, Any]:
        """Say of which readings what was chosen."""
        cleaned = super().clean() or self.cleaned_data
        chosen = {reading: cleaned.get(_name(reading), "") for reading in self.resting}
        cleaned["retracted"] = [reading for reading, choice in chosen.items() if choice == RETRACTED]
        cleaned["replaced"] = {
            reading: draft
            for reading, choice in chosen.items()
            for draft in replacements_of(reading, self.subject)
            if choice == str(draft.pk)
        }
        return cleaned


def _name(reading: FollowUp) -> str:
    return f"reading-{reading.pk}"


class WithholdPage(Page):
    """Remove the content of an entry, lawfully and for ever."""

    slug, verb, form, lasting = "withhold", Verb.WITHHOLD, WithholdForm, True
    title, button = _("Withhold (lawful removal)"), _("Remove its content for ever")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what was never published, or has been removed."""
        state = str(subject.get_state_display()).lower()
        possible = subject.state in {State.PUBLISHED, State.RETRACTED}
        return None if possible else Refused("not_on_record", state=state)

    def consequences(self, subject: FollowUp) -> Sequence[Any]:
        """Say everything that goes, what stays, and where else its files are."""
        return [
            _("Its title, text, what remains, evidence and files are deleted for ever, in translations and notes too."),
            _("Its reference, actor and dates stay, with your reason and today's date. The chain still verifies."),
            _("Nothing brings the content back. Copies that others made are not reached."),
            *_files_elsewhere(subject),
            *_resting_words(subject),
        ]

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Withhold it; retract or replace what rests on it."""
        actions.withhold(
            subject,
            by=by,
            reason=cleaned["reason"],
            retract_too=cleaned["retracted"],
            replacements=cleaned["replaced"],
        )
        return _("The content of %(reference)s was removed.") % {"reference": subject.reference}


def _files_elsewhere(subject: FollowUp) -> Iterator[Any]:
    """Say which other entries hold a file of the entry: there it stays. Its unfinished corrections go with it."""
    going = subject.replaced_by.unpublished()
    for evidence in subject.evidence.exclude(file=""):
        others = FollowUp.objects.holding(evidence).exclude(pk__in=going)
        links = format_html_join(", ", '<a href="{}">{}</a>', ((_change(other), _called(other)) for other in others))
        if links:
            said = gettext("The file “{}” is also held by {}, and stays there: withhold those too if it must go.")
            yield format_html(said, evidence.file_name, links)


def _resting_words(subject: FollowUp) -> Iterator[Any]:
    """Say where a replacement is drafted, for each reading that rests on the entry."""
    for reading in _resting(subject):
        address = reverse("admin:tracker_followup_correct", args=[reading.pk])
        said = gettext(
            '{} rests on it: it is retracted in the same step, or <a href="{}">draft its replacement first</a>.'
        )
        yield format_html(said, reading.reference, address)


def _change(entry: FollowUp) -> str:
    return reverse("admin:tracker_followup_change", args=[entry.pk])


def _called(entry: FollowUp) -> str:
    state = str(entry.get_state_display()).lower()
    return str(entry.reference) if entry.is_on_record else f"{entry.recommendation.reference} ({state})"
