"""Where “示例” is said: once for a list of examples alone, at each where real ones stand beside."""

from collections.abc import Iterable


def are_all_samples(rows: Iterable) -> bool:
    """Whether a list has several rows, each with a true `is_sample`: one notice then says so, and
    no row is marked."""
    marks = [row.is_sample for row in rows]
    return len(marks) > 1 and all(marks)
