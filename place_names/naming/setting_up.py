"""Fills the tables that officers edit from the delivered lists."""

from place_names.checks.wording import load_rules
from place_names.models import GenericRule, NamingKind

from . import letters, lists


def load_lists() -> int:
    """Add the rows that are missing; never changes one. Returns how many."""
    kinds = set(NamingKind.objects.values_list("slug", flat=True))
    terms = set(GenericRule.objects.values_list("term", flat=True))
    new_kinds = [
        NamingKind(**row) for row in lists.rows("naming_kinds.csv") if row["slug"] not in kinds
    ]
    new_terms = [
        GenericRule(
            **{name: value or (None if name.startswith(("min_", "max_")) else "")
               for name, value in row.items()}
        )
        for row in lists.rows("generic_rules.csv")
        if row["term"] not in terms
    ]  # fmt: skip
    NamingKind.objects.bulk_create(new_kinds)
    GenericRule.objects.bulk_create(new_terms)
    return len(new_kinds) + len(new_terms) + load_rules() + letters.load_letters()
