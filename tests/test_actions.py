"""The sentences of refusals: each that an action raises is exercised by its code in the tests of actions."""

import re
from pathlib import Path

from tracker import actions
from tracker.errors import SENTENCES, Refused

HERE = Path(__file__).parent
# Raised by progress and by the forms of the desk, where they are tested.
NOT_OF_ACTIONS = {"closing_in_future", "forum_not_closed", "reading_alone", "resembles", "stale"}


def test_each_refusal_of_an_action_is_exercised() -> None:
    sources = [path.read_text() for path in HERE.glob("test_actions_*.py")]
    exercised = set(re.findall(r'assert_refused\(\s*"(\w+)"', "".join(sources)))
    assert exercised == SENTENCES.keys() - NOT_OF_ACTIONS


def test_each_code_that_is_raised_has_a_sentence() -> None:
    tracker = Path(actions.__file__).parent.parent
    raised = {code for path in tracker.rglob("*.py") for code in re.findall(r'Refused\(\s*"(\w+)"', path.read_text())}
    assert raised == set(SENTENCES)


def test_each_refusal_is_promised_by_a_docstring() -> None:
    """Those of a rule of publication, by the module of the rules."""
    package = Path(actions.__file__).parent
    for path in package.glob("*.py"):
        text = path.read_text()
        for code in re.findall(r'Refused\(\s*"(\w+)"', text):
            assert f"``{code}``" in text or path.name == "rules.py", f"{path.name} does not say {code}"


def test_sentence_without_values() -> None:
    assert str(Refused("reason_missing")) == str(SENTENCES["reason_missing"])
