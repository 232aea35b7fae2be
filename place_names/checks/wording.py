"""The rules on non-standard wording, which officers edit; initial rules come from a file.

Names to be cleared are exaggerated, foreign or strange (刻意夸大、崇洋媚外、怪异难懂); the
fourth kind, duplicates and homophones, is found by the register itself.
"""

import csv
import re
from pathlib import Path

from place_names.models import WordingRule
from place_names.wording_patterns import refusal

from .rules import Wording

DATA = Path(__file__).parents[1] / "data"
FILE = DATA / "wording_rules.csv"
FILES = (FILE, DATA / "naming_words.csv")
"""Words for all names, and those that only a proposed name is checked for."""


def active_wordings():
    """The rules in use, ready for ``checks.bad_wording``; a broken expression is left out."""
    found = []
    for rule in WordingRule.objects.filter(active=True, scope=WordingRule.Scope.BOTH):
        if rule.is_pattern and refusal(rule.word):
            continue  # the form refuses it now
        pattern = re.compile(rule.word if rule.is_pattern else re.escape(rule.word))
        label = f"{rule.get_kind_display()}（{rule.kind}）"
        found.append(Wording(pattern, label, rule.reason, tuple(rule.classes.split())))
    return found


def load_rules():
    """Add the rules of the files that are not there; never changes one. Returns how many."""
    known = set(WordingRule.objects.values_list("word", flat=True))
    new = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            new += [
                WordingRule(**{**row, "is_pattern": bool(row["is_pattern"])})
                for row in csv.DictReader(file)
                if row["word"] not in known
            ]
    WordingRule.objects.bulk_create(new)
    return len(new)
