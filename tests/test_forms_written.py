"""Widgets are written as Django's templates write them."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from tracker.forms.written import Renderer

EVIL = """<b class="x">&'"""
GROUPED = [("", "–"), ("a", EVIL), (3, _("Save")), (EVIL, [("x", "X"), ("y", mark_safe("<b>Y</b>"))])]
WIDGETS = {
    "text": (forms.TextInput(attrs={"class": EVIL, "hidden": True, "required": False}), EVIL),
    "nothing": (forms.TextInput(), None),
    "number": (forms.NumberInput(), 0),
    "hidden": (forms.HiddenInput(), "1"),
    "email": (forms.EmailInput(), "a@example.org"),
    "address": (forms.URLInput(), "https://example.org/?a=1&b=2"),
    "password": (forms.PasswordInput(), "secret"),
    "date": (forms.DateInput(), "2020-01-01"),
    "box": (forms.CheckboxInput(), True),
    "file": (forms.ClearableFileInput(), None),
    "text area": (forms.Textarea(attrs={"rows": 4, "aria-label": _("Save")}), f"\n{EVIL}"),
    "empty text area": (forms.Textarea(), None),
    "one of some": (forms.Select(choices=GROUPED), 3),
    "none of some": (forms.Select(choices=[]), ""),
    "some": (forms.SelectMultiple(choices=GROUPED), ["a", "x"]),
    "yes or no": (forms.NullBooleanSelect(), True),
    "buttons": (forms.RadioSelect(choices=GROUPED, attrs={"class": "row"}), "y"),
    "boxes": (forms.CheckboxSelectMultiple(choices=GROUPED), ["a", EVIL]),
    "a date in parts": (forms.SelectDateWidget(years=[2020]), "2020-01-01"),
}


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("attrs", [None, {"id": "id_it"}])
def test_a_widget_is_written_as_its_template_writes_it(name: str, attrs: dict[str, str] | None) -> None:
    widget, value = WIDGETS[name]
    ours, theirs = (widget.render("it", value, attrs, renderer) for renderer in (Renderer(), DjangoTemplates()))
    assert parse_html(ours) == parse_html(theirs)


def test_a_text_that_begins_with_a_line_break_keeps_it() -> None:
    assert (
        forms.Textarea().render("it", "\nx", None, Renderer())
        == '<textarea name="it" cols="40" rows="10">\n\nx</textarea>'
    )


class Form(forms.Form):
    required_css_class = "required"
    name = forms.CharField(label=EVIL)
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A")], required=False)


@pytest.mark.parametrize("sent", [None, {"name": ""}, {"name": "x"}])
@pytest.mark.parametrize("ids", ["id_%s", False])
def test_labels_and_errors_are_written_as_their_templates_write_them(sent: Any, ids: Any) -> None:
    ours, theirs = (Form(sent, auto_id=ids, renderer=renderer) for renderer in (Renderer(), DjangoTemplates()))
    for one, other in zip(ours, theirs, strict=True):
        assert parse_html(one.label_tag() + str(one.errors)) == parse_html(other.label_tag() + str(other.errors))
        assert parse_html(one.legend_tag() + one.errors.as_ul()) == parse_html(
            other.legend_tag() + other.errors.as_ul()
        )


def test_the_site_uses_it() -> None:
    assert isinstance(Form().renderer, Renderer)
