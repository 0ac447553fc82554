"""The language of a page: its address says it, and nothing else. English stands without a prefix."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.utils.translation import get_language_info
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from tracker.models import SOURCE_LANGUAGE, current_language

# What stands outside of all languages.
WITHOUT_LANGUAGE = ("/admin/", "/files/")
# How Open Graph names the languages: with a territory, which it demands.
TERRITORIES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES"}


@dataclass(frozen=True)
class Version:
    """The page being answered, in one of the languages."""

    code: str
    path: str
    address: str
    is_current: bool

    @property
    def name(self) -> str:
        """The language's name in itself: "français"."""
        return str(get_language_info(self.code)["name_local"])

    @property
    def territory(self) -> str:
        """What Open Graph calls it."""
        return TERRITORIES[self.code]


def prefix_of(language: str) -> str:
    """Return what the paths of a language begin with, nothing for English."""
    return "" if language == SOURCE_LANGUAGE else f"/{language}"


def language_of(path: str) -> str:
    """Return the language of a path."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else SOURCE_LANGUAGE


def versions(address: str, site: str) -> list[Version]:
    """Return a page in every language. ``address``: its path in the current one, with its query.

    A cursor is left behind: it is a place in a list that another language may sort otherwise.
    """
    if address.startswith(WITHOUT_LANGUAGE):
        return []
    language = current_language()
    bare = address.removeprefix(prefix_of(language))
    found = []
    for code, _name in settings.LANGUAGES:
        path = f"{prefix_of(code)}{bare if code == language else _without_cursor(bare)}"
        found.append(Version(code, path, f"{site}{path}", code == language))
    return found


def _without_cursor(address: str) -> str:
    path, _mark, query = address.partition("?")
    kept = "&".join(pair for pair in query.split("&") if not pair.startswith("cursor="))
    return f"{path}?{kept}" if kept else path


@csrf_exempt  # nothing is written here: other methods get a plain 405
@require_safe
def without_prefix(request: HttpRequest, rest: str) -> HttpResponsePermanentRedirect:
    """Send from an address that names English to the one without a prefix, never to another site."""
    query = request.META.get("QUERY_STRING", "")
    path = f"/{rest.lstrip('/')}"
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
