"""A small, invented release of fixtures for the tests of the loader, which each test may change before it is loaded."""

import copy
import json
from pathlib import Path
from typing import Any


def _named(english: str) -> dict[str, str]:
    return {"en": english, "fr": f"{english} (fr)", "es": f"{english} (es)"}


def entry(number: int, **values: Any) -> dict[str, Any]:
    """Return a follow-up of RT1-01 by Utopia, in the month after its Forum, on the day of its number."""
    return {
        "key": f"GFMD-2010-RT1-01-F{number}",
        "recommendation": "GFMD-2010-RT1-01",
        "basis": "documented",
        "received_via": "source",
        "date": f"2010-12-{number:02d}",
        "date_precision": "day",
        "actor": "utopia",
        "partners": ["moonland"],
        "relation": "same_subject",
        "act": None,
        "language": "en",
        "title": f"Law {number}",
        "body": "Parliament adopted a law.",
        "evidence": [{"citation": f"Gazette {number}", "url": "https://gazette.example.org/", "quality": "official"}],
        **values,
    }


def assessment(number: int, *rests_on: int, **values: Any) -> dict[str, Any]:
    """Return a provisional reading of RT1-01, a day of December 2010 that follows what it rests on."""
    return {
        "key": f"GFMD-2010-RT1-01-A{number}",
        "recommendation": "GFMD-2010-RT1-01",
        "date": f"2010-12-{max(rests_on):02d}",
        "date_precision": "day",
        "status": "in_progress",
        "standing": "provisional",
        "reasoning": "A law was adopted.",
        "remaining": _named("Other laws."),
        "rests_on": [f"GFMD-2010-RT1-01-F{other}" for other in rests_on],
        **values,
    }


def recommendation(number: int, **values: Any) -> dict[str, Any]:
    """Return a request of RT1, addressed to all."""
    return {
        "reference": f"GFMD-2010-RT1-{number:02d}",
        "roundtable": "2010-RT1",
        "number": number,
        "nature": "request",
        "official_language": "en",
        "official_text": f"All should do thing {number}.",
        "sic": None,
        "translation": {"fr": "fr", "es": "es"},
        "headline": _named(f"Thing {number}"),
        "themes": ["law"],
        "addressed": [{"actor": "all", "addressed": "inferred"}],
        "source_locator": f"Roundtable 1, item {number}",
        **values,
    }


def _found(value: Any, **values: Any) -> dict[str, Any]:
    return {"value": value, "sources": ["https://www.forum.example.org/"], **values}


def _actor(key: str, **values: Any) -> dict[str, Any]:
    return {"key": key, "kind": "un_body", "is_collective": False, "name": _named(key), "member_of": [], **values}


SMALL: dict[str, Any] = {
    "vocabularies.json": {"themes": [{"slug": "law", "name": _named("Law")}]},
    "actors.json": {
        "actors": [
            _actor("old-body", succeeded_by="new-body", active_from=1950, active_to=2000),
            _actor("new-body", acronym={"en": "NB"}),
            _actor("all", kind="government", is_collective=True),
        ]
    },
    "states.json": {
        "kind": "government",
        "member_of": ["all"],
        "states": [
            {"key": "utopia", "iso2": "UT", "iso3": "UTO", "un": "member", "name": _named("Utopia")},
            {"key": "moonland", "iso2": "MO", "iso3": "MOO", "un": "observer", "name": _named("Moonland")},
        ],
    },
    "forums.json": {
        "editions": [
            {
                "year": 2010,
                "ordinal": 1,
                "chair": _found("Utopia"),
                "chair_keys": ["utopia", "moonland"],
                "host_city": _found("Amaurot", translation={"fr": "Amaurote", "es": "Amauroto"}),
                "host_country_iso": "UT",
                "opening": _found("2010-11-08"),
                "closing": _found("2010-11-11", note="At noon."),
                "central_theme": {"value": None, "sources": [], "note": "None was found."},
                "participants": _found("some 650 delegates"),
                "conclusions": "conclusions-2010.json",
            },
            {
                "year": 2011,
                "ordinal": 2,
                "chair": _found("Moonland"),
                "chair_keys": ["moonland"],
                "host_city": _found("Luna"),
                "opening": _found("2011-11-08"),
                "closing": _found("2011-11-11"),
                "central_theme": _found("Moving"),
                "roundtables": _found(["Coming", "Going"]),
            },
        ]
    },
    "conclusions-2010.json": {
        "source": {"document_title": _named("Conclusions of the Chair"), "presented_at": _named("A meeting")},
        "statements": [
            {"section": "Thanks", "level": 0, "text": "The Chair is grateful.", "tracked_as": None},
            {"section": "Future", "level": 1, "text": "All should go on.", "tracked_as": "GFMD-2010-RT1-01"},
        ],
        "figures": [{"kind": "states", "value": 2, "qualifier": "over", "citation": "Conclusions of the Chair"}],
        "contributors": ["moonland"],
    },
    "milestones.json": {
        "milestones": [{"slug": "debate", "date": "2011-05-19", "title": _named("Debate")}],
        "closing_days": {"slug": "closing-{year}", "title": {"en": "Closing of {year}, {city}", "fr": "Fin, {city}"}},
    },
    "recommendations.json": {
        "roundtables": [{"forum": 2010, "code": "RT1", "number": 1, "kind": "roundtable", "title": _named("Laws")}],
        "recommendations": [recommendation(1)],
    },
    "entries.json": {"entries": [entry(1), entry(2)]},
    "assessments.json": {"assessments": [assessment(1, 1, 2)]},
}


class Release:
    """The fixtures of one release in a directory; ``self["entries.json"]`` may be changed before ``write()``."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.files = copy.deepcopy(SMALL)

    def __getitem__(self, file: str) -> Any:
        return self.files[file]

    def write(self) -> Path:
        """Write the fixtures; return their directory."""
        for name, content in self.files.items():
            (self.directory / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return self.directory
