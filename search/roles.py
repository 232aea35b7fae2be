"""Who may change what search says, and who reads its statistics.

Synonyms, promotions and emergency cards are public as soon as they are saved, without a review:
they are the reviewers' matter. Editors see them.
"""

from django.contrib.auth.models import Group, Permission

from home.roles import EDITOR, REVIEWER

MODELS = ("synonym", "askedwords", "safetycard")
SEEN = {
    "search": ("view_querycount", *(f"view_{model}" for model in MODELS)),
    "wagtailadmin": ("access_admin",),
}
MANAGED = {
    "search": tuple(
        f"{action}_{model}" for model in MODELS for action in ("add", "change", "delete", "view")
    ),
    "wagtailsearchpromotions": (
        "add_searchpromotion",
        "change_searchpromotion",
        "delete_searchpromotion",
        "view_searchpromotion",
    ),
}


def set_up_roles() -> None:
    """Give the groups of editors and reviewers their permissions; never takes one away."""
    for name, rights in ((EDITOR, (SEEN,)), (REVIEWER, (SEEN, MANAGED))):
        group = Group.objects.get_or_create(name=name)[0]
        for app, codenames in (pair for right in rights for pair in right.items()):
            wanted = Permission.objects.filter(content_type__app_label=app, codename__in=codenames)
            group.permissions.add(*wanted)
