"""What browser tests of the admin share: people, logins, a form that is being watched."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

import home.roles
from home.models import NoticeIndexPage
from tests.home.factories import make_home, publish

from .conftest import follow, open_page

PASSWORD = "a-password-of-the-test"


def make_people() -> NoticeIndexPage:
    """An editor and a reviewer with their roles, and a section for notices."""
    index = NoticeIndexPage.objects.first() or publish(
        make_home(), NoticeIndexPage(slug="notices", title="通知公告")
    )
    call_command("set_up_roles", verbosity=0)
    for name, role in (("editor", home.roles.EDITOR), ("reviewer", home.roles.REVIEWER)):
        user = get_user_model().objects.create_user(name, password=PASSWORD)
        user.groups.add(Group.objects.get(name=role))
    return index


def log_in(page: Page, name: str) -> Page:
    page.goto(reverse("wagtailadmin_login"))
    type_login(page, name)
    return page


def type_login(page: Page, name: str) -> None:
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    follow(page.locator("button[type=submit]"))


def desk_of(browser, live_server, name: str) -> Page:
    """A browser window of its own in which `name` has logged in."""
    return log_in(open_page(browser, live_server, "desktop"), name)


def open_form(page: Page, address: str) -> Page:
    """A form that Wagtail watches already: it compares for the first time after two seconds."""
    page.goto(address)
    page.wait_for_timeout(2500)
    return page


def new_notice(page: Page, index: NoticeIndexPage) -> Page:
    return open_form(page, f"/admin/pages/add/home/noticepage/{index.pk}/")


def menu_action(page: Page, name: str):
    """A button of the menu beside the first action."""
    button = page.locator(f"footer button[name={name}]")
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    return button


def autosaved(page: Page) -> None:
    expect(page.locator(".w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )


def leave(page: Page) -> None:
    """Closes the window once the site has answered what a form tells it on being left."""
    page.goto("about:blank")
    page.wait_for_timeout(300)
    page.context.close()
