"""What 编辑 and 审核 may do with the dated figures."""

from django.contrib.auth.models import Group

from home.roles import EDITOR, REVIEWER, give

FIGURES = ("add_figure", "change_figure", "view_figure")


def set_up_roles() -> None:
    """Editors see figures, reviewers change them: a figure has no draft, so an edit is public."""
    for name, codenames in ((EDITOR, ("view_figure",)), (REVIEWER, FIGURES)):
        group, _ = Group.objects.get_or_create(name=name)
        give(group, *codenames, apps=("guides",))
