"""The language in which somebody works at the desk, chosen in the header of each page."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tracker.models import Language, User


@require_POST
def choose_language(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the language with the account, and lead back to the page on which it was chosen."""
    language = request.POST.get("language")
    if language not in Language.values:
        raise SuspiciousOperation("a language that this site does not have")
    User.objects.filter(username=request.user.get_username()).update(language=language)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("admin:index")
    return HttpResponseRedirect(back)
