"""The application's start: what happens before and after migrations, and the check that the guards are in place."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    """The GFMD recommendation tracker."""

    name = "tracker"
    verbose_name = _("GFMD recommendation tracker")

    def ready(self) -> None:
        """Connect the handlers around migrations and of sign-ins, and register the check."""
        from tracker.record.audit import listen

        pre_migrate.connect(_before_migrations, sender=self)
        post_migrate.connect(_after_migrations, sender=self)
        checks.register(checks.Tags.database)(check_triggers)
        listen()


def _before_migrations(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Drop the triggers: left in place, they break table remakes and column changes."""
    from tracker.record.triggers import drop_triggers

    drop_triggers(connections[using])


def _after_migrations(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Open the record, put the triggers back, and give the two groups their rights."""
    from django.contrib.auth.management import create_permissions

    from tracker.permissions import create_groups
    from tracker.record.chain import open_record
    from tracker.record.triggers import create_triggers
    from tracker.search.engine import make_index

    if "tracker_recordhead" not in connections[using].introspection.table_names():
        return
    open_record(using)
    create_triggers(connections[using])
    make_index(connections[using])
    create_permissions(sender, using=using, verbosity=0)
    create_groups()


def check_triggers(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn where a trigger that keeps the record frozen is missing.

    A warning, not an error: ``migrate``, which puts triggers back, must still run (``check --fail-level WARNING``
    and ``verify_record`` fail).
    """
    from tracker.record.triggers import missing_names

    messages: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "tracker_recordhead" not in connection.introspection.table_names():
            continue
        messages += [
            checks.Warning(
                f"The trigger {name} is missing or not ours: what is published could change, or pages be old.",
                hint="Run manage.py migrate, which puts every trigger back; then manage.py verify_record.",
                id="tracker.W001",
            )
            for name in sorted(missing_names(connection))
        ]
    return messages
