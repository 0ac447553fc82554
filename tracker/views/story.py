"""One request through the Forums: what a recommendation reiterates, and what reiterates it, as one story."""

from collections.abc import Iterable

from tracker.models import Recommendation, Reiteration
from tracker.models.reiteration import story_keys

Story = list[Recommendation]
"""Recommendations that are tied to each other, as they were said in time."""


def story_of(recommendation: Recommendation) -> Story:
    """Return the story that a recommendation is part of; empty where it is alone. One query."""
    story = list(Recommendation.objects.public().in_stories_with([recommendation.pk]).through_time())
    return story if len(story) > 1 else []


def stories(keys: Iterable[int]) -> list[Story]:
    """Return the stories that any of these recommendations are part of, the oldest first. Two queries, one if none."""
    keys = list(keys)
    ties = list(Reiteration.objects.filter(later__in=story_keys(keys)).values_list("later", "earlier"))
    if not ties:
        return []
    told: dict[int, Story] = {}
    together = _together(ties)
    for one in Recommendation.objects.public().in_stories_with(keys).through_time():
        if one.pk in together:
            told.setdefault(together[one.pk], []).append(one)
    return [story for story in told.values() if len(story) > 1]


def _together(ties: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each key that of its story: the same for all that are tied."""
    story: dict[int, int] = {}
    for later, earlier in ties:
        old, new = story.setdefault(later, later), story.setdefault(earlier, earlier)
        story.update({key: new for key, kept in story.items() if kept == old})
    return story
