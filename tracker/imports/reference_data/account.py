"""The account that publishes what ships with the software."""

from django.db.models import Q

from tracker.models import FollowUp, Recommendation, User

USERNAME = "system"


def system_account() -> User:
    """Return the system account, made at the first need. It has no password and can never sign in."""
    user = User.objects.filter(is_system=True).first()
    if user is None:
        user = User(username=USERNAME, is_system=True, is_active=False)
        user.set_unusable_password()
        user.save()
    return user


def staff_have_begun(system: User) -> bool:
    """Tell whether anyone but the system account has published, withdrawn, retracted or removed anything."""

    def by_others(*verbs: str) -> Q:
        found = Q()
        for verb in verbs:
            found |= Q(**{f"{verb}_by__isnull": False}) & ~Q(**{f"{verb}_by": system})
        return found

    return (
        FollowUp.objects.filter(by_others("published", "retracted", "withheld")).exists()
        or Recommendation.objects.filter(by_others("published", "withdrawn")).exists()
    )
