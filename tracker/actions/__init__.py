"""What can happen to the record. Every action is atomic, keyword-only, says ``by`` whom, and refuses with ``Refused``.

A refused action changes nothing. All of them hold the one lock of the record (``tracker.record.chain.writing``).
"""

from tracker.actions.correction import correct, start_correction
from tracker.actions.official_words import correct_official_text, publish_recommendation, withdraw_recommendation
from tracker.actions.publication import assess, publish, return_to_author, submit
from tracker.actions.retraction import retract
from tracker.actions.withholding import withhold

__all__ = [
    "assess",
    "correct",
    "correct_official_text",
    "publish",
    "publish_recommendation",
    "retract",
    "return_to_author",
    "start_correction",
    "submit",
    "withdraw_recommendation",
    "withhold",
]
