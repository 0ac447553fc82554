"""Who may do what: one enum of verbs, and one question."""

from enum import StrEnum

from django.contrib.auth.models import Group, Permission

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


# What only an administrator does: lawful removal and doing without the second pair of eyes.
EDITOR = {Verb.SUBMIT}
REVIEWER = set(Verb) - {Verb.WITHHOLD, Verb.WAIVE}

_DESK = (
    "actor membership theme milestone forum forumchair forumcontributor forumfigure forumsource "
    "reportedtheme conclusion roundtable recommendation responsibility reiteration referencealias "
    "followup evidence partner restson entrytranslation"
).split()


def may(user: User, verb: Verb) -> bool:
    """Tell whether ``user`` may do ``verb``. The system account, which cannot sign in, publishes the first load."""
    return user.is_system or user.has_perm(f"tracker.{verb}")


def require(user: User, verb: Verb) -> None:
    """Refuse with ``not_allowed`` where ``user`` may not do ``verb``."""
    if not may(user, verb):
        raise Refused("not_allowed", verb=verb.value.replace("_", " ").replace("followup", "entries"))


def create_groups() -> None:
    """Make the groups ``editor`` and ``reviewer`` and give each its rights. Rights added by hand are kept."""
    desk = [f"{action}_{model}" for model in _DESK for action in ("add", "change", "delete", "view")]
    for name, verbs in (("editor", EDITOR), ("reviewer", REVIEWER)):
        group, _created = Group.objects.get_or_create(name=name)
        codenames = [*desk, *(verb.value for verb in verbs)]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="tracker", codename__in=codenames))
