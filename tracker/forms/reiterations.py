"""Choosing what a recommendation repeats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.text import RefusesNul
from tracker.likeness import earlier_than, found_by
from tracker.models import Recommendation

LONGEST_SEARCH = 200
MOST_WORDS = 8


class SearchForm(RefusesNul, forms.Form):
    """Words to be sought in the recommendations of earlier Forums."""

    q = forms.CharField(
        label=_("Words or reference"),
        help_text=_("Of recommendations of earlier Forums: those that hold all of the words."),
        max_length=LONGEST_SEARCH,
        required=False,
    )

    def found(self, recommendation: Recommendation) -> list[Recommendation]:
        """Return what was found; nothing where nothing is sought, or it cannot be."""
        words = self.cleaned_data.get("q", "").split()[:MOST_WORDS] if self.is_valid() else []
        return found_by(recommendation, words) if words else []


class ReiterationsForm(forms.Form):
    """Takes the earlier recommendations that were ticked."""

    earlier = forms.ModelMultipleChoiceField(
        Recommendation.objects.none(),
        error_messages={"required": _("Tick what it repeats."), "invalid_choice": _("Choose again: this is none.")},
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["earlier"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = earlier_than(recommendation)
