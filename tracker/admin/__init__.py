"""The secretariat's desk, in Django's admin."""

from tracker.admin import actors, entries, events, forums, recommendations, users, vocabulary

__all__ = ["actors", "entries", "events", "forums", "recommendations", "users", "vocabulary"]
