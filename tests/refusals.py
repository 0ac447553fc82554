"""What every refused action has in common: a code, a sentence, and nothing changed."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.tampering import dump
from tracker.errors import Refused


def assert_refused(code: str, action: Callable[..., Any], *subjects: Any, **facts: Any) -> str:
    """Call the action; it refuses with ``code`` and changes nothing. Returns its sentence."""
    before = dump()
    with pytest.raises(Refused) as refusal:
        action(*subjects, **facts)
    assert refusal.value.code == code
    assert dump() == before
    sentence = str(refusal.value)
    assert "%(" not in sentence
    return sentence
