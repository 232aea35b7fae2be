"""Section permissions (栏目分工): who may change the pages of which section.

An administrator assigns sections to groups. Somebody in at least one such group may change
only the pages filed in its sections and the section pages themselves; everybody else may change
whatever Wagtail's page permissions allow.
"""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page, PagePermissionTester


def sections_of(user: AbstractBaseUser) -> set[int] | None:
    """Primary keys of the sections this user may change; None means all of them."""
    if user.is_superuser:
        return None
    assigned = user.groups.filter(section_permissions__isnull=False)
    return set(assigned.values_list("section_permissions__section_id", flat=True)) or None


def lies_in(sections: set[int] | None, page: Page) -> bool:
    """Whether `page` is filed in one of the sections, or is one of them. Snippets are in none."""
    if sections is None:
        return True
    if not isinstance(page, Page):
        return False
    specific = page.specific_deferred if type(page) is Page else page
    return specific.pk in sections or getattr(specific, "section_id", None) in sections


def may_change(user: AbstractBaseUser, page: Page) -> bool:
    return lies_in(sections_of(user), page)


def may_create(user: AbstractBaseUser, kind: type[Page]) -> bool:
    """Whether the user could still change a new page of this type after creating it."""
    return sections_of(user) is None or hasattr(kind, "section_id")


class SectionPermissionTester(PagePermissionTester):
    """Wagtail's permissions on a page, without those on other people's sections.

    Every admin screen that edits, publishes, locks, moves or deletes asks it. Pages of types
    that are filed in a section may still be added under index pages; the form then requires
    one of the user's own sections.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        # Stored on the user object, which lives as long as the request: listings ask for each page.
        if not hasattr(user, "_own_sections"):
            user._own_sections = sections_of(user)
        self.is_own = lies_in(user._own_sections, page)
        if not self.is_own:
            belongs = hasattr(page, "section_id") or getattr(page, "is_area", False)
            self.permissions = set() if belongs else self.permissions & {"add"}

    def can_edit(self):
        return self.is_own and super().can_edit()

    def can_copy_to(self, destination, recursive=False):
        kind = self.page.specific_class
        return may_create(self.user, kind) and super().can_copy_to(destination, recursive)

    def can_add_subpage(self):
        if not super().can_add_subpage():
            return False
        kinds = self.page.specific_class.creatable_subpage_models()
        return any(may_create(self.user, kind) for kind in kinds)
