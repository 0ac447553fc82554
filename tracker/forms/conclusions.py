"""The Chair's document at the desk: what is pasted or uploaded, and the rows in which its draft is corrected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from tracker.forms.addressing import AddressedActors, CollectivesField
from tracker.forms.text import RefusesNul
from tracker.models import Actor, Language, Nature, fold

LARGEST = 20 * 1024 * 1024
"""In bytes. The longest of the Chairs' documents has 60 pages and 2 MB."""
LONGEST_PASTED = 2_000_000
LONGEST_WORDS = 100_000
FIRST_FORUM, LAST_YEAR = 2007, 2100
PASTED = "text.txt"
"""The name under which pasted text is read."""


class DocumentForm(RefusesNul, forms.Form):
    """Takes the text of a document or its file; never both, and never nothing."""

    text = forms.CharField(
        label=_("Text of the document"),
        help_text=_("All of it, as it is copied: title, roundtables, recommendations, closing part."),
        max_length=LONGEST_PASTED,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField", "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("or its file"),
        help_text=_("Plain text, Markdown, HTML, DOCX or PDF with text. It is read, and not kept."),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
    )
    year = forms.IntegerField(
        label=_("Year of the Forum"),
        help_text=_("Only where the document does not say it, or says another. A Forum that is not recorded is new."),
        min_value=FIRST_FORUM,
        max_value=LAST_YEAR,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("as its words show")), *Language.choices], required=False
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("“%(name)s” has %(size)s; at most %(most)s are taken. Send a smaller one, or paste its text."),
                params={
                    "name": file.name,
                    "size": filesizeformat(file.size or 0),
                    "most": filesizeformat(LARGEST),
                },
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse two documents at once, and none."""
        given = self.cleaned_data
        text, file = str(given.get("text", "")).strip(), given.get("file")
        if text and file:
            raise forms.ValidationError(_("Paste the text or choose the file, not both: which of them is meant?"))
        if not text and file is None and not self.errors:
            raise forms.ValidationError(_("Paste the text of the document, or choose its file."))
        return given

    @property
    def content(self) -> bytes:
        """The document as it was sent."""
        file = self.cleaned_data["file"]
        if file:
            content: bytes = file.read()
            return content
        return str(self.cleaned_data["text"]).encode()

    @property
    def name(self) -> str:
        """The name of its file; pasted text has none of its own."""
        file = self.cleaned_data["file"]
        return str(file.name) if file else PASTED


class ChairsField(forms.CharField):
    """Names of actors, one a line, in any of the three languages. Its value is their keys, in order."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[str, ...]:
        """Refuse a name that no actor has."""
        names = [" ".join(line.split()) for line in str(super().clean(value)).splitlines() if line.strip()]
        return tuple(self._key_of(name) for name in names)

    def _key_of(self, name: str) -> str:
        columns = ("key", "name_en", "name_fr", "name_es")
        for key, *known in Actor.objects.filter(is_collective=False).values_list(*columns):
            if fold(name) in {fold(one) for one in known if one}:
                return str(key)
        raise forms.ValidationError(
            _("No actor is called “%(name)s” here: mend the name, or add the actor first."), params={"name": name}
        )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class NewForumForm(RefusesNul, forms.Form):
    """What is known of a Forum that is not recorded yet. With ``final`` the days must be there."""

    document_title = forms.CharField(label=_("Title of the conclusions"), max_length=200, required=False)
    presented_at = forms.CharField(label=_("Conclusions presented at"), max_length=200, required=False)
    central_theme = forms.CharField(label=_("Central theme"), max_length=300, required=False)
    host_city = forms.CharField(label=_("Host city"), max_length=120, required=False)
    host_country = forms.CharField(label=_("Host country (ISO 3166 code)"), max_length=2, required=False)
    opens_on = _day(_("Opens on"))
    closes_on = _day(_("Closes on"))
    chairs = ChairsField(
        label=_("Chairs"),
        help_text=_("The governments that chaired it, one a line, by their names here."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, final: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_on", "closes_on"):
            self.fields[name].required = final
            self.fields[name].error_messages["required"] = _("The document does not say it: enter the day.")

    def clean_host_country(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["host_country"]).upper()

    def clean(self) -> dict[str, Any]:
        """Refuse a Forum that closes before it opens."""
        given = self.cleaned_data
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The closing day cannot be before the opening day."))
        return given


class FactsForm(RefusesNul, forms.Form):
    """Which of the figures and contributors that were found are kept: each is ticked until it is not."""

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("figures", _("Figures")), ("contributors", _("Contributors"))):
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=choices[name], required=False, widget=forms.CheckboxSelectMultiple
            )


class PartForm(RefusesNul, forms.Form):
    """The title of a roundtable."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        error_messages={"required": _("Enter the title of the roundtable.")},
    )

    def __init__(self, *args: Any, final: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = final


class ItemForm(RefusesNul, forms.Form):
    """One item of the draft. ``shown`` says which of the fields there are for it where it now stands."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=9999)
    words = forms.CharField(
        label=_("Official words"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Enter the official words, or drop it.")},
    )
    place = forms.ChoiceField(label=_("Stands in"))
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices)
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    reiterates = forms.MultipleChoiceField(
        label=_("Repeats of earlier Forums"), required=False, widget=forms.CheckboxSelectMultiple
    )
    addressed = CollectivesField(label=_("Who is addressed"), required=False)

    def __init__(
        self,
        *args: Any,
        shown: Iterable[str],
        choices: Mapping[str, Sequence[tuple[str, Any]]],
        actors: Sequence[Actor] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(shown):
            del self.fields[name]
        for name, offered in choices.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        addressed = self.fields.get("addressed")
        if isinstance(addressed, CollectivesField):
            addressed.widget.collectives = actors
            self.initial["addressed"] = AddressedActors(self.initial.get("addressed", {}), actors)
