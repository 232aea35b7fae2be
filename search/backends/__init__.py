"""Wagtail's own searches for Chinese: small additions to modelsearch, one module per engine.

Stock modelsearch takes a run of Chinese characters as one word, so 结婚登记 inside a sentence
is not found, neither by citizens nor in the admin. Here `text` makes one token per character
before anything is stored, and turns each word of a query into a phrase of such tokens. What
an engine calls its query language never sees what a person typed.

`embedded` serves from the site's own database, `elasticsearch` from the server that
`SEARCH_URL` names, with `embedded` to fall back upon.
"""
