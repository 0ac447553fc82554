"""A sheet as a ministry keeps it: its own headings, semicolons, cp1252, ragged rows, a few mistakes, 5,000 rows."""

HEADINGS = "Nr.;Verweis;Land;Wann;Was;Erläuterung;Bezug;Quelle;Adresse"
MAPPING = {
    "Nr.": "key",
    "Verweis": "reference",
    "Land": "actor",
    "Wann": "date",
    "Was": "title",
    "Erläuterung": "body",
    "Bezug": "relation",
    "Quelle": "citation",
    "Adresse": "url",
}
DATES = ("04.10.2013", "4 October 2013", "octobre 2013", "2013", "25/12/2013", "8 de marzo de 2011")


def foreign_sheet(references: list[str], actors: list[str], *, rows: int = 5000, mended: bool = False) -> bytes:
    """Return the sheet. Each thousand rows hold one of each mistake, unless it was mended."""
    lines = [HEADINGS]
    for number in range(1, rows + 1):
        key, when, more = f"{number}", DATES[number % len(DATES)], ""
        if not mended and number % 1000 in {100, 200, 300}:
            key = f"{number - 1}" if number % 1000 == 100 else key
            when = "03/04/2013" if number % 1000 == 200 else when
            more = ";übrig" if number % 1000 == 300 else ""
        cells = [key, references[number % len(references)], actors[number % len(actors)], when]
        cells += [f"Maßnahme {number} – «durchgeführt»", "Ein Text.", "same_subject"]
        if number % 7:  # the other rows end early
            cells += [f"Bericht {number}", f"https://example.org/{number}"]
        lines.append(";".join(cells) + more)
    return "\r\n".join(lines).encode("cp1252")
