"""What a search found of a recommendation."""

from dataclasses import dataclass

from tracker.search import Piece


@dataclass(frozen=True)
class Found:
    """A recommendation's headline in pieces, and the part of its words in which something was found, if any."""

    headline: list[Piece]
    words: list[Piece]
    language: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing of this matched: it was found by its record, its actors or its themes."""
        return not any(piece.found for piece in (*self.headline, *self.words))
