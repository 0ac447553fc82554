"""The data that ship with this software: read from fixtures, loaded in one transaction, never over anyone's work.

Reference data are kept by their natural keys; the record is built through the actions, as the system account. Read:
``items`` (what a fixture says, and where), ``shelf`` (rows by natural key), then a file per subject, then ``loading``.
"""

from tracker.imports.reference_data.account import system_account
from tracker.imports.reference_data.items import FixtureError
from tracker.imports.reference_data.loading import load
from tracker.imports.reference_data.report import Report

__all__ = ["FixtureError", "Report", "load", "system_account"]
