"""The decorator of every public view."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.views.lookup import Moved, moved
from tracker.views.page import render_page
from tracker.views.parameters import BadParameter, refuse_repeated

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public(*parameters: str, several: Iterable[str] = ()) -> Callable[[View[P]], View[P]]:
    """Make a public view that knows ``parameters`` (one value each) and ``several`` (any number of values).

    A value that cannot be used answers 400 and is named; a parameter that the page does not know is left out, which
    the page says; another spelling of the address is sent to the canonical one. The names of the parameters stand on
    the view as ``view.parameters``.
    """
    single, multiple = frozenset(parameters), frozenset(several)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                refuse_repeated(request.GET, single)
                return view(request, *args, **kwargs)
            except Moved as move:
                return moved(request, move)
            except BadParameter as refusal:
                return _refused(request, refusal)

        answer = require_safe(wrapped)
        # Nothing is ever written here, so that other methods get a plain 405 instead of a question about tokens.
        answer.csrf_exempt = True  # type: ignore[attr-defined]
        answer.parameters = single | multiple  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return decorate


def _refused(request: HttpRequest, refusal: BadParameter) -> HttpResponse:
    others = request.GET.copy()
    others.pop(refusal.name, None)
    context = {"refusal": refusal, "others": others, "title": _("This value cannot be used"), "status": 400}
    return render_page(request, "tracker/bad_parameter.html", context, status=400)
