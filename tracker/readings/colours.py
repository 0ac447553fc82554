"""The colours of statuses where no style sheet is: in pictures and on paper."""

COLOURS = {
    "implemented": "#19653f",
    "partial": "#1f6f93",
    "progress": "#96600a",
    "ongoing": "#5a559c",
    "over": "#66594f",
    "dropped": "#8c3f33",
    "notstarted": "#5d6a75",
    "none": "#5d6a75",
}
"""By ``Status.token``: the style sheet's in light colours. A test holds them against it."""


def tint(colour: str) -> tuple[int, int, int]:
    """Return a light shade of a colour, "#19653f"."""
    strong = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    red, green, blue = (255 - (255 - part) * 3 // 10 for part in strong)
    return red, green, blue
