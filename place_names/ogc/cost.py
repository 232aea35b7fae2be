"""What a filter may cost: one limit for everything that a request makes the site compare.

Counted in plain conditions, each of which the database compares with every record itself. The
others are dearer as measured on SQLite with the records of the demonstration.
"""

from place_names.open_data.problems import RequestError

MAX_COST, MAX_DEPTH = 200, 40
CONDITION, LISTED, CASEI, LIKE, SPATIAL = 1, 1, 5, 10, 40
"""A condition of any kind, and beyond that: each value of a list; folding the case of each
record; matching each record with a pattern; reading and comparing shapes."""


class Cost:
    """Counts what the filter of one request costs."""

    def __init__(self):
        self.spent = 0

    def add(self, cost: int, depth: int = 0) -> None:
        """Raises RequestError once the filter costs too much or is nested too deeply."""
        self.spent += cost
        if self.spent > MAX_COST or depth > MAX_DEPTH:
            raise RequestError(
                f"filter太复杂：最多{MAX_COST}个条件，{MAX_DEPTH}层。IN的每个值算{LISTED}个，"
                f"casei算{CASEI}个，LIKE算{LIKE}个，图形条件算{SPATIAL}个。",
                f"The filter is too complex: at most {MAX_COST} conditions in {MAX_DEPTH} levels. "
                f"Each value of IN counts as {LISTED}, casei as {CASEI}, LIKE as {LIKE}, "
                f"a spatial condition as {SPATIAL}.",
                parameter="filter",
            )
