"""Bringing files into the register: read, map, check, compare, apply, undo.

    readers      a file → what it holds, questions to the officer, rows of text
    formats      the readers: delimited, workbooks, geojson, vector; in a limited process (`home.sandbox`)
    text_encoding, dbase, systems  what a file does not say or says wrongly: guessed, or asked
    mapping      columns of the file → fields of the register
    checking     a row of text → a candidate, or problems with line, column, value, reason
    differences  a candidate and the record in the register → added, changed, unchanged
    planning     a whole file → a plan kept on disk, with counts
    applying     a plan → one transaction and an ImportRecord; undoing the last one

Memory stays flat: a file is read row by row, the plan lies on disk, records are compared
and written in batches.
"""
