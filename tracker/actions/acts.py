"""One act on several recommendations: an entry on each, which share its key, and what happens to them together."""

import secrets
from collections.abc import Iterable

from tracker.actions.correction import copy_of
from tracker.actions.publication import assess, publish, submit
from tracker.actions.rules import locked, today
from tracker.errors import Refused
from tracker.models import FollowUp, Recommendation, Standing, User
from tracker.permissions import Verb, require
from tracker.record.chain import writing


def new_act() -> str:
    """Return a key for an act. It says nothing: it stays when the content of its entries is removed."""
    return f"act-{secrets.token_hex(6)}"


def log_on_others(entry: FollowUp, *, recommendations: Iterable[Recommendation], by: User) -> list[FollowUp]:
    """Return a draft on each of the recommendations that logs the same act, with the same evidence and partners.

    A file is kept once, whichever entries name it. An entry that was logged without a key gets one, unless it is on
    record, where it is frozen. Refuses: ``not_allowed``, ``not_for_others`` (an assessment, the draft of a correction,
    what was taken back), ``logged_already`` (the act is on that recommendation).
    """
    require(by, Verb.SUBMIT)
    with writing():
        entry = locked(entry)
        refuse_unless_for_others(entry)
        act = entry.act or new_act()
        if not entry.is_on_record and not entry.act:
            FollowUp.objects.filter(pk=entry.pk).update(act=act)
        drafts = []
        for recommendation in recommendations:
            _refuse_where_logged(entry, recommendation)
            draft = copy_of(entry, by=by, recommendation=recommendation, act=act)
            FollowUp.objects.filter(pk=draft.pk).update(
                before_forum_confirmed=entry.before_forum_confirmed and draft.ended_before_forum
            )
            drafts.append(draft)
    return drafts


def refuse_unless_for_others(entry: FollowUp) -> None:
    """Refuse with ``not_for_others`` what is not logged elsewhere too."""
    correcting = entry.replaces_id is not None and not entry.is_on_record
    if entry.is_assessment or correcting or entry.state in {FollowUp.State.RETRACTED, FollowUp.State.WITHHELD}:
        raise Refused("not_for_others")


def _refuse_where_logged(entry: FollowUp, recommendation: Recommendation) -> None:
    there = entry.recommendation_id == recommendation.pk
    if there or recommendation.entries.logging(entry.act).exists():
        raise Refused("logged_already", reference=recommendation.reference)


def submit_together(entries: Iterable[FollowUp], *, by: User) -> list[FollowUp]:
    """Submit all of the entries or, where one is refused, none. Refuses as ``submit`` does, and says of which."""
    with writing():
        return [_submitted(entry, by) for entry in entries]


def _submitted(entry: FollowUp, by: User) -> FollowUp:
    try:
        return submit(entry, by=by)
    except Refused as refusal:
        refusal.about = entry.recommendation.reference
        raise


def publish_and_assess(
    entry: FollowUp, *, by: User, status: str, reasoning: str, remaining: str = ""
) -> tuple[FollowUp, FollowUp]:
    """Publish a follow-up and, as of today, the provisional reading that rests on it; return both, or keep neither.

    Refuses as ``publish`` and ``assess`` do.
    """
    with writing():
        published = publish(entry, by=by)
        reading = assess(
            published.recommendation,
            by=by,
            status=status,
            standing=Standing.PROVISIONAL,
            reasoning=reasoning,
            remaining=remaining,
            occurred_from=today(),
            rests_on=[published],
        )
    return published, reading
