"""A real Chromium on the real site. Skipped with a plain reason where none is found;
in CI, where one was promised, its absence is a failure."""

import os
import shutil

import pytest

VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """The browser, one for the whole run."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium was found, and CI must run the browser tests.")
        pytest.skip("no Chromium found: install one (apt install chromium) or set CHROMIUM")
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous interface keeps an event loop in this thread, which Django
    # would otherwise take for asynchronous code and refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


def open_page(browser, live_server, viewport: str):
    context = browser.new_context(
        base_url=live_server.url,
        viewport=VIEWPORTS[viewport],
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def follow(locator) -> None:
    """Click, and wait for the page that answers: the old one may still be there for a moment."""
    with locator.page.expect_navigation():
        locator.click()


@pytest.fixture
def page(chromium, live_server):
    """A page at phone width on the live site; the test loads the data it needs."""
    page = open_page(chromium, live_server, "phone")
    yield page
    page.context.close()


@pytest.fixture
def desktop_page(chromium, live_server):
    page = open_page(chromium, live_server, "desktop")
    yield page
    page.context.close()


# Imported late: `editing` opens its windows with the functions of this module.
@pytest.fixture
def index():
    """The section for notices, with an editor and a reviewer."""
    from .editing import make_people

    return make_people()


@pytest.fixture
def editor(chromium, live_server, index):
    yield from _desk(chromium, live_server, "editor")


@pytest.fixture
def reviewer(chromium, live_server, index):
    yield from _desk(chromium, live_server, "reviewer")


def _desk(chromium, live_server, name: str):
    from .editing import desk_of, leave

    page = desk_of(chromium, live_server, name)
    yield page
    leave(page)
