"""The icon of the site, for whatever asks for it by the name that every site once had."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # nothing is written here: other methods get a plain 405
@require_safe
def icon(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the icon that pages name themselves; feeds, files and old browsers name none."""
    return HttpResponseRedirect(static("tracker/icon.svg"))
