"""What can happen to the record. Every action is atomic, keyword-only, says ``by`` whom, and refuses with ``Refused``.

A refused action changes nothing. All of them hold the one lock of the record (``tracker.record.chain.writing``).
"""

from tracker.actions.acts import log_on_others, publish_and_assess, submit_together
from tracker.actions.correction import correct, start_correction
from tracker.actions.official_words import correct_official_text, publish_recommendation, withdraw_recommendation
from tracker.actions.publication import assess, publish, return_to_author, submit
from tracker.actions.retraction import retract
from tracker.actions.several import Reading, assess_several, publish_several, return_several
from tracker.actions.withholding import withhold

__all__ = [
    "Reading",
    "assess",
    "assess_several",
    "correct",
    "correct_official_text",
    "log_on_others",
    "publish",
    "publish_and_assess",
    "publish_recommendation",
    "publish_several",
    "retract",
    "return_several",
    "return_to_author",
    "start_correction",
    "submit",
    "submit_together",
    "withdraw_recommendation",
    "withhold",
]
