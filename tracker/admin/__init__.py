"""The secretariat's desk, in Django's admin."""

from tracker.admin import actors, audit, entries, events, forums, recommendations, users, vocabulary

__all__ = ["actors", "audit", "entries", "events", "forums", "recommendations", "users", "vocabulary"]
