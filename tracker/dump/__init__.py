"""The record taken away and brought back: a dump of all that is public, and its loading into an empty installation.

``docs/dump.md`` says what a dump holds; ``docs/verify.py`` checks one without this software.
"""

from tracker.dump.loading import load
from tracker.dump.published import Published, publish, published
from tracker.dump.reading import NotADump
from tracker.dump.writing import write

__all__ = ["NotADump", "Published", "load", "publish", "published", "write"]
