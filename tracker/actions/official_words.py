"""Publishing a recommendation, correcting its official words, withdrawing it. None is ever deleted."""

from tracker.actions.rules import locked_recommendation, reason_given
from tracker.errors import Refused
from tracker.models import Recommendation, RecordEvent, ReferenceAlias, User
from tracker.permissions import Verb, require
from tracker.record.canonical import canonical, recommendation_payload
from tracker.record.chain import append, writing
from tracker.record.copies import refresh


def publish_recommendation(recommendation: Recommendation, *, by: User) -> Recommendation:
    """Put a draft recommendation on the record: its official words are frozen from here on.

    Refuses: ``not_allowed``, ``already_public``, ``words_missing``, ``reference_used`` (an old reference of another).
    """
    require(by, Verb.PUBLISH_RECOMMENDATION)
    with writing():
        recommendation = locked_recommendation(recommendation)
        if recommendation.is_public:
            raise Refused("already_public", reference=recommendation.reference)
        if not recommendation.official_text.strip():
            raise Refused("words_missing")
        if ReferenceAlias.objects.filter(reference=recommendation.reference).exists():
            raise Refused("reference_used", reference=recommendation.reference)
        event = append(
            RecordEvent.Kind.RECOMMENDATION_PUBLISHED,
            recommendation.reference,
            recommendation_payload(recommendation),
            by=by,
        )
        recommendation.state = Recommendation.State.PUBLISHED
        recommendation.published_by, recommendation.published_at = by, event.at
        recommendation.words_sequence = event.sequence
        recommendation.version += 1
        recommendation.save()
        refresh(recommendation)
    return recommendation


def correct_official_text(
    recommendation: Recommendation, *, by: User, text: str, reason: str, sic: str | None = None
) -> Recommendation:
    """Mend the official words of a published recommendation: old words, new words and the reason go into the chain.

    Refuses: ``not_allowed``, ``reason_missing``, ``not_public``, ``words_missing``, ``words_unchanged``.
    """
    require(by, Verb.CORRECT_WORDS)
    reason = reason_given(reason)
    with writing():
        recommendation = _published(recommendation)
        if not text.strip():
            raise Refused("words_missing")
        old = recommendation_payload(recommendation)
        recommendation.official_text = text
        recommendation.sic = recommendation.sic if sic is None else sic
        new = recommendation_payload(recommendation)
        if canonical(new) == canonical(old):
            raise Refused("words_unchanged")
        event = append(
            RecordEvent.Kind.RECOMMENDATION_CORRECTED,
            recommendation.reference,
            {"reference": recommendation.reference, "old": old, "new": new, "reason": reason},
            by=by,
        )
        recommendation.words_sequence = event.sequence
        recommendation.version += 1
        recommendation.save()
    return recommendation


def withdraw_recommendation(
    recommendation: Recommendation, *, by: User, reason: str, merged_into: Recommendation | None = None
) -> Recommendation:
    """Withdraw a published recommendation, or merge it into another. Its page stays and says so; it no longer counts.

    Refuses: ``not_allowed``, ``reason_missing``, ``not_public``, ``merged_into_itself``.
    """
    require(by, Verb.WITHDRAW)
    reason = reason_given(reason)
    with writing():
        recommendation = _published(recommendation)
        target = _published(merged_into) if merged_into else None
        if target == recommendation:
            raise Refused("merged_into_itself", reference=recommendation.reference)
        event = append(
            RecordEvent.Kind.RECOMMENDATION_WITHDRAWN,
            recommendation.reference,
            {
                "reference": recommendation.reference,
                "reason": reason,
                "merged_into": target.reference if target else None,
            },
            by=by,
        )
        recommendation.state = Recommendation.State.WITHDRAWN
        recommendation.withdrawn_by, recommendation.withdrawn_at = by, event.at
        recommendation.withdrawal_reason, recommendation.merged_into = reason, target
        recommendation.version += 1
        recommendation.save()
        refresh(recommendation)
    return recommendation


def _published(recommendation: Recommendation) -> Recommendation:
    recommendation = locked_recommendation(recommendation)
    if recommendation.state != Recommendation.State.PUBLISHED:
        raise Refused("not_public", reference=recommendation.reference)
    return recommendation
