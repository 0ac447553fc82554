"""The tables of what was measured: each figure beside its budget, a section in its place, growth between sizes."""

from pathlib import Path

from tests.bench.asking import Answers, Arrival
from tests.bench.measuring import Measured
from tests.bench.pages import DESK, PUBLIC, Page
from tests.bench.tables import growth, keep, section


def took(median: float, slowest: float = 20.0, rate: float = 100.0) -> Answers:
    return Answers(median, slowest, 1234, rate)


def found(median: float = 10.0, slowest: float = 20.0) -> Measured:
    return Measured(
        pages=[
            (Page("list", "/recommendations/", PUBLIC), took(median, slowest)),
            (Page("search: one word", "/recommendations/?q=a", PUBLIC), took(2 * median)),
            (Page("desk: index", "/admin/", DESK), took(median, 500)),
        ],
        many=[("/", took(3.0, rate=2000))],
        plainest=took(0.5, rate=1000),
        unchanged=[("/", took(0.5, rate=600)), ("/forums/", took(0.5, rate=590))],
        files=[("/a.csv", Arrival(0.4, 9.0, 80.0, 150.0)), ("/b.csv", Arrival(0.4, None, 80.0, 151.0))],
    )


def lines_of(text: str, beginning: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(beginning)]


def test_a_figure_stands_beside_its_budget() -> None:
    text = section(found(), 250_000, "sqlite", 480)
    assert text.startswith("## 250,000 recommendations on SQLite\n\n`make bench SIZE=250000 ENGINE=sqlite` on ")
    assert lines_of(text, "| list") == ["| list | 10.0 | 15 | 20.0 | 40 | yes | 1,234 |"]
    assert lines_of(text, "| search") == ["| search: one word | 20.0 | 15 | 20.0 | 40 | **no** | 1,234 |"]
    assert lines_of(text, "| desk") == ["| desk: index | 10.0 | 80 | 500.0 | – | yes | 1,234 |"]
    assert lines_of(text, "| `/a") == ["| `/a.csv` | 0.40 | 9.0 | 80.0 | 150 | yes |"]
    assert lines_of(text, "| `/b") == ["| `/b.csv` | 0.40 | over 30 | 80.0 | 151 | **no** |"]
    assert lines_of(text, "| `/forums/`") == ["| `/forums/` | 590 | 59 %, budget 60 % | **no** |"]
    assert lines_of(text, "| `/`") == ["| `/` | 2,000 | 3.0 | 20.0 |", "| `/` | 600 | 60 %, budget 60 % | yes |"]


def test_the_slowest_answers_have_a_budget_too() -> None:
    assert "| list | 10.0 | 15 | 40.1 | 40 | **no** |" in section(found(slowest=40.1), 10_000, "sqlite", 1)


def test_a_section_takes_the_place_of_the_one_with_its_title(tmp_path: Path) -> None:
    file = tmp_path / "figures.md"
    file.write_text("# Figures\n\nWords.\n")
    for median in (10.0, 11.0):
        keep(file, section(found(median), 10_000, "sqlite", 1))
        keep(file, section(found(median), 10_000, "postgres", 1))
    text = file.read_text()
    assert lines_of(text, "#") == [
        "# Figures",
        "## 10,000 recommendations on SQLite",
        "## 10,000 recommendations on PostgreSQL",
    ]
    assert lines_of(text, "| list") == ["| list | 11.0 | 15 | 20.0 | 40 | yes | 1,234 |"] * 2


def test_growth_is_that_of_public_pages_between_the_smallest_and_the_largest_of_an_engine() -> None:
    sizes = [(1_000_000, 13.0), (10_000, 10.0), (250_000, 11.0)]
    text = "\n".join(section(found(median), size, "sqlite", 1) for size, median in sizes)
    assert growth(text, "sqlite").splitlines() == [
        "## Growth on SQLite",
        "",
        "| page | 10,000 (ms) | 250,000 (ms) | 1,000,000 (ms) | 1,000,000 to 10,000 | budget | kept |",
        "|---|---:|---:|---:|---:|---:|---|",
        "| list | 10.0 | 11.0 | 13.0 | 1.30 | 1.2 | **no** |",
        "| search: one word | 20.0 | 22.0 | 26.0 | 1.30 | 3.0 | yes |",
    ]
    assert growth(text, "postgres") == ""
