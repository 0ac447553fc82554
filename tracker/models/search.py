"""What full-text search looks in: a document of tokens for each recommendation, and the words that were ever said.

``tracker.search`` writes and reads them; docs/decisions/0020 says why they look as they do.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.recommendation import Recommendation


class SearchDocument(models.Model):
    """The tokens of a recommendation, by where they stand. Each engine keeps its own index of these columns."""

    recommendation = models.OneToOneField(
        Recommendation, models.CASCADE, primary_key=True, related_name="search_document"
    )
    names = models.TextField()
    """Reference and headlines."""
    words = models.TextField()
    """The official words and their translations."""
    record = models.TextField()
    """Published entries, and the keys of actors and themes."""

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")

    def __str__(self) -> str:
        return str(self.recommendation_id)


class SearchStale(models.Model):
    """A recommendation whose document no longer says what it should. Triggers write the row; indexing deletes it."""

    recommendation_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("stale search document")
        verbose_name_plural = _("stale search documents")

    def __str__(self) -> str:
        return str(self.recommendation_id)


class SearchWord(models.Model):
    """A word of some document, without accents: what a misspelt one may have meant."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        verbose_name = _("word for searching")
        verbose_name_plural = _("words for searching")

    def __str__(self) -> str:
        return self.word
