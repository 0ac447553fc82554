"""Where a recommendation stands, as the pages of the desk say it in one line."""

from tracker.models import Recommendation
from tracker.sentences import since_words


def standing_words(recommendation: Recommendation) -> str:
    """Return where it stands: "Implemented, provisional, since May 2011"."""
    words = [str(recommendation.get_status_display())]
    if recommendation.standing:
        words.append(str(recommendation.get_standing_display()).lower())
    if recommendation.status_since:
        words.append(since_words(recommendation.status_since, recommendation.status_since_precision))
    return ", ".join(words)
