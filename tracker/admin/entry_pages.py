"""What can be done to an entry, each on a page of its own: publish with reasons, submit, return, correct."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.admin.acts import ElsewherePage, siblings_of
from tracker.admin.entry_removal import RetractPage, WithholdPage, only_published
from tracker.admin.pages import Page, PageForm, reason_field
from tracker.errors import Refused
from tracker.forms.keys import SeveralField
from tracker.models import FollowUp
from tracker.permissions import Verb, may

State = FollowUp.State


def published_words(*entries: FollowUp) -> str:
    """Return the sentence that says under which references entries were published, with a link to each."""
    links = ((entry.get_absolute_url(), entry.reference) for entry in entries)
    return format_html(gettext("Published as {}."), format_html_join(", ", '<a href="{}">{}</a>', links))


def _waits_for_another(entry: FollowUp, by: Any) -> bool:
    """Whether a second person is to see it: what a body reports, where ``by`` or nobody submitted it."""
    return entry.basis == FollowUp.Basis.REPORTED and entry.submitted_by_id in {None, by.pk}


def needs_words(entry: FollowUp, by: Any) -> bool:
    """Whether publishing asks for a reason first: a correction, or the waiver of the second pair of eyes."""
    return entry.replaces_id is not None or (_waits_for_another(entry, by) and may(by, Verb.WAIVE))


class SiblingsField(SeveralField):
    """The drafts of the same act on other recommendations, to be ticked."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            FollowUp.objects.none(), required=False, label=label, widget=forms.CheckboxSelectMultiple, help_text=_SAME
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return on which recommendation it is, and how far it is."""
        return f"{obj.recommendation}: {obj.get_state_display()}"


_SAME = _("The same act, logged on other recommendations. All that are ticked go together, or none.")


def _offer_siblings(form: PageForm, offered: list[FollowUp]) -> None:
    """Offer, ticked, the siblings to which the same can be done; leave the question out where there are none."""
    together = form.fields["together"]
    if not offered:
        del form.fields["together"]
    elif isinstance(together, SiblingsField):
        keys = [entry.pk for entry in offered]
        together.queryset = siblings_of(form.subject).filter(pk__in=keys)
        form.initial["together"] = keys


def siblings_to_publish(entry: FollowUp, by: Any) -> list[FollowUp]:
    """Return the entries of the same act that ``by`` may publish in the same step."""
    waiting = siblings_of(entry).filter(state__in=[State.DRAFT, State.SUBMITTED])
    if entry.replaces_id is not None or _waits_for_another(entry, by):
        return []
    return [other for other in waiting if not _waits_for_another(other, by)]


def siblings_to_submit(entry: FollowUp) -> list[FollowUp]:
    """Return the entries of the same act that can be submitted in the same step."""
    return [] if entry.replaces_id else list(siblings_of(entry).filter(state__in=[State.DRAFT, State.RETURNED]))


class PublishForm(PageForm):
    """Asks for the reasons that this publication needs, and what of the same act is published with it."""

    together = SiblingsField(_("Publish in the same step"))
    reason = reason_field()
    waiver = forms.CharField(
        label=_("Why one person is enough"),
        required=False,
        max_length=500,
        help_text=_("What a body reports is seen by two people. To waive that, say why; it is kept and shown."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def prepare(self) -> None:
        """Ask for nothing that does not apply."""
        if self.subject.replaces_id is None:
            del self.fields["reason"]
        if not (_waits_for_another(self.subject, self.by) and may(self.by, Verb.WAIVE)):
            del self.fields["waiver"]
        _offer_siblings(self, siblings_to_publish(self.subject, self.by))


class PublishPage(Page):
    """Publish a draft or submitted entry."""

    slug, verb, form = "publish", Verb.PUBLISH, PublishForm
    title, button = _("Publish"), _("Publish")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what is published already, or was returned."""
        if subject.is_on_record:
            return Refused("already_published", reference=subject.reference)
        return Refused("is_returned") if subject.state == State.RETURNED else None

    def consequences(self, subject: FollowUp) -> Sequence[Any]:
        """Say that it is for ever."""
        sentences: list[Any] = [
            _("Once published it is frozen: it can be corrected or retracted, in public, but not changed.")
        ]
        if subject.replaces:
            sentences.append(
                _("%(reference)s is retracted in the same step, with your reason; what rested on it rests on this.")
                % {"reference": subject.replaces.reference}
            )
        return sentences

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Publish it, as a correction where it is one."""
        entries = [subject, *cleaned.get("together", [])]
        return publish(entries, by=by, reason=cleaned.get("reason", ""), waiver=cleaned.get("waiver", ""))


def publish(entries: list[FollowUp], *, by: Any, reason: str = "", waiver: str = "") -> str:
    """Publish entries of one act, or one as the correction that it is; return the sentence that says so."""
    if len(entries) > 1:
        return published_words(*actions.publish_several(entries, by=by))
    entry = entries[0]
    if entry.replaces:
        correction = actions.correct(entry.replaces, by=by, replacement=entry, reason=reason, waiver=waiver)
        return published_words(correction)
    return published_words(actions.publish(entry, by=by, waiver=waiver))


class SubmitForm(PageForm):
    """Asks what of the same act is submitted with it."""

    together = SiblingsField(_("Submit in the same step"))

    def prepare(self) -> None:
        """Offer the drafts of the same act."""
        _offer_siblings(self, siblings_to_submit(self.subject))


class SubmitPage(Page):
    """Hand a draft to a reviewer."""

    slug, verb, form = "submit", Verb.SUBMIT, SubmitForm
    title, button = _("Submit to a reviewer"), _("Submit it")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what is submitted or published already."""
        state = str(subject.get_state_display()).lower()
        return None if subject.state in {State.DRAFT, State.RETURNED} else Refused("not_draft", state=state)

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Submit it, and those ticked."""
        actions.submit_together([subject, *cleaned.get("together", [])], by=by)
        return _("Submitted: a reviewer sees it now.")


class ReasonForm(PageForm):
    """Asks for a reason that its author reads."""

    reason = reason_field(public=False)


class ReturnPage(Page):
    """Give a submitted entry back to its author."""

    slug, verb, form = "return", Verb.RETURN, ReasonForm
    title, button = _("Return to its author"), _("Return it")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what was not submitted."""
        state = str(subject.get_state_display()).lower()
        return None if subject.state == State.SUBMITTED else Refused("not_submitted", state=state)

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Return it with the reason."""
        actions.return_to_author(subject, by=by, reason=cleaned["reason"])
        return _("Returned to its author with your reason.")


class CorrectPage(Page):
    """Begin a correction: a draft filled in from what is published."""

    slug, verb = "correct", Verb.RETRACT
    title, button = _("Correct"), _("Begin the correction")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what is not published."""
        return only_published(subject)

    def consequences(self, subject: FollowUp) -> Sequence[Any]:
        """Say how it goes."""
        return [
            _("You get a draft that is filled in from this entry. Nothing changes in public while you work on it."),
            _("Publish it with a reason: it takes the place of this entry, which is retracted in the same step."),
        ]

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Make the draft; the admin leads to it."""
        subject.leads_to = actions.start_correction(subject, by=by)  # type: ignore[attr-defined]
        return _("This draft corrects %(reference)s: mend it, then publish it with a reason.") % {
            "reference": subject.reference
        }


PUBLISH, SUBMIT = PublishPage(), SubmitPage()
PAGES: tuple[Page, ...] = (CorrectPage(), ElsewherePage(), RetractPage(), WithholdPage(), SUBMIT, PUBLISH, ReturnPage())


def page_for_act(pressed: Collection[str], entry: FollowUp, *, by: Any) -> Page | None:
    """Return the page that asks whether a pressed button is meant for the siblings too; None where there are none."""
    if {"_publish", "_publish_another"} & set(pressed) and may(by, Verb.PUBLISH) and siblings_to_publish(entry, by):
        return PUBLISH
    return SUBMIT if "_submit" in pressed and siblings_to_submit(entry) else None
