"""The meeting room: a roundtable on a projector, one recommendation per screen."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.readings.stand import Stand
from tracker.sentences import day_words
from tracker.views.parameters import BadParameter

ROOM = "room"


@dataclass(frozen=True)
class Place:
    """Which of the screens is shown."""

    number: int
    total: int

    @property
    def before(self) -> int:
        """The number of the screen before this one; 0 before the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the screen after this one; 0 after the last."""
        return self.number + 1 if self.number < self.total else 0


def asked_for_room(request: HttpRequest) -> bool:
    """Tell whether the room is asked for; another view, or a screen outside of the room, is refused."""
    view, item = request.GET.get("view"), request.GET.get("item")
    if view and view != ROOM:
        raise BadParameter("view", view, _("room, for one recommendation per screen"))
    if item and not view:
        raise BadParameter("item", item, _("the number of a screen, where view is room"))
    return bool(view)


def room(request: HttpRequest, stand: Stand, asked: dt.date | None) -> dict[str, Any]:
    """Return what the screen that ``item`` names shows: a reading and its place; nothing of an empty roundtable."""
    readings = stand.readings
    number = _asked_screen(request.GET.get("item"), len(readings))
    if not readings:
        return {}
    reading = readings[number - 1]
    return {
        "answer": reading.answer(asked),
        "reading": reading,
        "recommendation": reading.recommendation,
        "place": Place(number, len(readings)),
        "day": day_words(asked),
    }


def _asked_screen(text: str | None, total: int) -> int:
    if not text:
        return 1
    if text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= total:
        return int(text)
    raise BadParameter("item", text, _("a number from 1 to %(last)d") % {"last": max(total, 1)})
