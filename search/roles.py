"""Who may keep synonyms and promotions and read the statistics of searches."""

from django.contrib.auth.models import Group, Permission

from home.roles import EDITOR, REVIEWER

MANAGED = {
    "search": (
        "add_synonym",
        "change_synonym",
        "delete_synonym",
        "view_synonym",
        "view_querycount",
    ),
    "wagtailsearchpromotions": (
        "add_searchpromotion",
        "change_searchpromotion",
        "delete_searchpromotion",
        "view_searchpromotion",
    ),
    "wagtailadmin": ("access_admin",),
}


def set_up_roles() -> None:
    """Give the groups of editors and reviewers their permissions; never takes one away."""
    wanted = [
        permission
        for app, codenames in MANAGED.items()
        for permission in Permission.objects.filter(
            content_type__app_label=app, codename__in=codenames
        )
    ]
    for name in (EDITOR, REVIEWER):
        Group.objects.get_or_create(name=name)[0].permissions.add(*wanted)
