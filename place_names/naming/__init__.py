"""Naming a place: what the law and the register say about a name that somebody proposes.

`checking.check` runs all rules; each is a plain function over a proposal, the index of names in
use and the lists. A result is advice: who approves a name decides (条例 art. 12).
"""
