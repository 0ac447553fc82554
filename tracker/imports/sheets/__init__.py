"""Spreadsheets, CSV or XLSX, become drafts. The commands and the desk share this; nothing here is imported by itself,
for the readers run in a process that knows no database.

====================  ==================================================================================================
``sheet.Sheet``       a file: its headings and its rows, read in a confined process as they are asked for
``kinds.KINDS``       what rows may be about, by ``SheetKind``: columns with key, headings, meaning, example
``mapping``           which heading is read as which column: found, kept for the source, or given by hand
``planning.dry_run``  yields a ``RowResult`` for each row: new, changed, unchanged or refused; writes nothing
``applying``          ``apply_sheet``: the same, and writes drafts, all or nothing unless told otherwise
``undoing``           ``undo``: takes back what an import made, where nobody has worked on it since
``kept``              the results of a dry run in a file, to be shown page by page and compared with what is written
``mending``           the sheet with its errors beside it
``empty``             empty sheets to fill in
====================  ==================================================================================================

A sheet that cannot be read at all is refused with ``tracker.errors.Refused``; a row is refused in its result.
"""
