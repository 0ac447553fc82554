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

from tracker.admin.paging import MOST_COUNTED
from tracker.admin.translations_file import FileForm
from tracker.models import Conclusion, FollowUp, Language, Recommendation
from tracker.models.untranslated import TRANSLATED, lacks, missing_keys, missing_numbers, missing_texts

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
    numbers: list[tuple[str, str, str]]
    """Address, language, number: "10000+" where there are more; "" for none."""


class Missing:
    """The rows of one list, of which a page is fetched. ``numbers``: how many each of ``missing_keys`` has."""

    def __init__(self, model: type[models.Model], language: str, numbers: list[int]) -> None:
        self.model, self.numbers = model, numbers
        self.parts = list(zip(missing_keys(model, language), numbers, strict=True))

    def __len__(self) -> int:
        return min(sum(self.numbers), MOST_COUNTED)

    def __getitem__(self, rows: slice) -> list[Any]:
        """Return rows as they stand one after another in the parts; a query for each part of which there are some."""
        found: list[Any] = []
        passed = 0
        for keys, number in self.parts:
            start, stop = max(rows.start - passed, 0), min(rows.stop - passed, number)
            if start < stop:
                found += _detailed(self.model).filter(pk__in=keys[start:stop])
            passed += number
        return found


def translations_view(request: HttpRequest) -> TemplateResponse:
    """List what is not translated, of one sort of object and in one language or any, each with a link to its form."""
    seen = {model._meta.model_name: model for model in TRANSLATED if _may_see(request, model)}
    numbers = missing_numbers(MOST_COUNTED + 1)
    sorts = list(_sorts(seen, numbers))
    name, language = request.GET.get("model", _first(sorts)), request.GET.get("language", "")
    if (name and name not in seen) or language not in {"", *Language.values}:
        raise BadRequest(_("There is no such list: choose one of those on the page."))
    rows: Any = Missing(seen[name], language, numbers[name][language]) if name else []
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


def _detailed(model: type[models.Model]) -> Any:
    """Return the rows of a model in the order of the list, with what a line of it shows."""
    rows: Any = model._default_manager.all()
    if model is FollowUp:
        return rows.select_related("recommendation", "actor").prefetch_related("translations").order_by("pk")
    if model is Recommendation:
        rows = rows.in_order()
    relations = [one.name for one in model._meta.fields if one.name in {"forum", "roundtable"}]
    return rows.select_related(*relations) if relations else rows


def _sorts(seen: dict[Any, type[models.Model]], numbers: dict[str, dict[str, list[int]]]) -> Iterator[Sort]:
    for name, model in seen.items():
        yield Sort(
            name,
            str(capfirst(model._meta.verbose_name_plural)),
            [(f"?model={name}&language={code}", code, _said(parts)) for code, parts in numbers[name].items()],
        )


def _said(parts: list[int]) -> str:
    number = sum(parts)
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number or "")


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
