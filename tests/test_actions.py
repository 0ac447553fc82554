"""The sentences of refusals: each that an action raises is exercised by its code in the tests of actions."""

import re
from pathlib import Path

from tracker import actions
from tracker.errors import SENTENCES, Refused

HERE = Path(__file__).parent
TRACKER = Path(actions.__file__).parent.parent


def codes_in(*sources: Path) -> set[str]:
    """Return the codes of all refusals that stand in some files."""
    quoted = {word for source in sources for word in re.findall(r'"(\w+)"', source.read_text())}
    return quoted & SENTENCES.keys()


def test_each_refusal_of_an_action_is_exercised() -> None:
    raised = codes_in(*(TRACKER / "actions").glob("*.py"))
    sources = [path.read_text() for path in HERE.glob("test_actions_*.py")]
    exercised = set(re.findall(r'assert_refused\(\s*"(\w+)"', "".join(sources)))
    assert exercised == raised


def test_each_code_that_is_raised_has_a_sentence_and_each_sentence_a_code() -> None:
    modules = [path for path in TRACKER.rglob("*.py") if path.name != "errors.py"]
    raised = {code for path in modules for code in re.findall(r'Refused\(\s*"(\w+)"', path.read_text())}
    assert raised <= SENTENCES.keys()
    assert codes_in(*modules) == SENTENCES.keys()


def test_each_refusal_is_promised_by_a_docstring() -> None:
    """Those of a rule of publication, by the module of the rules."""
    package = Path(actions.__file__).parent
    for path in package.glob("*.py"):
        text = path.read_text()
        for code in re.findall(r'Refused\(\s*"(\w+)"', text):
            assert f"``{code}``" in text or path.name == "rules.py", f"{path.name} does not say {code}"


def test_sentence_without_values() -> None:
    assert str(Refused("reason_missing")) == str(SENTENCES["reason_missing"])
