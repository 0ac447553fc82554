"""Who may do what: one enum of verbs, one question, and the groups that answer it."""

from enum import StrEnum

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.errors import Refused
from tracker.models import User


class Verb(StrEnum):
    """What happens to the record. Each value is the Django permission that allows it."""

    SUBMIT = "submit_followup"
    RETURN = "return_followup"
    PUBLISH = "publish_followup"
    RETRACT = "retract_followup"
    WITHHOLD = "withhold_followup"
    WAIVE = "waive_followup"
    PUBLISH_RECOMMENDATION = "publish_recommendation"
    CORRECT_WORDS = "correct_recommendation"
    WITHDRAW = "withdraw_recommendation"


WORDS: dict[Verb, str | Promise] = {
    Verb.SUBMIT: _("submit entries"),
    Verb.RETURN: _("return entries"),
    Verb.PUBLISH: _("publish entries"),
    Verb.RETRACT: _("retract entries"),
    Verb.WITHHOLD: _("withhold entries"),
    Verb.WAIVE: _("waive entries"),
    Verb.PUBLISH_RECOMMENDATION: _("publish recommendation"),
    Verb.CORRECT_WORDS: _("correct recommendation"),
    Verb.WITHDRAW: _("withdraw recommendation"),
}
"""What a refusal calls each right."""

EDITOR = {Verb.SUBMIT}
# What only an administrator does: lawful removal and doing without the second pair of eyes.
REVIEWER = set(Verb) - {Verb.WITHHOLD, Verb.WAIVE}
ADMINISTRATOR = set(Verb)

_DESK = (
    "actor membership forum forumchair forumcontributor forumfigure forumsource "
    "reportedtheme conclusion roundtable recommendation responsibility reiteration referencealias "
    "followup evidence partner restson entrytranslation diarynote documentimport sheetimport"
).split()
_VOCABULARIES = ("theme", "milestone")
_OF_ADMINISTRATORS = [f"{action}_{model}" for model in _VOCABULARIES for action in ("add", "change", "delete")]
_ACCOUNTS = ["add_user", "change_user", "view_user", "view_auditevent"]


def may(user: User, verb: Verb) -> bool:
    """Tell whether ``user`` may do ``verb``. The system account, which cannot sign in, publishes the first load."""
    return user.is_system or user.has_perm(f"tracker.{verb}")


def require(user: User, verb: Verb) -> None:
    """Refuse with ``not_allowed`` where ``user`` may not do ``verb``."""
    if not may(user, verb):
        raise Refused("not_allowed", verb=WORDS[verb])


def rights_of(user: User) -> QuerySet[Permission]:
    """Return the rights that an account has by its groups and by itself, active or not."""
    return Permission.objects.filter(Q(group__user=user) | Q(user=user))


def grantable(by: User) -> QuerySet[Group]:
    """Return the groups that ``by`` may give to others: with no right that ``by`` has not."""
    if by.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=rights_of(by))
    return Group.objects.exclude(pk__in=Group.objects.filter(permissions__in=beyond))


def may_manage(by: User, account: User) -> bool:
    """Tell whether ``by`` may change an account: one that has no right that ``by`` has not."""
    if account.is_system:
        return False
    if by.is_superuser:
        return True
    return not account.is_superuser and not rights_of(account).exclude(pk__in=rights_of(by)).exists()


def create_groups() -> None:
    """Make the groups of the three roles and give each its rights. Rights added by hand are kept."""
    desk = [f"{action}_{model}" for model in _DESK for action in ("add", "change", "delete", "view")]
    seen = [f"view_{model}" for model in _VOCABULARIES]
    for name, verbs, more in (
        ("editor", EDITOR, []),
        ("reviewer", REVIEWER, []),
        ("administrator", ADMINISTRATOR, [*_OF_ADMINISTRATORS, *_ACCOUNTS]),
    ):
        group, _created = Group.objects.get_or_create(name=name)
        codenames = [*desk, *seen, *(verb.value for verb in verbs), *more]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="tracker", codename__in=codenames))
