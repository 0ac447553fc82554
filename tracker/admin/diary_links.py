"""On the form of an actor, a recommendation, a Forum: how many notes the diary has about it, and a link to add one."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import Actor, DiaryNote, Forum, Recommendation

SUBJECTS: dict[str, type[models.Model]] = {"recommendation": Recommendation, "actor": Actor, "forum": Forum}
"""What a note may be about: the name of its column, and the model."""


def diary_links(user: Any, row: models.Model | None) -> list[dict[str, str]]:
    """Return the links for a row: its notes, with their number, and a new one about it. One query."""
    name = next((name for name, model in SUBJECTS.items() if isinstance(row, model)), "")
    if row is None or not name or not user.has_perm("tracker.view_diarynote"):
        return []
    number = DiaryNote.objects.filter(**{name: row.pk}).count()
    kept = f"{reverse('admin:tracker_diarynote_changelist')}?{name}__id__exact={row.pk}"
    links = [{"address": kept, "label": _("Diary (%(number)d)") % {"number": number}}]
    if user.has_perm("tracker.add_diarynote"):
        new = f"{reverse('admin:tracker_diarynote_add')}?{name}={row.pk}"
        links.append({"address": new, "label": _("Add to the diary")})
    return links
