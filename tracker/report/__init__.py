"""The progress report of a Forum or of some of its roundtables, as of a day: what a Chair puts on the table.

``content`` holds the facts, read once; the page, the PDF and the command show the same ones. ``wording`` holds what is
said around them, ``choice`` what can be asked for, ``pdf`` sets type for any document of this house.
"""
