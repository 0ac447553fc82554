"""JSON: what a file is, under ``meta``, and its rows under ``results``, told as the API tells them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.exports.rows import Facts

FULL = 100
"""Rows that are handed on together."""


def written(first: Mapping[str, Any], results: Iterable[Facts]) -> Iterator[bytes]:
    """Yield a document a few rows at a time. ``first``: what stands before the results."""
    before = ",\n".join(f"{_said(key)}: {_said(value)}" for key, value in first.items())
    yield f'{{{before},\n"results": ['.encode()
    lines: list[str] = []
    between = "\n"
    for facts in results:
        lines.append(between + _said(facts))
        between = ",\n"
        if len(lines) == FULL:
            yield "".join(lines).encode()
            lines = []
    lines.append("\n]}\n")
    yield "".join(lines).encode()


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
