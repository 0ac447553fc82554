"""The address of the description."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api import schema
from tracker.api.views import ApiView


class SchemaView(ApiView):
    """The OpenAPI description, as JSON."""

    operation = "read_schema"
    meaning = "This description, in OpenAPI 3.1."
    answer = dict[str, Any]

    def get(self, request: Request) -> Response:
        """Answer with the description."""
        return Response(schema.description())
