"""Guides of a booking service that write down materials themselves, beside the list of booking.

Two lists contradict one another sooner or later. A guide shows the one of the service by the
block 材料清单.
"""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page

from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from home.text_checks import Finding

from ..models import Service

ADVICE = "这件事在本站预约，材料请选“材料清单”，取自预约业务：分开写的两份迟早会对不上。"


def own_list(page: Page) -> Iterator[Finding]:
    """Text check: the materials of this guide that are not those of its booking service."""
    own = [block.value["name"] for block in _own_blocks(page)]
    if own and Service.objects.filter(guide=page.pk).exists():
        yield Finding("材料写了两份", "办理材料", "、".join(own)[:60], ADVICE)


def guides_with_own_lists(user: AbstractBaseUser) -> Iterator[DeskItem]:
    guides = Page.objects.live().filter(marriage_services__isnull=False).distinct()
    for guide in editable(user, guides).specific():
        if list(_own_blocks(guide)):
            yield DeskItem(guide.title, edit_url(guide), "材料和预约的清单分开写着")


def _own_blocks(page: Page) -> Iterator:
    blocks = getattr(page, "materials", ())
    return (block for block in blocks if block.block_type == "material")
