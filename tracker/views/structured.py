"""What search engines read beside the words: JSON-LD in the vocabulary of schema.org."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.models import Forum, current_language
from tracker.sentences import tracker_name

Trail = Sequence[tuple[str, str]]
Thing = dict[str, Any]

# What could end the element that holds it, or begin another, is written as JSON writes any sign.
ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def structured(site: str, trail: Trail, things: Sequence[Thing]) -> SafeString:
    """Return the content of a JSON-LD element, nothing for nothing. ``trail``: names and paths down to the page."""
    graph = [*things, *([breadcrumbs(site, trail)] if trail else [])]
    if not graph:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 (no sign of HTML is left in it)


def forum_trail(forum: Forum, *below: tuple[str, str]) -> Trail:
    """Return the way down to a Forum, and to what is ``below`` it."""
    return [(_("Forums"), reverse("forums")), (str(forum), forum.get_absolute_url()), *below]


def breadcrumbs(site: str, trail: Trail) -> Thing:
    """Return where a page stands."""
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": f"{site}{path}"}
        for position, (name, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def the_tracker(site: str, answer: str) -> list[Thing]:
    """Return who keeps the record, and the record as a data set that is described by its answer."""
    keeper: Thing = {"@type": "Organization", "@id": f"{site}/#organization", "name": tracker_name(), "url": f"{site}/"}
    if settings.CONTACT_EMAIL:
        keeper["email"] = settings.CONTACT_EMAIL
    record: Thing = {
        "@type": "Dataset",
        "@id": f"{site}/#dataset",
        "name": tracker_name(),
        "description": answer,
        "url": f"{site}{reverse('overview')}",
        "inLanguage": current_language(),
        "isAccessibleForFree": True,
        "creator": {"@id": keeper["@id"]},
    }
    return [keeper, record]
