"""Question trees: a citizen answers a question at a time and gets a result.

`tree` holds the data structure, `parsing` makes it from the blocks of the editor, `checks`
finds what would leave a citizen stuck (over all `paths`), `evaluation` follows given answers,
`result` computes materials and amounts, `drawing` lays the tree out as a diagram.
"""
