"""The sentences that answer: each page's first screen says in words, with numbers, what it is asked (4-interface).

Every sentence is built here and nowhere else. ``words`` holds numbers and lists, ``dates`` dates at their precision,
``counts`` what is said of statuses, ``changes`` and ``trends`` of how they changed, ``pages`` the answer of each page,
``citation`` how it is cited.
"""

from tracker.sentences.changes import changes_answer, occasion_words
from tracker.sentences.citation import (
    author_words,
    citation_line,
    citation_note,
    paragraph_words,
    record_citation,
    record_note,
    source_words,
    tracker_name,
)
from tracker.sentences.counts import (
    Counted,
    notice,
    progress_in_words,
    readings_in_words,
    reconstruction,
    status_phrases,
)
from tracker.sentences.dates import day_words, since_words, span_words, years_words
from tracker.sentences.pages import (
    FollowUps,
    actor_answer,
    actors_answer,
    forum_answer,
    forums_answer,
    list_answer,
    milestone_answer,
    overview_answer,
    recommendation_answer,
    roundtable_answer,
    theme_answer,
    updates_answer,
    withdrawn_answer,
)
from tracker.sentences.trends import trend_answer, trend_source, trend_title
from tracker.sentences.words import clauses, figure, join, listed, opening, spelled, within

__all__ = [
    "Counted",
    "FollowUps",
    "actor_answer",
    "actors_answer",
    "author_words",
    "changes_answer",
    "citation_line",
    "citation_note",
    "clauses",
    "day_words",
    "figure",
    "forum_answer",
    "forums_answer",
    "join",
    "list_answer",
    "listed",
    "milestone_answer",
    "notice",
    "occasion_words",
    "opening",
    "overview_answer",
    "paragraph_words",
    "progress_in_words",
    "readings_in_words",
    "recommendation_answer",
    "reconstruction",
    "record_citation",
    "record_note",
    "roundtable_answer",
    "since_words",
    "source_words",
    "span_words",
    "spelled",
    "status_phrases",
    "theme_answer",
    "tracker_name",
    "trend_answer",
    "trend_source",
    "trend_title",
    "updates_answer",
    "withdrawn_answer",
    "within",
    "years_words",
]
