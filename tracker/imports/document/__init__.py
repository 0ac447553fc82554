"""A Chair's document: what is found in it, and how each item is likely to be read. Nothing is written here.

``read_document(content, name, language=None, year=None)`` returns the ``Outline`` (``outline.py``) of a file or of
pasted text, without the database; it refuses with ``Refused`` what it cannot read. ``with_readings(outline, known)``
adds the suggestions. ``recognise(content, name, …)`` does both with what this installation knows: the command and the
desk call it.
"""
