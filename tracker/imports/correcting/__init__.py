"""What staff make of a Chair's document that was read: the outline of it as a draft that can be corrected, and back.

``begun(outline)`` is the draft before anything was corrected, ``changes`` has what buttons do to one, and
``corrected_outline(draft, found)`` is the outline of which the actions make drafts.
"""

from tracker.imports.correcting.draft import CLOSING, CONCLUSIONS, Draft, Item, Part
from tracker.imports.correcting.outlined import begun, corrected_outline

__all__ = ["CLOSING", "CONCLUSIONS", "Draft", "Item", "Part", "begun", "corrected_outline"]
