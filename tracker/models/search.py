"""What full-text search looks in: documents of tokens, of recommendations and entries, and the words ever said.

``tracker.search`` writes and reads them; docs/decisions/0017 says why they look as they do.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.followup import FollowUp
from tracker.models.recommendation import Recommendation


class SearchDocument(models.Model):
    """The tokens of a recommendation, by where they stand. Each engine keeps its own index of these columns."""

    recommendation = models.OneToOneField(
        Recommendation, models.CASCADE, primary_key=True, related_name="search_document"
    )
    line = models.BigIntegerField(unique=True)
    """Where it stands in the index (``tracker.search.lines``): the newest Forum first."""
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


class EntryDocument(models.Model):
    """The tokens of an entry, published or not: who may see it is asked of the entry itself."""

    entry = models.OneToOneField(FollowUp, models.CASCADE, primary_key=True, related_name="search_document")
    line = models.BigIntegerField(unique=True)
    """Where it stands in the index (``tracker.search.lines``): the last published first."""
    names = models.TextField()
    """Its reference, or its recommendation's; its titles, and the keys of those who acted."""
    words = models.TextField()
    """Its texts and what remains, and their translations."""

    class Meta:
        verbose_name = _("search document of an entry")
        verbose_name_plural = _("search documents of entries")

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchStale(models.Model):
    """A recommendation whose document, or an entry's, is out of date. Triggers write the row; indexing deletes it."""

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
