"""Accounts. People leave; what they published stays attributed to an account, which is anonymised, never deleted."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.fields import Language


class User(AbstractUser):
    """A member of staff, later a focal point, or the system account that publishes the first load."""

    is_system = models.BooleanField(
        _("system account"),
        default=False,
        editable=False,
        help_text=_("Publishes the record that ships with this software. It can never sign in."),
    )

    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        blank=True,
        help_text=_("In which the desk is shown. Empty: as the browser asks."),
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_system=False) | models.Q(is_active=False),
                name="user_system_cannot_sign_in",
                violation_error_message=_("The system account cannot sign in: leave it inactive."),
            )
        ]
