"""Synchronises the tree of classes in the database with `data/category_codes.csv`."""

from home.cache import invalidation
from place_names.models import Category

from . import codes


def set_up_categories() -> None:
    """Make the classes of the code list that are not there yet; changes nothing else.

    An officer may rename a class or add one; the list only fills what is missing.
    """
    known = dict(Category.objects.values_list("code", "pk"))
    missing = [each for each in codes.classes().values() if each.code not in known]
    if missing:
        invalidation.invalidate()
    while missing:  # One level of the tree a round: a class needs the key of the one above it.
        made = Category.objects.bulk_create(
            Category(
                code=each.code,
                name=each.name,
                parent_id=known[each.parent] if each.parent else None,
                certainty=each.certainty,
                evidence=each.evidence,
            )
            for each in missing
            if each.parent is None or each.parent in known
        )
        known |= {category.code: category.pk for category in made}
        missing = [each for each in missing if each.code not in known]
