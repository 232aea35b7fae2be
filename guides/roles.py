"""What 编辑 and 审核 may do with the dated figures."""

from django.contrib.auth.models import Group

from home.roles import EDITOR, REVIEWER, give, review_snippets

from .models import Figure

WRITING = ("add_figure", "change_figure", "view_figure")
REVIEWING = ("publish_figure", "lock_figure", "unlock_figure")


def set_up_roles() -> None:
    """Editors write figures, reviewers publish them, on the way of the pages."""
    for name, codenames in ((EDITOR, WRITING), (REVIEWER, (*WRITING, *REVIEWING))):
        group, _ = Group.objects.get_or_create(name=name)
        give(group, *codenames, apps=("guides",))
    review_snippets(Figure)
