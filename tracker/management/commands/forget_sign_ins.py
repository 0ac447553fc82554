"""``manage.py forget_sign_ins``: what says when staff work is kept for a year (docs/decisions/0011)."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.record.audit import forget_sessions

KEPT = dt.timedelta(days=365)


class Command(BaseCommand):
    """Delete sign-ins, failed ones and sign-outs that are older than a year from the audit list."""

    help = "Delete sign-ins, failed sign-ins and sign-outs older than a year from the audit list. Run it weekly."

    def handle(self, **options: Any) -> None:
        """Delete them and say how many."""
        number = forget_sessions(before=timezone.now() - KEPT)
        self.stdout.write(f"{number} sign-ins, failed sign-ins and sign-outs older than {KEPT.days} days deleted.")
