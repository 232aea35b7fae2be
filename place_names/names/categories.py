"""Synchronises the tree of classes in the database with `data/category_codes.csv`."""

from place_names.models import Category

from . import codes


def set_up_categories() -> None:
    """Make the classes of the code list that are not there yet; changes nothing else.

    An officer may rename a class or add one; the list only fills what is missing.
    """
    known = dict(Category.objects.values_list("code", "pk"))
    for each in codes.classes().values():
        if each.code in known:
            continue
        parent = known.get(each.parent) if each.parent else None
        made = Category.objects.create(
            code=each.code,
            name=each.name,
            parent_id=parent,
            certainty=each.certainty,
            evidence=each.evidence,
        )
        known[each.code] = made.pk
