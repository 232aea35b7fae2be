"""The tree of classes in the database, kept in step with the code list of the project."""

from . import codes
from .models import Category


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
