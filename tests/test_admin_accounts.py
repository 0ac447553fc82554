"""Accounts: nobody raises their own rights, by no form, by no posted field, by nobody else's account."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests.admin_desk import Desk, errors
from tests.factories import (
    AdministratorFactory,
    EditorFactory,
    ReviewerFactory,
    SuperuserFactory,
    UserFactory,
    system_account,
)
from tracker.admin.users import AccountAdmin
from tracker.models import User
from tracker.permissions import grantable, may_manage

pytestmark = pytest.mark.django_db

PASSWORD = "a quite long password"
NEW = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}


def everything() -> dict[str, Any]:
    """Return what somebody would post who wanted every right."""
    return {
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)),
    }


def rights(user: User) -> tuple[bool, bool, list[str], int]:
    user = User.objects.get(pk=user.pk)
    groups = sorted(user.groups.values_list("name", flat=True))
    return user.is_superuser, user.is_staff, groups, user.user_permissions.count()


@pytest.mark.parametrize("make", [EditorFactory, ReviewerFactory])
def test_editors_and_reviewers_reach_no_account_their_own_included(make: Any) -> None:
    desk = Desk(make())
    before = rights(desk.user)
    own = reverse("admin:auth_user_password_change", args=[desk.user.pk])
    answers = [
        desk.client.post(desk.address("user_change", desk.user.pk), everything()),
        desk.client.post(desk.address("user_add"), {"username": "puppet", **NEW, **everything()}),
        desk.client.post(own, NEW),
        desk.client.post(reverse("admin:auth_group_change", args=[desk.user.groups.get().pk]), everything()),
        desk.client.post(desk.address("user_changelist"), {"action": "delete_selected", "_selected_action": ["1"]}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert rights(desk.user) == before
    assert not User.objects.filter(username="puppet").exists()


@pytest.mark.parametrize("make", [AdministratorFactory, SuperuserFactory])
def test_nobody_changes_their_own_rights(make: Any) -> None:
    desk = Desk(make())
    before = rights(desk.user)
    typed = desk.form("user_change", desk.user.pk)
    assert not {"is_active", "is_staff", "is_superuser", "groups"} & typed.keys()
    assert (
        desk.send("user_change", desk.user.pk, typed={**typed, **everything(), "first_name": "Ana"}).status_code == 302
    )
    assert rights(desk.user) == before
    assert User.objects.get(pk=desk.user.pk).first_name == "Ana"
    desk.send("user_change", desk.user.pk, typed=typed)
    assert (rights(desk.user), User.objects.get(pk=desk.user.pk).is_active) == (before, True)


def test_an_administrator_makes_no_superuser() -> None:
    desk, colleague = Desk(AdministratorFactory()), EditorFactory()
    typed = {**desk.form("user_change", colleague.pk), **everything()}
    assert desk.send("user_change", colleague.pk, typed=typed).status_code == 302
    assert rights(colleague) == (False, True, ["administrator", "editor", "reviewer"], 0)
    desk.fill("user_add", username="puppet", **NEW, **everything())
    assert rights(User.objects.get(username="puppet")) == (False, False, [], 0)


def test_a_superuser_does() -> None:
    desk, colleague = Desk(SuperuserFactory()), EditorFactory()
    desk.fill("user_change", colleague.pk, is_superuser="on")
    assert rights(colleague)[0] is True


def test_an_administrator_reaches_nobody_with_more_rights() -> None:
    desk = Desk(AdministratorFactory())
    beyond = Group.objects.create(name="beyond")
    beyond.permissions.add(Permission.objects.get(codename="change_group"))
    granted = EditorFactory()
    granted.user_permissions.add(Permission.objects.get(codename="change_group"))
    inactive = SuperuserFactory(is_active=False)
    for above in (SuperuserFactory(), EditorFactory(groups=["editor", "beyond"]), granted, inactive):
        before = (rights(above), above.password)
        place = reverse("admin:auth_user_password_change", args=[above.pk])
        answers = [
            desk.client.post(desk.address("user_change", above.pk), {"username": "mine", **everything()}),
            desk.client.post(place, NEW),
            desk.client.get(place),
        ]
        assert [answer.status_code for answer in answers] == [403] * 3
        above.refresh_from_db()
        assert (rights(above), above.password) == before


def test_an_administrator_gives_no_group_with_more_rights() -> None:
    desk, colleague = Desk(AdministratorFactory()), EditorFactory()
    beyond = Group.objects.create(name="beyond")
    beyond.permissions.add(Permission.objects.get(codename="change_group"))
    assert sorted(group.name for group in grantable(desk.user)) == ["administrator", "editor", "reviewer"]
    answer = desk.fill("user_change", colleague.pk, groups=[beyond.pk])
    assert [message.startswith("Select a valid choice.") for message in errors(answer)] == [True]
    assert rights(colleague)[2] == ["editor"]


@pytest.mark.parametrize("make", [EditorFactory, ReviewerFactory, AdministratorFactory])
def test_rights_of_groups_are_the_superusers_to_give(make: Any) -> None:
    desk = Desk(make())
    group = desk.user.groups.get()
    before = set(group.permissions.all())
    for page in ("change", "delete"):
        place = reverse(f"admin:auth_group_{page}", args=[group.pk])
        assert desk.client.post(place, {"name": "mine", "post": "yes", "permissions": []}).status_code == 403
    assert set(Group.objects.get(pk=group.pk).permissions.all()) == before


def test_the_right_to_change_accounts_alone_raises_nobody() -> None:
    """Whoever was given it by hand manages only accounts with no more rights than theirs."""
    keeper = UserFactory(is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    assert may_manage(keeper, UserFactory()) is True
    assert may_manage(keeper, EditorFactory()) is False
    assert list(grantable(keeper)) == []


def test_there_is_no_other_way_into_an_account() -> None:
    assert (list(AccountAdmin.inlines), list(AccountAdmin.list_editable)) == ([], [])
    page: Any = Desk(SuperuserFactory()).open("user_changelist")
    assert page.context["cl"].result_count >= 1
    assert "delete_selected" not in page.content.decode()


@pytest.mark.parametrize("make", [AdministratorFactory, SuperuserFactory])
def test_the_system_account_is_left_alone(make: Any) -> None:
    desk, system = Desk(make()), system_account()
    place = reverse("admin:auth_user_password_change", args=[system.pk])
    answers = [desk.client.post(desk.address("user_change", system.pk), everything()), desk.client.post(place, NEW)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert User.objects.get(pk=system.pk).has_usable_password() is False
