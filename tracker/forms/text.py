"""The one base of every form of ours: text with NUL is refused in words (PostgreSQL cannot store it)."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

NO_NUL = ProhibitNullCharactersValidator(
    _("An invisible character (NUL) came along with the text, as happens when copying: remove it or type anew.")
)


class RefusesNul(forms.BaseForm):
    """Every text field refuses NUL and says what to do. Goes before the form class it is mixed into."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators = [
                    NO_NUL if isinstance(validator, ProhibitNullCharactersValidator) else validator
                    for validator in field.validators
                ]
