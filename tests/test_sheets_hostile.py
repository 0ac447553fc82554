"""Hostile sheets on the real reader: refused or read safely, within ten seconds and 300 MB, with a sentence."""

import io
from pathlib import Path

import pytest

from tests import hostile_sheets as hostile
from tracker.errors import SENTENCES, Refused
from tracker.imports.confined import MEGABYTE, Usage, confined
from tracker.imports.sheets.reading import read
from tracker.imports.sheets.sheet import Sheet, file_name, opened

SECONDS, MEMORY = 10, 300 * MEGABYTE


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_refused(name: str) -> None:
    make, code = hostile.REFUSED[name]
    usage = Usage()
    with pytest.raises(Refused) as caught:
        list(confined(read, make(), usage=usage))
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert usage.seconds <= SECONDS
    assert usage.memory <= MEMORY


def rows_of(content: bytes) -> list[list[str]]:
    """Return headings and rows as they are read."""
    usage = Usage()
    about, *parts = confined(read, content, usage=usage)
    assert usage.seconds <= SECONDS
    assert 0 < usage.memory <= MEMORY
    return [about["headings"], *(cells for part in parts for _line, cells in part)]


def test_formulas_are_not_worked_out() -> None:
    content = hostile.workbook([["reference", "text"], ["=1+1", '=HYPERLINK("http://127.0.0.1:9/","x")']])
    assert rows_of(content)[1] == ["=1+1", '=HYPERLINK("http://127.0.0.1:9/","x")']


def test_links_to_other_workbooks_are_not_followed() -> None:
    assert rows_of(hostile.external_links()) == [["reference", "number"], ["GFMD-2010-RT1-07", "7"]]


def test_ragged_rows_keep_their_cells() -> None:
    assert rows_of(b"a,b\n1\n1,2,3\n") == [["a", "b"], ["1"], ["1", "2", "3"]]


def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(Refused) as caught, opened(path):
        pass
    assert caught.value.code == "sheet_too_large"


def test_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught, opened(tmp_path):
        pass
    assert caught.value.code == "sheet_directory"


def test_name_of_a_file_leads_nowhere() -> None:
    sheet = Sheet(io.BytesIO(b"a,b\n1,2\n"), name="../../etc/passwd\0.csv")
    assert sheet.name == "passwd.csv"
    assert [file_name(name) for name in ("..\\x.xlsx", "/", "a" * 300)] == ["x.xlsx", "sheet", "a" * 200]


def test_every_refusal_has_its_sentence() -> None:
    assert {code for _make, code in hostile.REFUSED.values()} <= set(SENTENCES)
