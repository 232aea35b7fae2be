"""Whether a name answers a query of characters and letters: 江南dadao, 江南ddz."""

from search.analysis import Name, Query

from .spelling import consumed, written
from .weights import MIXED, MIXED_INSIDE, MIXED_PREFIX, SHORTENED, Found


def judge_mixed(query: Query, name: Name) -> Found:
    for form in query.forms:
        deduction = SHORTENED if form.shortened else 0
        if found := written(form.key, form.digits, name):
            return found, deduction
        for start in range(len(name.key)):
            end = consumed(form.key, name, start, mixed=True)
            if end is None:
                continue
            if start:
                return MIXED_INSIDE, deduction
            return (MIXED if end == len(name.key) else MIXED_PREFIX), deduction
    return None
