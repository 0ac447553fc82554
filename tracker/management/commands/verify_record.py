"""``manage.py verify_record``: is the record what its chain says?"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.record.verification import Verification, verify


class Command(BaseCommand):
    """Recompute the whole chain and compare every published row with it. Exit 0, or 1 with each problem named."""

    help = "Recompute the chain of the record and compare every published row with its payload."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = verify()
        self.stdout.write(_json(outcome) if options["format"] == "json" else _text(outcome))
        if not outcome.ok:
            sys.exit(1)


def _json(outcome: Verification) -> str:
    problems = [{"kind": p.kind, "reference": p.reference, "detail": p.detail} for p in outcome.problems]
    facts = {"ok": outcome.ok, "events": outcome.events, "head": outcome.head, "problems": problems}
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _text(outcome: Verification) -> str:
    if outcome.ok:
        return f"The record is what its chain says: {outcome.events} events.\nHead: {outcome.head}"
    lines = [f"The record is NOT what its chain says: {len(outcome.problems)} found."]
    return "\n".join([*lines, *map(str, outcome.problems)])
