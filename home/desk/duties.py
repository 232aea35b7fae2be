"""Who looks after which section.

An administrator gives a group its sections (栏目分工). A person with at least one such group
may change only what is filed there, and the page of the section itself; a person without any
may change all that the page permissions allow.
"""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page, PagePermissionTester

from ..models.duties import SectionDuty


def sections_of(user: AbstractBaseUser) -> set[int] | None:
    """Keys of the sections this person looks after, or None for all of them."""
    if user.is_superuser:
        return None
    keys = set(SectionDuty.objects.filter(group__user=user).values_list("section_id", flat=True))
    return keys or None


def lies_in(sections: set[int] | None, page: Page) -> bool:
    """Whether `page` is filed in one of the sections, or is one of them."""
    if sections is None:
        return True
    specific = page.specific_deferred if type(page) is Page else page
    return specific.pk in sections or getattr(specific, "section_id", None) in sections


def may_change(user: AbstractBaseUser, page: Page) -> bool:
    return lies_in(sections_of(user), page)


def may_create(user: AbstractBaseUser, kind: type[Page]) -> bool:
    """Whether this person could change a new page of that kind: others are not theirs to make."""
    return sections_of(user) is None or hasattr(kind, "section_id")


class SectionPermissionTester(PagePermissionTester):
    """Wagtail's permissions on a page, less what belongs to other people's sections.

    Asked by every screen of the admin that edits, publishes, locks, moves or deletes. Pages
    may still be added under index pages, of kinds that are filed in a section; the form asks
    for an own one then.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        # Kept on the user, who lives as long as the request: listings ask for each page.
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
