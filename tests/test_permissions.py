"""Who may do what: every verb for every role."""

import pytest
from django.contrib.auth.models import Group

from tests.factories import (
    AdministratorFactory,
    EditorFactory,
    ReviewerFactory,
    SuperuserFactory,
    UserFactory,
    system_account,
)
from tracker.errors import Refused
from tracker.models import User
from tracker.permissions import Verb, create_groups, may, require

pytestmark = pytest.mark.django_db

ROLES = {
    "account": UserFactory,
    "editor": EditorFactory,
    "reviewer": ReviewerFactory,
    "administrator": AdministratorFactory,
    "superuser": SuperuserFactory,
    "system": system_account,
}
MAY: dict[Verb, str] = {
    Verb.SUBMIT: "editor reviewer administrator superuser system",
    Verb.RETURN: "reviewer administrator superuser system",
    Verb.PUBLISH: "reviewer administrator superuser system",
    Verb.RETRACT: "reviewer administrator superuser system",
    Verb.WITHHOLD: "administrator superuser system",
    Verb.WAIVE: "administrator superuser system",
    Verb.PUBLISH_RECOMMENDATION: "reviewer administrator superuser system",
    Verb.CORRECT_WORDS: "reviewer administrator superuser system",
    Verb.WITHDRAW: "reviewer administrator superuser system",
}


def test_table_holds_every_verb() -> None:
    assert MAY.keys() == set(Verb)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", Verb)
def test_verb_of_role(verb: Verb, role: str) -> None:
    user: User = ROLES[role]()
    assert may(user, verb) == (role in MAY[verb].split())


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator", "superuser"])
@pytest.mark.parametrize("verb", Verb)
def test_who_has_left_may_nothing(verb: Verb, role: str) -> None:
    user: User = ROLES[role](is_active=False)
    assert not may(user, verb)


@pytest.mark.parametrize(
    ("verb", "named"),
    [
        (Verb.PUBLISH, "publish entries"),
        (Verb.PUBLISH_RECOMMENDATION, "publish recommendation"),
        (Verb.WITHHOLD, "withhold entries"),
    ],
)
def test_refusal_names_the_right(verb: Verb, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        require(UserFactory(), verb)
    assert str(refusal.value) == f"Your account may not do this: ask an administrator for the right “{named}”."


def test_groups_are_made_again_without_loss() -> None:
    """What an administrator added by hand stays; a group that was deleted comes back after the next migration."""
    editor = Group.objects.get(name="editor")
    mine = Group.objects.get(name="reviewer").permissions.get(codename="publish_followup")
    editor.permissions.add(mine)
    before = set(editor.permissions.all())
    Group.objects.filter(name="reviewer").delete()
    create_groups()
    assert set(editor.permissions.all()) == before
    assert may(ReviewerFactory(), Verb.PUBLISH)


def test_staff_may_edit_at_the_desk_what_is_no_account() -> None:
    codenames = set(Group.objects.get(name="editor").permissions.values_list("codename", flat=True))
    assert {"add_followup", "change_recommendation", "view_actor", "delete_evidence"} <= codenames
    assert not {name for name in codenames if name.endswith(("_user", "_recordevent", "_recordhead", "_statuschange"))}
