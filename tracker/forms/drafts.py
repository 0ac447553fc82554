"""Recommendations that are not published yet, several on one page: pasted, or to be corrected in place."""

import hashlib
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.actions.drafting import Draft, headline_of
from tracker.forms.pasted import LONGEST_HEADLINE, first_words, not_yet, same_words, split_pasted
from tracker.forms.text import RefusesNul
from tracker.models import Language, Nature, Recommendation, Roundtable

MOST_ROWS = 200
LONGEST_LIST = 200_000
LONGEST_WORDS = 100_000


class BatchForm(RefusesNul, forms.Form):
    """What is the same for all recommendations that are pasted together."""

    language = forms.ChoiceField(label=_("Official language"), choices=Language.choices, initial=Language.ENGLISH)
    source_document = forms.CharField(label=_("Source document"), max_length=200, required=False)


class PasteForm(BatchForm):
    """Takes a list as it is copied from a document; ``texts`` are then those that are not recorded yet."""

    text = forms.CharField(
        label=_("Recommendations"),
        help_text=_(
            "One a line, or one a bullet: a line without a bullet then belongs to the one before it, and a blank line "
            "ends it. You see them one by one before anything is saved."
        ),
        error_messages={"required": _("Paste the recommendations.")},
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
    )
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices, initial=Nature.REQUEST)

    field_order = ("text", "language", "nature", "source_document")

    def __init__(self, *args: Any, recorded: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recorded = recorded
        self.texts: list[str] = []
        self.left_out = 0

    def clean_text(self) -> str:
        """Take the list apart; refuse one that is too long, and one that holds nothing new."""
        text: str = self.cleaned_data["text"]
        found = split_pasted(text)
        self.texts = not_yet(found, self.recorded)
        self.left_out = len(found) - len(self.texts)
        if len(self.texts) > MOST_ROWS:
            raise forms.ValidationError(
                _("These are %(number)d recommendations: paste at most %(most)d at a time.")
                % {"number": len(self.texts), "most": MOST_ROWS}
            )
        if not self.texts:
            raise forms.ValidationError(_("All of this is recorded in the roundtable already, or is empty."))
        return text

    def rows(self, first_number: int) -> list[dict[str, Any]]:
        """Return what the rows of the pasted texts begin with, numbered from ``first_number``."""
        given = self.cleaned_data
        english = given["language"] == Language.ENGLISH
        return [
            {
                "number": number,
                "words": text,
                "headline": first_words(text) if english else "",
                "nature": given["nature"],
            }
            for number, text in enumerate(self.texts, first_number)
        ]


class DraftRow(RefusesNul, forms.Form):
    """One recommendation in a table of drafts; ``draft`` is the saved one, if it is."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=9999)
    words = forms.CharField(
        label=_("Official words"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField", "dir": "auto"}),
        error_messages={"required": _("Enter the official words, or leave the row out.")},
    )
    headline = forms.CharField(
        label=_("Headline (English)"),
        max_length=LONGEST_HEADLINE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say it in a few words of your own, at most 80 characters.")},
    )
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices)

    def __init__(self, *args: Any, draft: Recommendation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.place = draft, ""
        self.empty_permitted = False  # an empty row is left out by its box, not by being empty

    @property
    def token(self) -> str:
        """The version of the saved draft that is being shown."""
        return str(self.draft.version) if self.draft else ""

    @property
    def key(self) -> str:
        """The key of the saved draft, or what was sent as such."""
        return str(self.draft.pk) if self.draft else str(self.data.get(self.add_prefix("key"), ""))

    def clean(self) -> dict[str, Any]:
        """Refuse what somebody else changed, deleted or published meanwhile; make a headline one line."""
        if self.key and self.draft is None:
            self.add_error(None, _("This draft was published or deleted meanwhile. Leave the row out."))
        elif self.draft and self.data.get(self.add_prefix("started_from")) != self.token:
            self.add_error(None, self._both_versions(self.draft))
        return self.cleaned_data

    def clean_headline(self) -> str:
        """Return the headline in one line."""
        return " ".join(str(self.cleaned_data["headline"]).split())

    def _both_versions(self, draft: Recommendation) -> str:
        return gettext(
            "Somebody else changed this since you opened it. It now reads: %(number)d, “%(words)s”, headline "
            "“%(headline)s”, %(nature)s. What you typed stands below: compare, then save."
        ) % {
            "number": draft.number,
            "words": draft.official_text,
            "headline": headline_of(draft),
            "nature": draft.get_nature_display(),
        }

    def value(self) -> Draft:
        """Return what was typed."""
        given = self.cleaned_data
        return Draft(given["number"], given["words"], given["headline"], given["nature"])


class DraftRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a roundtable: numbers and words must be its own, each once."""

    def __init__(
        self, *args: Any, roundtable: Roundtable, drafts: Iterable[Recommendation] = (), **kwargs: Any
    ) -> None:
        self.roundtable = roundtable
        self.drafts = {str(draft.pk): draft for draft in drafts}
        if drafts and "initial" not in kwargs:
            kwargs["initial"] = [_initial(draft) for draft in self.drafts.values()]
        super().__init__(*args, **{"prefix": "rows", **kwargs})

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Give each row the saved draft that it is about."""
        if index is None:
            return {}
        if self.is_bound:
            key = self.data.get(f"{self.prefix}-{index}-key", "")
        else:
            key = list(self.drafts)[index] if self.drafts else ""
        return {"draft": self.drafts.get(key)}

    def add_fields(self, form: DraftRow, index: int | None) -> None:
        """Add the box that leaves a row out, and say of each field which row it belongs to."""
        super().add_fields(form, index)
        form.place = gettext("row %(row)d") % {"row": (index or 0) + 1}
        form.fields["DELETE"].label = _("Delete") if form.draft else _("Leave out")
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {form.place}"

    def kept(self) -> list[DraftRow]:
        """Return the rows that are not left out."""
        return [form for form in self.forms if not self._should_delete_form(form)]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a number or words that another recommendation of the roundtable has, and a list without rows."""
        numbers, words = self._taken()
        for form in self.kept():
            given = form.cleaned_data
            _claim(form, "number", numbers, given.get("number"), _("%(other)s has this number."))
            _claim(form, "words", words, same_words(given.get("words", "")), _("These are the words of %(other)s."))
        if not self.kept() and not self.drafts:
            raise forms.ValidationError(_("Every row is left out: there is nothing to save."))

    def _taken(self) -> tuple[dict[Any, str], dict[Any, str]]:
        """Return whose the numbers and the words of the roundtable are, beside those of these rows."""
        shown = [form.draft.pk for form in self.forms if form.draft]
        others = self.roundtable.recommendations.exclude(pk__in=shown)
        rows = list(others.values_list("number", "official_text", "reference"))
        return {number: name for number, _text, name in rows}, {same_words(text): name for _number, text, name in rows}


def _claim(form: DraftRow, field: str, taken: dict[Any, str], value: Any, refusal: Any) -> None:
    """Let a row have a value that nobody has yet; otherwise say beside the field whose it is."""
    if value in taken:
        form.add_error(field, refusal % {"other": taken[value]})
    elif value:
        taken[value] = form.place


def _initial(draft: Recommendation) -> dict[str, Any]:
    return {
        "number": draft.number,
        "words": draft.official_text,
        "headline": headline_of(draft),
        "nature": draft.nature,
    }


def rows_of(*args: Any, **kwargs: Any) -> DraftRows:
    """Return the table of drafts; takes what ``DraftRows`` takes."""
    factory = forms.formset_factory(
        DraftRow,
        formset=DraftRows,
        extra=0,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )
    return cast("DraftRows", factory(*args, **kwargs))


def state_of(drafts: Iterable[Recommendation]) -> str:
    """Return what tells whether drafts are still those that somebody saw: their keys and versions, as a digest."""
    rows = " ".join(f"{draft.pk}.{draft.version}" for draft in drafts)
    return hashlib.sha256(rows.encode()).hexdigest()
