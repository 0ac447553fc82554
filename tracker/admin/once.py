"""A form that is sent twice is answered once: the second sending leads to what the first one made."""

from importlib import import_module
from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpRequest

FIELD = "submission"
_KEPT = 50


def new_submission() -> str:
    """Return a name for one showing of a form; the form sends it back in a hidden field."""
    return token_urlsafe(12)


def earlier_answer(request: HttpRequest) -> str | None:
    """Return the address to which an earlier sending of the same form led.

    Called while the record's lock is held: it reads the session as it now is, not as it was when the request began.
    """
    return _answers(request).get(request.POST.get(FIELD, ""))


def remember_answer(request: HttpRequest, address: str) -> None:
    """Keep where this sending led, before the record's lock is given back."""
    submission = request.POST.get(FIELD, "")
    if submission:
        answers = [*_answers(request).items(), (submission, address)]
        request.session[FIELD] = dict(answers[-_KEPT:])
        request.session.save()


def _answers(request: HttpRequest) -> dict[str, str]:
    engine = import_module(settings.SESSION_ENGINE)
    kept: dict[str, str] = engine.SessionStore(request.session.session_key).get(FIELD, {})
    return kept
