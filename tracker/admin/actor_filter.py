"""Narrowing a list to an actor that is picked by typing: a list of hundreds of actors would be no filter."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import Picker, is_key
from tracker.models import Actor, FollowUp, Partner, Responsibility

PARAMETER = "actor"


class ActorFilter(admin.ListFilter):
    """A box to pick an actor in. Subclasses say which rows have to do with it."""

    title = _("actor")
    template = "admin/tracker/actor_filter.html"
    chosen_among: ClassVar[Any]
    """The field whose picker is used: it says which actors are offered."""

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.picker = _picker(self.chosen_among, model_admin.admin_site)
        self.chosen: str = params.pop(PARAMETER, [""])[-1]
        if self.chosen:
            self.used_parameters[PARAMETER] = self.chosen

    def has_output(self) -> bool:
        """Show it always."""
        return True

    def expected_parameters(self) -> list[str | None]:
        """Name the one parameter."""
        return [PARAMETER]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Return the one box, what else the address says, and the address without an actor."""
        yield {
            "field": self.picker(initial={PARAMETER: self.chosen})[PARAMETER],
            "kept": [*_pairs(changelist.filter_params), *[("q", changelist.query)] * bool(changelist.query)],
            "query_string": changelist.get_query_string(remove=[PARAMETER, "p"]),
            "selected": not self.chosen,
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list to the actor; refuse what is no key."""
        if not self.chosen:
            return queryset
        if not is_key(self.chosen):
            raise IncorrectLookupParameters
        return queryset.filter(self.concerning(int(self.chosen)))

    def concerning(self, actor: int) -> Any:
        """Return the condition under which a row has to do with the actor."""
        raise NotImplementedError


class AddressedFilter(ActorFilter):
    """Recommendations that address an actor."""

    title = _("whom it addresses")
    chosen_among = Responsibility._meta.get_field("actor")

    def concerning(self, actor: int) -> Any:
        """Those with a responsibility of the actor's."""
        return Q(pk__in=Responsibility.objects.filter(actor=actor).values("recommendation"))


class ActedFilter(ActorFilter):
    """Entries on what an actor did, alone or as a partner."""

    title = _("who acted")
    chosen_among = FollowUp._meta.get_field("actor")

    def concerning(self, actor: int) -> Any:
        """Those of the actor, or with it as a partner: apart, for PostgreSQL reads no index for "or"."""
        own = FollowUp.objects.order_by().filter(actor=actor).values("pk")
        return Q(pk__in=own.union(Partner.objects.order_by().filter(actor=actor).values("entry")))


def _picker(field: Any, site: Any) -> type[forms.Form]:
    """Return a form with one box, in which an actor is found by typing."""
    box = forms.ModelChoiceField(Actor.objects.all(), widget=Picker(field, site), label=_("Actor"), required=False)
    return type("ActorPicker", (forms.Form,), {PARAMETER: box})


def _pairs(sent: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return names and values of what else an address says."""
    return [(name, value) for name, values in sent.items() if name != PARAMETER for value in values]


class PicksActors:
    """Gives a list what the box needs."""

    @property
    def media(self) -> forms.Media:
        """The picker's own scripts and style, beside the usual ones."""
        return super().media + Picker(Responsibility._meta.get_field("actor"), admin.site).media  # type: ignore[misc, no-any-return]
