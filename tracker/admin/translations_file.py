"""What is not translated as a file for translators: a workbook or a PO file, of one language and one sort or all."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tracker.imports.translations.po import written_po
from tracker.imports.translations.units import missing_units
from tracker.imports.translations.workbook import written_workbook
from tracker.models import Language
from tracker.models.translatable import MODELS

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "po": "text/x-gettext-translation; charset=utf-8",
}


class FileForm(forms.Form):
    """Asks into which language, of what, and as which file."""

    language = forms.ChoiceField(label=gettext_lazy("Into"), choices=Language)
    model = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    format = forms.ChoiceField(
        label=gettext_lazy("As"), choices=[("xlsx", gettext_lazy("Workbook (XLSX)")), ("po", gettext_lazy("PO file"))]
    )

    def __init__(self, data: Any, *, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.seen = [name for name in MODELS if user.has_perm(f"tracker.view_{name}")]
        sorts = [(name, capfirst(str(MODELS[name]._meta.verbose_name_plural))) for name in self.seen]
        self.fields["model"].choices = [("", gettext_lazy("Everything")), *sorts]  # type: ignore[attr-defined]


@require_safe
def translations_file(request: HttpRequest) -> HttpResponse:
    """Hand out what is untranslated of all that the member of staff may see."""
    form = FileForm(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest(_("There is no such list: choose one of those on the page."))
    language, model, kind = (form.cleaned_data[name] for name in ("language", "model", "format"))
    units = [unit for unit in missing_units(language=language, model=model) if unit.model in form.seen]
    content = written_po(units, language) if kind == "po" else written_workbook(units)
    name = "-".join(filter(None, ["untranslated", model, language]))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
