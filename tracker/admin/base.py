"""The base of every desk page: it holds the lock, refuses stale and doubled edits, and keeps what was typed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.forms.models import _get_foreign_key
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from tracker.admin import once
from tracker.admin.diary_links import diary_links
from tracker.admin.history import page_of, sources_of
from tracker.admin.links import LinksBesideTitle
from tracker.admin.paging import BoundedPaginator, KeysFirst
from tracker.admin.rows import LabelledRows, RowSet
from tracker.admin.stale import VersionedForm, differences, last_change
from tracker.admin.translations import mark_untranslated, side_by_side, translate_links
from tracker.errors import Refused
from tracker.forms import RefusesNul
from tracker.forms.keys import is_key as is_key
from tracker.models import Evidence, Language
from tracker.models.fields import Versioned
from tracker.record.audit import note_deletion
from tracker.record.chain import lock_head, writing

URL_OVERRIDES: dict[Any, dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


class ForgivingPicker:
    """Leaves out of what is shown as chosen whatever is no key: its field refuses it, in words."""

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        """Return the options for what can be a key."""
        keys = [key for key in value if not key or is_key(str(key))]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]


class Picker(ForgivingPicker, AutocompleteSelect):
    """A picker that does not ask the database for the name of what is chosen where the row came with it."""

    known: models.Model | None = None

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say what to do where nothing is chosen, which also names the field for those who do not see it."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": _("Type to search")}

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        """Return the chosen option, and the empty one."""
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        choices: Any = self.choices
        chosen = self.create_option(name, self.known.pk, choices.field.label_from_instance(self.known), True, 1)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*empty, chosen], 0)]


class FieldsMixin:
    """Pickers instead of lists with hundreds of options, and labels that name the language of a text."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Use our picker for the autocomplete fields."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = Picker(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say in which language each column of a translated text is; leave changing what is chosen to its own form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        name, _underscore, language = db_field.name.rpartition("_")
        if field is not None and language in Language.values and hasattr(db_field.model, name):
            field.label = f"{capfirst(str(field.label))} ({Language(language).label})"
        return field


class SideBySide:
    """A form in which the languages of each text stand side by side."""

    model: Any

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make a line of each text, with a column for each language."""
        return side_by_side(self.model, super().get_fieldsets(request, obj))  # type: ignore[misc]


def tell_pickers(form: Any) -> None:
    """Give each picker of a form the object that its instance already holds."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, Picker):
            relation = form.instance._meta.get_field(name)
            widget.known = getattr(form.instance, name) if relation.is_cached(form.instance) else None


class RowForm(RefusesNul):
    """A row of an inline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_pickers(self)

    def _post_clean(self) -> None:
        """Leave alone what was not changed: a collective of hundreds would ask the database about each member."""
        if self.instance.pk is None or self.has_changed():  # type: ignore[attr-defined]
            super()._post_clean()  # type: ignore[misc]


class RowModelForm(RowForm, forms.ModelForm):  # type: ignore[type-arg]
    """A row of an inline whose model has no form of its own."""


class RowsMixin(FieldsMixin):
    """What all inlines share."""

    extra = 0
    form: Any = RowModelForm


class Rows(RowsMixin, admin.TabularInline):  # type: ignore[type-arg]
    """Rows of a table within the form of what they belong to."""

    template = "admin/tracker/rows.html"
    formset = LabelledRows
    formfield_overrides = URL_OVERRIDES


class Blocks(SideBySide, RowsMixin, admin.StackedInline):  # type: ignore[type-arg]
    """Blocks of fields within the form of what they belong to, for long texts."""

    formset = RowSet
    formfield_overrides = URL_OVERRIDES


class RecordAdmin(SideBySide, FieldsMixin, LinksBesideTitle, admin.ModelAdmin):  # type: ignore[type-arg]
    """The base of every ModelAdmin of ours.

    A POST holds the lock of the record's writers from before its first query to its last, so that it waits for other
    writers instead of meeting them halfway. What an action refuses is shown in the form, with all that was typed.
    """

    form: Any = VersionedForm
    formfield_overrides = URL_OVERRIDES
    save_as = False
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every choice of every filter
    list_per_page = 50
    sheet_kind = ""
    """The kind of spreadsheet from which rows of the model are imported, where there is one."""
    paginator = BoundedPaginator

    class Media:
        js = ["tracker/admin.js"]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show or save the form; show it again where an action refused."""

        def view() -> Any:
            return super(RecordAdmin, self).changeform_view(request, object_id, form_url, extra_context)

        if request.method != "POST":
            return view()
        try:
            return self._holding_the_lock(request, view, adding=object_id is None)
        except Refused as refusal:
            discard_stored(request)
            request.refusal = refusal  # type: ignore[attr-defined]
            return self._holding_the_lock(request, view, adding=False)

    def _holding_the_lock(self, request: HttpRequest, view: Callable[[], Any], *, adding: bool) -> Any:
        with transaction.atomic():
            lock_head()
            earlier = once.earlier_answer(request) if adding else None
            if earlier:
                messages.info(request, _("This form was sent twice: it was saved once."))
                return HttpResponseRedirect(earlier)
            answer = view()
            if adding and isinstance(answer, HttpResponseRedirect):
                once.remember_answer(request, answer.url)
            return answer

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Delete while holding the lock."""
        with transaction.atomic():
            if request.method == "POST":
                lock_head()
            return super().delete_view(request, object_id, extra_context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysFirst]:
        """Find the keys of a page first, and then its rows."""
        return KeysFirst

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Run actions on several rows while holding the lock."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            lock_head()
            return super().changelist_view(request, extra_context)

    def response_action(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Leave out chosen rows that are no keys, instead of failing on them."""
        chosen = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if is_key(key)]
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
        return super().response_action(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form class; it knows what an action refused in this request."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Fill in what the address says, but for keys that are none."""
        asked: dict[str, Any] = super().get_changeform_initial_data(request)
        keys = {field.name for field in self.opts.fields if field.is_relation}
        return {name: value for name, value in asked.items() if name not in keys or is_key(value)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and count the version on. Rows of inlines are saved after this, under the same version."""
        with writing():
            if change and isinstance(obj, Versioned) and not self.is_frozen(obj):
                obj.version += 1
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, write down who did, and let the public pages know that something changed."""
        user: Any = request.user
        with writing():
            note_deletion(obj, by=user)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete several, write down who did, and let the public pages know that something changed."""
        user: Any = request.user
        with writing():
            for obj in queryset:
                note_deletion(obj, by=user)
            super().delete_queryset(request, queryset)

    def is_frozen(self, obj: Any) -> bool:
        """Whether the database refuses changes of the row, its version included."""
        return False

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Add what our form template shows: versions, differences of a stale edit, and files to choose again."""
        form = context["adminform"].form
        tell_pickers(form)
        for each in (form, *(row for inline in context["inline_admin_formsets"] for row in inline.formset.forms)):
            mark_untranslated(each)
        context["page_links"] = self.links_beside(request, obj) if obj else []
        context["more_links"] = [*diary_links(request.user, obj), *translate_links(request.user, obj)]
        context["submission"] = request.POST.get(once.FIELD) or once.new_submission()
        if getattr(form, "stale", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["differences"] = list(differences(form, formsets))
            context["last_change"] = last_change(obj)
        if form.is_bound and request.FILES:
            names = ", ".join(str(file.name) for files in request.FILES.lists() for file in files[1])
            messages.warning(request, _("Choose the file again (%(names)s): it is not kept.") % {"names": names})
        return super().render_change_form(request, context, add, change, form_url, obj)


def discard_stored(request: HttpRequest) -> None:
    """Remove the files that a refused request had stored already."""
    for name in getattr(request, "stored_files", []):
        with suppress(OSError):
            default_storage.delete(name)


def note_stored(request: HttpRequest, formset: Any) -> None:
    """Remember which files a request has stored, for ``discard_stored``."""
    sent = [form.instance for form in formset.forms if "file" in form.changed_data]
    stored = [row.file.name for row in sent if isinstance(row, Evidence) and row.file]
    request.stored_files = [*getattr(request, "stored_files", []), *stored]  # type: ignore[attr-defined]


class WithHistory(RecordAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """The base for everything but the record, which is its own history."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> TemplateResponse:
        """Show what happened to the object and its rows, old and new side by side. It outlives the object."""
        found = self.get_object(request, object_id)
        sources = sources_of(self.model, self.history_rows(request, found))
        last = None if found or not is_key(object_id) else sources[0].of(object_id).order_by("history_id").last()
        obj = last.instance if last else found
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(name)s") % {"name": obj},
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "history": page_of(sources, obj.pk, request.GET.get("p")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/tracker/history.html", context)

    def history_rows(self, request: HttpRequest, obj: Any) -> Iterator[tuple[Any, str]]:
        """Yield the models of the form's rows, each with its foreign key to the object."""
        for inline in self.get_inlines(request, obj):
            yield inline.model, _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
