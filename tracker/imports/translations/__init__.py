"""The round trip of translations: what is untranslated goes out to translators, and comes back.

Read: ``units`` (one text of one row in one language, by natural key), ``po`` and ``workbook`` (the files).
"""

COLUMNS = ("model", "key", "field", "language", "source_language", "source", "digest", "text")
"""What a line of such a file holds, in its order; the fields of ``units.Unit``."""
