"""Who looks after which section.

An administrator gives a group its sections (栏目分工). A person with at least one such group
may change only the guides, policies and notices filed there; a person without any may
change all that the page permissions allow.
"""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page

from ..models import ContentPage, SectionDuty


def sections_of(user: AbstractBaseUser) -> set[int] | None:
    """Keys of the sections this person looks after, or None for all of them."""
    if user.is_superuser:
        return None
    keys = set(SectionDuty.objects.filter(group__user=user).values_list("section_id", flat=True))
    return keys or None


def may_change(user: AbstractBaseUser, page: Page) -> bool:
    """Whether `page` is filed in a section of this person; pages of no section are free."""
    specific = page.specific_deferred if type(page) is Page else page
    if not isinstance(specific, ContentPage):
        return True
    own = sections_of(user)
    return own is None or specific.section_id in own
