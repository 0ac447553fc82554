"""From a request to finished values: dates as people write them, files that are what they say, entries."""

from tracker.forms.entries import AssessmentForm, EntryForm
from tracker.forms.evidence import EvidenceForm, EvidenceRows, check_file
from tracker.forms.new_entry import NewEntryForm
from tracker.forms.text import RefusesNul
from tracker.forms.when import When, WhenField, parse_when

__all__ = [
    "AssessmentForm",
    "EntryForm",
    "EvidenceForm",
    "EvidenceRows",
    "NewEntryForm",
    "RefusesNul",
    "When",
    "WhenField",
    "check_file",
    "parse_when",
]
