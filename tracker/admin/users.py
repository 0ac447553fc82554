"""Accounts and groups: made, given rights, deactivated; never deleted, since the record names who published.

Nobody raises their own rights: not on their own account, not by one they take over, not by one they make.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import RecordAdmin
from tracker.admin.stale import Versioning
from tracker.models import AuditEvent, User
from tracker.permissions import grantable, may_manage
from tracker.record.audit import note

RIGHTS = ("is_active", "is_staff", "is_superuser", "groups")


class AccountForm(Versioning, UserChangeForm):  # type: ignore[type-arg]
    """An account."""


@admin.register(User)
class AccountAdmin(RecordAdmin, UserAdmin):  # type: ignore[type-arg]
    """Staff's accounts."""

    form = AccountForm
    list_display = ("username", "first_name", "last_name", "is_active", "group_names", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", ("first_name", "last_name"), ("email", "language"))}),
        (_("Rights"), {"fields": RIGHTS}),
        (_("Important dates"), {"fields": (("last_login", "date_joined"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the groups along."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave one's own rights to a colleague, and superusers to superusers."""
        if obj == request.user:
            return (*self.readonly_fields, *RIGHTS)
        return self.readonly_fields if request.user.is_superuser else (*self.readonly_fields, "is_superuser")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the groups as boxes to tick: those that may be given."""
        if db_field.name == "groups":
            user: Any = request.user
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "queryset": grantable(user)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("groups"))
    def group_names(self, user: User) -> str:
        """Return the names of the groups."""
        return ", ".join(group.name for group in user.groups.all())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave alone who has more rights, and the system account, which can never sign in."""
        user: Any = request.user
        return super().has_change_permission(request, obj) and (obj is None or may_manage(user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are never deleted: deactivate them."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write down what was changed of whose account, once the groups are saved too."""
        super().save_related(request, form, formsets, change)
        user: Any = request.user
        what = AuditEvent.What.ACCOUNT_CHANGED if change else AuditEvent.What.ACCOUNT_MADE
        note(what, by=user, account=form.instance, detail="; ".join(changes_told(form)))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set the password of an account; write it down where it is done."""
        before = self.get_object(request, id)
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        after = self.get_object(request, id)
        if before and after and after.password != before.password:
            note(AuditEvent.What.PASSWORD_CHANGED, by=request.user, account=after)  # type: ignore[arg-type]
        return answer


def changes_told(form: Any) -> list[str]:
    """Return what an account's form changed: of rights how they now are, of anything else its name alone."""
    told = []
    for name in form.changed_data:
        value = form.cleaned_data.get(name)
        if name == "groups":
            told.append(f"groups: {', '.join(group.name for group in value) or '–'}")
        else:
            told.append(f"{name}: {'yes' if value else 'no'}" if name in RIGHTS else name)
    return told


class RightsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rights by their own words, without the application and the model, which these repeat."""

    def label_from_instance(self, obj: Any) -> str:
        """Return "Can publish entries"."""
        return str(obj.name)


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(RecordAdmin, GroupAdmin):
    """Groups: for superusers, since who gives rights to a group may give them to themselves."""

    change_form_template = "admin/tracker/change_form.html"
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        """Show the rights as boxes to tick: Django's two lists need a script, and axe finds fault with their labels.

        Rights to histories are left out: whoever sees an object sees its history.
        """
        if db_field.name == "permissions":
            rights = Permission.objects.exclude(codename__contains="_historical")
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "queryset": rights, "form_class": RightsField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write down which rights the group now has, once they are saved."""
        super().save_related(request, form, formsets, change)
        user: Any = request.user
        rights = ", ".join(form.instance.permissions.values_list("codename", flat=True))
        note(AuditEvent.What.GROUP_CHANGED, by=user, subject=form.instance.name, detail=rights)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers alone."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers alone."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers alone."""
        return bool(request.user.is_superuser)
