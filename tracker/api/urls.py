"""Addresses of the API."""

from django.urls import path
from django.urls.resolvers import URLPattern

from tracker.api.index import IndexView
from tracker.api.progress import ProgressView
from tracker.api.record_resources import Entries, Recommendations
from tracker.api.resource import Resource
from tracker.api.resources import Actors, Events, Forums, Milestones, Roundtables, Themes
from tracker.api.schema_view import SchemaView
from tracker.api.views import ListView, OneView

RESOURCES = (Forums, Roundtables, Recommendations, Entries, Actors, Themes, Milestones, Events)


def addresses(resource: Resource) -> list[URLPattern]:  # type: ignore[type-arg]  # of whichever rows
    """Return the addresses of a list and of each thing in it."""
    one = f"{resource.name}/<str:{resource.key.name}>/"
    return [
        path(f"{resource.name}/", ListView.as_view(resource=resource), name=f"api_{resource.name}"),
        path(one, OneView.as_view(resource=resource), name=f"api_{resource.one}"),
    ]


urlpatterns = [
    path("", IndexView.as_view(), name="api_index"),
    *(pattern for resource in RESOURCES for pattern in addresses(resource())),
    path("progress/", ProgressView.as_view(), name="api_progress"),
    path("schema/", SchemaView.as_view(), name="api_schema"),
]
