"""Accounts: made, given rights, deactivated; never deleted, since the record names who published."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import RecordAdmin
from tracker.admin.stale import Versioning
from tracker.models import User


class AccountForm(Versioning, UserChangeForm):  # type: ignore[type-arg]
    """An account; nobody locks themselves out."""

    asked_by: Any = None

    def clean(self) -> dict[str, Any]:
        """Refuse to take from oneself what one needs to come back."""
        cleaned = super().clean()
        if self.instance == self.asked_by:
            for name in ("is_active", "is_staff"):
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, ValidationError(_("This is your own account: ask a colleague to close it.")))
        return cleaned


@admin.register(User)
class AccountAdmin(RecordAdmin, UserAdmin):  # type: ignore[type-arg]
    """Staff's accounts."""

    form = AccountForm
    list_display = ("username", "first_name", "last_name", "is_active", "group_names", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", ("first_name", "last_name"), "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Important dates"), {"fields": (("last_login", "date_joined"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the groups along."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who is asking."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.asked_by = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the groups as boxes to tick."""
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("groups"))
    def group_names(self, user: User) -> str:
        """Return the names of the groups."""
        return ", ".join(group.name for group in user.groups.all())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave the system account alone: it published the first load and can never sign in."""
        return not (obj and obj.is_system) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are never deleted: deactivate them."""
        return False
