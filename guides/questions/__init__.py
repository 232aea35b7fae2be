"""Questions that lead a citizen to the answer for the own case.

`tree` is what the rules work on, `reading` makes it from the blocks an editor filled in,
`checking` finds what would leave a citizen stuck, `walking` follows given answers,
`result` works out materials and amounts, `drawing` lays the tree out as a picture.
"""
