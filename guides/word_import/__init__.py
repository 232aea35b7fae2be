"""Import of Word documents (.docx) as drafts.

`reading` turns a file into plain values inside the sandbox: `package` opens the archive,
`styles` and `numbering` resolve what paragraphs inherit, `inline` reads text, `tables` keeps
merged cells, `front_matter` finds title and document number. `drafts` makes pages from them.
"""
