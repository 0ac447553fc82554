"""Themes, milestones and old references."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.admin.base import WithHistory
from tracker.models import Milestone, ReferenceAlias, Theme


class WithSlug(WithHistory):
    """The base of what has an address of its own: suggested at first, kept for ever."""

    source = "name_en"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep an address for ever."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Suggest the address of a new one."""
        return {} if obj else {"slug": (self.source,)}


@admin.register(Theme)
class ThemeAdmin(WithSlug):
    """Subjects across roundtables and Forums."""

    list_display = ("name_en", "name_fr", "name_es", "slug")
    search_fields = ("name_en", "name_fr", "name_es")
    fields = ("name_en", "name_fr", "name_es", "slug")


@admin.register(Milestone)
class MilestoneAdmin(WithSlug):
    """Dates at which the world takes stock."""

    source = "title_en"
    list_display = ("title_en", "date", "forum", "slug")
    list_select_related = ("forum",)
    search_fields = ("title_en", "title_fr", "title_es")
    autocomplete_fields = ("forum",)
    fields = ("title_en", "title_fr", "title_es", "slug", "date", "forum", "chairs_words", "outcome", "source_url")


@admin.register(ReferenceAlias)
class ReferenceAliasAdmin(WithHistory):
    """References that recommendations once had: old links keep working."""

    list_display = ("reference", "recommendation")
    list_select_related = ("recommendation",)
    search_fields = ("reference", "recommendation__reference")
    autocomplete_fields = ("recommendation",)
    fields = ("reference", "recommendation")
