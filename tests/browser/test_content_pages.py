"""Every type of content page in a real browser: nothing for axe to find, no sideways scrolling."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import guides.demonstration
import home.demonstration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = [
    "/",
    "/guides/",
    "/guides/funeral-subsidies/",
    "/guides/place-name-approval/",
    "/guides/sea-burial/changes/",
    "/policies/five-year-plan/",
    "/notices/?kind=event",
    "/notices/marriage-lecture-december/",
    "/areas/elder-care/",
    "/life/losing-a-relative/",
    "/figures/",
    "/figures/eco-burial-rate/",
    "/site-map/",
    "/about/",
]


def faults(page) -> dict[str, list[str]]:
    """What axe finds on each address, and pages wider than the window."""
    found = {}
    for address in ADDRESSES:
        page.goto(address)
        names = [rule["id"] for rule in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            names.append("scrolls sideways")
        if names:
            found[address] = names
    return found


def test_content_pages_have_no_fault_that_axe_finds(page, desktop_page):
    home.demonstration.load(progress=lambda text: None)
    guides.demonstration.load(progress=lambda text: None)
    assert faults(page) == {}
    desktop_page.goto("/")
    desktop_page.context.add_cookies(
        [{"name": "display", "value": "elderly.contrast", "url": desktop_page.url}]
    )
    assert faults(desktop_page) == {}
