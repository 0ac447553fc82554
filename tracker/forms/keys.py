"""Keys as they are sent: what cannot be the key of a row is refused before the database is asked."""

from typing import Any

from django import forms


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) < 19


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows, chosen from those that are offered; neither database takes a number that is too large for it."""

    def _check_values(self, value: Any) -> Any:
        for key in value:
            if not is_key(str(key)):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super()._check_values(value)  # type: ignore[misc]
