"""No English in the admin: every screen that a menu, a list or a form leads to is read."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from lxml import html as lxml_html

from guides.models import GuidePage
from home.models import FeedbackReport, NoticePage, ServicePlace
from home.staff.permission_names import name_permissions
from tests.guides.factories import make_figure, make_guide, make_policy
from tests.home.factories import make_area, make_event

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

WORD = re.compile(r"[A-Za-z]{3,}")
READ_OUT = ("aria-label", "title", "placeholder", "alt", "data-w-dialog-title", "aria-description")
SILENT = {"script", "style", "template", "code", "noscript", "svg"}
# Names, formats and what people type, which are the same in Chinese.
NAMES = {
    "page",  # A label without translation in the form of a group, for screen readers.
    "word", "excel", "wps", "pdf", "docx", "wagtail", "https", "http", "admin", "atom", "api",
    "fangjia", "notices", "chigang", "hall", "haizhu", "localhost", "dibao", "div", "avif", "gif", "jpg",
    "jpeg", "png", "webp", "heif", "welcome", "your", "new", "site", "javascript", "shift", "esc", "json", "figure", "html", "url", "csv", "xlsx", "heic", "ctrl", "cmd", "alt", "geojson",
}  # fmt: skip


def english_in(markup: str) -> set[str]:
    """Words of the Latin alphabet that somebody sees or hears, with the words around them."""
    found = set()
    for element in lxml_html.document_fromstring(markup).iter():
        if not isinstance(element.tag, str):
            continue
        texts = [element.get(name) or "" for name in READ_OUT]
        if element.tag in SILENT:
            texts = []
        elif not any("hidden" in one.attrib for one in (element, *element.iterancestors())):
            texts += [element.text or ""]
        texts.append(element.tail or "")
        for text in texts:
            text = re.sub(r"FK-[A-Z0-9-]+", "", text)  # A number made by chance.
            words = {word for word in WORD.findall(text) if word.lower() not in NAMES}
            if words:
                found.add(" ".join(text.split())[:80])
    return found


def screens() -> list[str]:
    """One of each kind of screen, with something in each list."""
    notice = NoticePage(title="通知", slug="notice")
    make_event().get_parent().add_child(instance=notice)
    notice.save_revision().publish()
    guide = make_guide(section=make_area(), body=[{"type": "paragraph", "value": "<p>甲</p>"}])
    policy = make_policy()
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    figure.save_revision().publish()
    place = ServicePlace.objects.create(name="窗口", slug="w", kind="hall", address="路1号")
    FeedbackReport.objects.create(kind="wrong", text="错", path="/")
    pages = [notice, guide, policy, GuidePage.objects.first()]
    addresses = [reverse("wagtailadmin_home")]
    for page in pages:
        for name in (
            "edit",
            "history",
            "usage",
            "delete",
            "unpublish",
            "copy",
            "move",
            "workflow_history",
        ):
            addresses.append(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        addresses += [
            reverse(name, args=[page.pk])
            for name in ("text_check", "preview_links", "assign_page", "wagtailadmin_explore")
        ]
    for model, thing in (("guides_figure", figure), ("home_serviceplace", place)):
        addresses += [reverse(f"wagtailsnippets_{model}:{name}") for name in ("list", "add")]
        addresses += [
            reverse(f"wagtailsnippets_{model}:{name}", args=[thing.pk])
            for name in ("edit", "history", "usage", "delete")
        ]
    addresses += [
        reverse(name)
        for name in (
            "text_search", "calendar", "cited_laws", "trash", "feedback_figures",
            "event_sign_ups", "wagtailimages:index", "wagtailimages:add_multiple",
            "wagtaildocs:index", "wagtaildocs:add_multiple", "wagtailusers_users:index",
            "wagtailusers_users:add", "wagtailusers_groups:index", "wagtailusers_groups:add",
            "wagtailredirects:index", "wagtailredirects:add", "wagtailadmin_workflows:index",
            "wagtailadmin_workflows:task_index", "wagtailadmin_reports:locked_pages",
            "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks",
            "wagtailadmin_reports:site_history", "wagtailadmin_reports:aging_pages",
            "wagtailadmin_reports:page_types_usage", "wagtailsites:index",
            "wagtailadmin_collections:index", "wagtailadmin_account", "wagtailsnippets:index",
            "wagtailadmin_pages:search", "wagtailsnippets_home_wordingrule:list",
            "wagtailsnippets_home_feedbackreport:list",
        )
    ]  # fmt: skip
    return addresses


def test_every_screen_speaks_chinese(client, django_user_model):
    call_command("set_up_roles", verbosity=0)
    name_permissions(None, using="default")
    client.force_login(django_user_model.objects.create_superuser("管理员"))
    english = {}
    for address in screens():
        answer = client.get(address)
        assert answer.status_code == 200, address
        if found := english_in(answer.content.decode()):
            english[address] = sorted(found)
    kinds = sorted({words for found in english.values() for words in found})
    assert kinds == [], english
