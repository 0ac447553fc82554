"""Around every answer beneath ``/api/``: other sites' scripts may read it, and what goes wrong is told to machines."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tracker.api.problems import PROBLEM, described

BENEATH = "/api/"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_machines(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let every site read the API, and tell as problems what pages would tell people: no such address, out of reach."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path_info.startswith(BENEATH):
            return response
        if isinstance(response, HttpResponse) and response.status_code >= 400:
            _told_as_problem(request, response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if request.method == "OPTIONS" and response.status_code == 204:
            for name, value in PREFLIGHT.items():
                response.headers[name] = value
        return response

    return middleware


def _told_as_problem(request: HttpRequest, response: HttpResponse) -> None:
    """Put a problem in the place of a page about an error; what says how to keep the answer stays."""
    if response.headers["Content-Type"].startswith(PROBLEM):
        return
    told = described(request, response.status_code)
    response.content = json.dumps(told, ensure_ascii=False).encode()
    response.headers["Content-Type"] = PROBLEM
    response.headers["Content-Length"] = str(len(response.content))
    response.headers.pop("Content-Encoding", None)
