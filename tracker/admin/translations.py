"""Texts in three languages at the desk: side by side in each form, and a list of what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.admin.translations_file import FileForm
from tracker.models import Conclusion, FollowUp, Language
from tracker.models.untranslated import TRANSLATED, lacks, missing_numbers, missing_texts, untranslated

PER_PAGE = 50
CODES = frozenset(Language.values)


def side_by_side(model: type[models.Model], fieldsets: Any) -> list[Any]:
    """Return fieldsets in which each translated text is one line, with its columns in all languages."""
    return [(title, {**options, "fields": _lines(model, options["fields"])}) for title, options in fieldsets]


def _lines(model: type[models.Model], fields: Any) -> list[Any]:
    lines: list[Any] = []
    for line in fields:
        names = [line] if isinstance(line, str) else list(line)
        rest = [name for name in names if not _text_of(model, name)]
        lines += [tuple(rest) if len(rest) > 1 else rest[0]] if rest else []
        for text in dict.fromkeys(_text_of(model, name) for name in names):
            columns = tuple(f"{text}_{code}" for code in Language.values)
            lines += [columns] if text and columns not in lines else []
    return lines


def _text_of(model: type[models.Model], name: Any) -> str:
    """Return the name of the text of which ``name`` is the column in one language, or ''."""
    text, _underscore, language = str(name).rpartition("_")
    return text if language in CODES and hasattr(model, text) else ""


def mark_untranslated(form: Any) -> None:
    """Say beside each empty column of a text that is there in another language that it is not translated."""
    if form.instance.pk is None:
        return
    for name, field in form.fields.items():
        text, language = _text_of(type(form.instance), name), name[-2:]
        if text and lacks(form.instance, text, language):
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} untranslated".strip()
            field.help_text = _("Not translated yet.")


@dataclass(frozen=True)
class Sort:
    """One sort of object on the list of what is missing, with its numbers by language; the last is of any."""

    name: str
    label: str
    numbers: list[tuple[str, str, int]]
    """Address, language, number."""


def translations_view(request: HttpRequest) -> TemplateResponse:
    """List what is not translated, of one sort of object and in one language or any, each with a link to its form."""
    seen = {model._meta.model_name: model for model in TRANSLATED if _may_see(request, model)}
    sorts = list(_sorts(seen))
    name, language = request.GET.get("model", _first(sorts)), request.GET.get("language", "")
    if (name and name not in seen) or language not in {"", *Language.values}:
        raise BadRequest(_("There is no such list: choose one of those on the page."))
    rows = _rows_of(seen[name], language) if name else FollowUp.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("What is not translated"),
        "sorts": sorts,
        "chosen": name,
        "language": language,
        "languages": Language.choices,
        "page": page,
        "rows": [_row_shown(row) for row in page],
        "file": FileForm(None, user=request.user, initial={"language": language or "fr"}),
    }
    return TemplateResponse(request, "admin/tracker/translations.html", context)


def _may_see(request: HttpRequest, model: type[models.Model]) -> bool:
    return bool(request.user.has_perm(f"tracker.view_{model._meta.model_name}"))


def _rows_of(model: type[models.Model], language: str) -> Any:
    rows = untranslated(model, language)
    if model is FollowUp:
        return rows.select_related("recommendation", "actor").prefetch_related("translations").order_by("reference")
    relations = [one.name for one in model._meta.fields if one.name in {"forum", "roundtable"}]
    return rows.select_related(*relations) if relations else rows


def _sorts(seen: dict[Any, type[models.Model]]) -> Iterator[Sort]:
    numbers = missing_numbers()
    for name, model in seen.items():
        of_model = numbers.get(name, {})
        yield Sort(
            name,
            str(capfirst(model._meta.verbose_name_plural)),
            [(f"?model={name}&language={code}", code, of_model.get(code, 0)) for code in ("", *Language.values)],
        )


def _first(sorts: list[Sort]) -> str:
    """Return the first sort of which something is missing."""
    return next((sort.name for sort in sorts if sort.numbers[0][2]), sorts[0].name if sorts else "")


def _row_shown(row: Any) -> dict[str, Any]:
    """Return what the list shows of a row: its name, its form, and what it lacks in each language."""
    missing = [(Language(code).label, code, missing_texts(row, code)) for code in Language.values]
    return {"name": str(row), "address": address_of(row), "missing": [one for one in missing if one[2]]}


def address_of(row: Any) -> str:
    """Return where the texts of a row are translated. A conclusion stands in the form of its Forum."""
    if isinstance(row, FollowUp):
        return reverse("admin:tracker_followup_translate", args=[row.pk])
    if isinstance(row, Conclusion):
        return f"{reverse('admin:tracker_forum_change', args=[row.forum_id])}#conclusions-group"
    return reverse(f"admin:tracker_{row._meta.model_name}_change", args=[row.pk])


def translate_links(user: Any, row: models.Model | None) -> list[dict[str, str]]:
    """Return the link to the translations of an entry, whose form holds its own language alone."""
    if not isinstance(row, FollowUp) or not user.has_perm("tracker.change_entrytranslation"):
        return []
    return [{"address": address_of(row), "label": _("Translations")}]
