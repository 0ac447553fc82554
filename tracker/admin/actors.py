"""Actors, and who sits in which collective."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.admin.base import Rows, WithHistory
from tracker.admin.filters import ChoiceFilter
from tracker.admin.logging_from import LogsFollowUps
from tracker.admin.searching import FindsByWords
from tracker.models import Actor, Membership, SheetKind
from tracker.search import Search

MOST_ROWS = 100  # a form with more rows than this is slow to use, and larger than Django accepts


class SeatRows(Rows):
    """The collectives of which this actor is a member."""

    model = Membership
    fk_name = "member"
    verbose_name = _("collective")
    verbose_name_plural = _("member of")
    autocomplete_fields = ("collective",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the names along."""
        return super().get_queryset(request).select_related("collective", "member")


class MemberRows(Rows):
    """The members of this collective."""

    model = Membership
    fk_name = "collective"
    verbose_name = _("member")
    verbose_name_plural = _("members")
    autocomplete_fields = ("member",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the names along."""
        return super().get_queryset(request).select_related("collective", "member")


class CollectiveFilter(ChoiceFilter):
    """Actors that have a seat in a collective, now or once."""

    title = _("collective")
    parameter_name = "in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the collectives."""
        return [(str(key), name) for key, name in Actor.objects.collectives().values_list("pk", "name_en")]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return those with a seat in it."""
        members: QuerySet[Any] = queryset.filter(
            Exists(Membership.objects.filter(member=OuterRef("pk"), collective=int(chosen)))
        )
        return members


@admin.register(Actor)
class ActorAdmin(FindsByWords, LogsFollowUps, WithHistory):
    """Whoever a recommendation addresses, or who acted on one."""

    logs_as = "actor"

    list_display = ("name_en", "acronym_en", "kind", "is_collective", "country", "active_from", "active_until")
    list_filter = ("kind", "is_collective", "un_membership", CollectiveFilter)
    search_fields = ("name_en",)
    found_by = staticmethod(Search.matching_actors)
    sheet_kind = SheetKind.ACTORS
    search_help_text = _("Name or acronym, with or without accents")
    ordering = ("sort_en", "pk")
    autocomplete_fields = ("succeeded_by",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name_en", "acronym_en"),
                    ("name_fr", "acronym_fr"),
                    ("name_es", "acronym_es"),
                    ("slug", "kind"),
                    ("is_collective", "groups_follow_ups"),
                    "member_list",
                )
            },
        ),
        (
            _("More"),
            {
                "fields": (
                    ("country", "country_alpha3", "un_membership"),
                    ("active_from", "active_until", "succeeded_by"),
                    "note",
                    "source_url",
                    "internal_note",
                ),
                "classes": ("collapse",),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep an address for ever."""
        return ("member_list", "slug") if obj else ("member_list",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Suggest the address of a new actor."""
        return {} if obj else {"slug": ("name_en",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the successor along."""
        return super().get_queryset(request).select_related("succeeded_by")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Count the members once: their number decides how they are shown."""
        actor = super().get_object(request, object_id, from_field)
        if actor is not None:
            actor.members_in_all = actor.memberships.count()
        return actor

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Show members as rows where one form can hold them; otherwise they have a list of their own."""
        if obj is None or not obj.is_collective or obj.members_in_all > MOST_ROWS:
            return [SeatRows]
        return [SeatRows, MemberRows]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Make open forms of the other ends of changed seats stale."""
        super().save_formset(request, form, formset, change)
        seats = [*formset.new_objects, *(row for row, _names in formset.changed_objects), *formset.deleted_objects]
        ends = {key for seat in seats for key in (seat.collective_id, seat.member_id)}
        others_edited(ends - {form.instance.pk})

    @admin.display(description=_("members"))
    def member_list(self, actor: Any) -> str:
        """Lead to the list of members."""
        if not getattr(actor, "is_collective", False) or actor.pk is None:
            return "–"
        number = actor.members_in_all
        address = f"{reverse('admin:tracker_membership_changelist')}?collective__id__exact={actor.pk}"
        words = ngettext("%(number)d member", "%(number)d members", number) % {"number": number}
        return format_html('<a href="{}">{}</a>', address, words)


def others_edited(actors: set[int]) -> None:
    """Count the versions of actors on whose forms a changed seat is shown too."""
    Actor.objects.filter(pk__in=actors).update(version=F("version") + 1)


@admin.register(Membership)
class MembershipAdmin(WithHistory):
    """Seats in collectives, one by one: for collectives of hundreds."""

    sheet_kind = SheetKind.ACTORS

    list_display = ("member", "collective", "since_year", "until_year")
    list_select_related = ("member", "collective")
    list_filter = (("collective", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("member__name_en", "member__sort_en", "collective__name_en")
    autocomplete_fields = ("collective", "member")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring both names along."""
        return super().get_queryset(request).select_related("member", "collective")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Make open forms of both ends stale."""
        super().save_model(request, obj, form, change)
        others_edited({obj.collective_id, obj.member_id})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Make open forms of both ends stale."""
        super().delete_model(request, obj)
        others_edited({obj.collective_id, obj.member_id})
