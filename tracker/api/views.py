"""The views: what every answer has in common, lists, single things."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.api.links import Links
from tracker.api.paging import CURSOR, PER_PAGE, asked_part
from tracker.api.parameters import FIELDS, LANGUAGE, Asked, Parameter
from tracker.api.resource import Moved, Resource
from tracker.models import SOURCE_LANGUAGE


def fields_of(shape: type) -> Parameter:
    """Return the parameter that picks keys of a shape."""
    keys = list(shape.__annotations__)
    return Parameter(
        FIELDS, "Only these keys, with commas between them.", {"type": "string", "enum": keys}, listed=True
    )


class ApiView(APIView):  # type: ignore[misc]  # the package has no types
    """What is asked for is checked before anything is read; what is refused is refused in the language asked for."""

    http_method_names = ("get", "head", "options")
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    @property
    def operation(self) -> str:
        """Its name in the description."""
        raise NotImplementedError

    @property
    def meaning(self) -> str:
        """What the description says of it."""
        raise NotImplementedError

    @property
    def tag(self) -> str:
        """Under what the description has it."""
        return "about"

    @property
    def known(self) -> tuple[Parameter, ...]:
        """The parameters of the address's query."""
        return (*self.parameters, LANGUAGE)

    @property
    def path_parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the address's path."""
        return ()

    @property
    def answer(self) -> Any:
        """The type of what a GET answers."""
        raise NotImplementedError

    @property
    def errors(self) -> tuple[int, ...]:
        """The statuses of what can go wrong."""
        return (400, 405, 406, 429)

    @cached_property
    def asked(self) -> Asked:
        """What the address asks for."""
        return Asked(self.request.GET, self.known)

    @cached_property
    def links(self) -> Links:
        """What makes addresses."""
        return Links(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in the language that is asked for."""
        language = request.GET.get(LANGUAGE.name, "")
        with override(language if language in dict(settings.LANGUAGES) else SOURCE_LANGUAGE):
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what cannot be answered."""
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            self.asked.check()

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what can be done here."""
        return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})

    def picked(self, told: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the keys that ``fields`` asks for, or all."""
        names = self.asked.one(FIELDS)
        return {name: told[name] for name in names.split(",")} if names else told


class ResourceView(ApiView):
    """A view of one kind of thing; ``as_view(resource=…)`` says of which."""

    resource: Resource[Any] = Resource()

    @property
    def meaning(self) -> str:
        """What the description says of it."""
        return self.resource.meaning

    @property
    def tag(self) -> str:
        """Under what the description has it."""
        return self.resource.name


class ListView(ResourceView):
    """A list, from its beginning or from a cursor on."""

    @property
    def operation(self) -> str:
        """Its name in the description."""
        return f"list_{self.resource.name}"

    @property
    def known(self) -> tuple[Parameter, ...]:
        """The filters, which keys, and which part of the list."""
        return (*self.resource.filters, fields_of(self.resource.shape), PER_PAGE, CURSOR, LANGUAGE)

    @property
    def answer(self) -> Any:
        """The shape, of which there is a part of a list."""
        return self.resource.shape

    def get(self, request: Request) -> Response:
        """Answer with a part of the list."""
        rows = self.resource.with_columns(self.resource.found(self.asked))
        part = asked_part(rows, self.asked, self.resource.name)
        self.resource.complete(part.rows)
        return Response(
            {
                "next": self._address(part.next),
                "previous": self._address(part.previous),
                "results": [self.picked(self.resource.tell(row, self.links)) for row in part.rows],
            }
        )

    def _address(self, query: str) -> str | None:
        return f"{self.links.to(f'api_{self.resource.name}')}?{query}" if query else None


class OneView(ResourceView):
    """One thing, by what names it."""

    @property
    def operation(self) -> str:
        """Its name in the description."""
        return f"read_{self.resource.one}"

    @property
    def known(self) -> tuple[Parameter, ...]:
        """What can be asked of one thing, and which keys."""
        return (*self.resource.at, fields_of(self.resource.shape), LANGUAGE)

    @property
    def meaning(self) -> str:
        """What the description says of it."""
        return f"One {self.resource.one}. What is there under another name, or in other letters, is sent to its own."

    @property
    def path_parameters(self) -> tuple[Parameter, ...]:
        """What names it."""
        return (self.resource.key,)

    @property
    def answer(self) -> Any:
        """The shape."""
        return self.resource.shape

    @property
    def errors(self) -> tuple[int, ...]:
        """It may not be there."""
        return (400, 404, 405, 406, 429)

    def get(self, request: Request, **named: str) -> HttpResponse:
        """Answer with it; another spelling of its name is sent to the one that stays."""
        (key,) = named.values()
        try:
            row = self.resource.at_key(key, self.asked)
        except Moved as move:
            path = reverse(f"api_{self.resource.one}", args=[move.key])
            query = request.META.get("QUERY_STRING", "")
            return HttpResponse(status=301, headers={"Location": f"{path}?{query}" if query else path})
        self.resource.complete([row])
        answer: HttpResponse = Response(self.picked(self.resource.tell(row, self.links)))
        return answer
