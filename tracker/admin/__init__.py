"""The secretariat's desk, in Django's admin."""

from tracker.admin import (
    actors,
    audit,
    conclusions,
    diary,
    entries,
    events,
    forums,
    recommendations,
    sheets,
    users,
    vocabulary,
)

__all__ = [
    "actors",
    "audit",
    "conclusions",
    "diary",
    "entries",
    "events",
    "forums",
    "recommendations",
    "sheets",
    "users",
    "vocabulary",
]
