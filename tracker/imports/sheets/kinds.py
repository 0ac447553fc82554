"""The kinds of sheets that there are."""

from tracker.imports.sheets.actors import Actors
from tracker.imports.sheets.followups import FollowUps
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.recommendations import Recommendations
from tracker.imports.sheets.responsibilities import Responsibilities
from tracker.imports.sheets.translations import Translations
from tracker.models import SheetKind

KINDS: dict[SheetKind, type[Kind]] = {
    kind.value: kind for kind in (Recommendations, Actors, Responsibilities, FollowUps, Translations)
}
