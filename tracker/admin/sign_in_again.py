"""A sign-in that expired while a long form was filled in: one signs in again, and what was typed is still there.

The same where one signed in anew in another tab meanwhile: then the form's token is no longer good.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

BUTTON = "sign_in_again"
OF_THE_SIGN_IN = {BUTTON, "username", "password", "csrfmiddlewaretoken"}

View = Callable[..., HttpResponse]


def just_signed_in(request: HttpRequest) -> bool:
    """Whether the form was carried over a sign-in: then it is shown again before anything is done with it."""
    return BUTTON in request.POST


def keeping_what_was_typed(site: Any, view: View) -> View:
    """Return the view as the site guards it, except that what is sent without a sign-in is not thrown away.

    Nothing that comes from elsewhere gets further than the sign-in page: neither to the view nor to the passwords.
    """
    guarded = site.admin_view(view)

    @csrf_exempt  # checked here instead, so that a token which is no longer good does not cost what was typed
    @wraps(view)
    @sensitive_post_parameters("password")
    @never_cache
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return guarded(request, *args, **kwargs)  # type: ignore[no-any-return]
        ours = CsrfViewMiddleware(guarded).process_view(request, guarded, (), {}) is None
        if ours and site.has_permission(request):
            return guarded(request, *args, **kwargs)  # type: ignore[no-any-return]
        form = AdminAuthenticationForm(request, request.POST if ours and just_signed_in(request) else None)
        if form.is_valid():
            login(request, form.get_user())
            return guarded(request, *args, **kwargs)  # type: ignore[no-any-return]
        return _sign_in_page(site, request, form)

    return answer


def _sign_in_page(site: Any, request: HttpRequest, form: AdminAuthenticationForm) -> TemplateResponse:
    context = {
        **site.each_context(request),
        "title": _("Sign in again"),
        "is_nav_sidebar_enabled": False,
        "form": form,
        "button": BUTTON,
        "typed": list(_typed(request)),
    }
    return TemplateResponse(request, "admin/tracker/sign_in_again.html", context)


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in OF_THE_SIGN_IN:
            yield from ((name, str(value)) for value in values)
