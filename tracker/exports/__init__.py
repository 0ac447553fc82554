"""Lists and single recommendations as files: what one sees is what one takes away (docs/exports.md).

``lists`` and ``one`` answer addresses; ``rows`` reads what a page lists, all of it and in its order; ``columns`` lays
the facts that the API tells into a table; ``about`` says what a file is; ``csv_file``, ``json_file``, ``xlsx_file`` and
``pdf_file`` write it, and ``answers`` sends it while it is being written.
"""
