"""docs/permissions.md says what the code says: roles, screens of the admin, actions."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from wagtail.snippets.models import get_snippet_models

from home.models import NoticePage
from tests.home.factories import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = ("编辑", "审核", "地名员", "婚姻登记员", "婚姻登记主管")
ADMINISTRATOR = "管理员"
PAGE_ACTIONS = {
    "can_edit": "修改",
    "can_submit_for_moderation": "提交审核",
    "can_publish": "发布",
    "can_unpublish": "撤下",
    "can_delete": "删除（进回收站）",
    "can_lock": "锁定",
    "can_unlock": "解锁",
    "can_set_view_restrictions": "限制访问",
}
MODEL_ACTIONS = ("view", "add", "change", "delete", "publish", "lock", "unlock")
# They end the session, or answer scripts.
LEFT_OUT = ("logout", "login", "password_reset", "sprite", "jsi18n", "dismissibles")


def screens(patterns=None, prefix="") -> Iterator[str]:
    """All addresses of the admin that need no object."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if not isinstance(pattern, URLPattern):
            yield from screens(pattern.url_patterns, path)
        elif path.startswith("admin/") and not set("<(?[*\\") & set(path):
            yield from () if any(word in path for word in LEFT_OUT) else (f"/{path}",)


def people(django_user_model) -> dict[str, object]:
    found = {}
    for role in ROLES:
        found[role] = django_user_model.objects.create_user(role)
        found[role].groups.add(Group.objects.get(name=role))
    found[ADMINISTRATOR] = django_user_model.objects.create_superuser(ADMINISTRATOR)
    return found


def mark(is_allowed: bool) -> str:
    return "✓" if is_allowed else "–"


def table(head: str, rows: list[tuple[str, list[str]]]) -> list[str]:
    lines = [f"| {head} | {' | '.join((*ROLES, ADMINISTRATOR))} |", "|---" * (len(ROLES) + 2) + "|"]
    return [*lines, *(f"| {name} | {' | '.join(marks)} |" for name, marks in rows)]


def may(page: NoticePage, person, action: str) -> bool:
    """Each action is on the form of the page, or asks for the right to change it."""
    permissions = page.permissions_for_user(person)
    return permissions.can_edit() and bool(getattr(permissions, action)())


def opens(client: Client, address: str, *, is_drawn: bool) -> bool:
    """What the page shows makes no difference: one person's are drawn, so that all of them are."""
    with ExitStack() as stack:
        if not is_drawn:
            stack.enter_context(patch.object(SimpleTemplateResponse, "rendered_content", ""))
        answer = client.get(address)
    return answer.status_code not in (302, 403) or (
        answer.status_code == 302
        and answer.url not in ("/admin/", "/admin")
        and not answer.url.startswith("/admin/login")
    )


def matrix(django_user_model) -> str:
    call_command("set_up_roles", verbosity=0)
    staff = people(django_user_model)
    event = make_event()
    notice = NoticePage(title="通知", slug="notice")
    event.get_parent().add_child(instance=notice)
    notice.save_revision().publish()

    clients = {name: Client() for name in staff}
    for name, person in staff.items():
        clients[name].force_login(person)
    addresses = sorted(set(screens()))
    assert len(addresses) > 60
    opened = [
        (
            f"`{address}`",
            [mark(opens(clients[name], address, is_drawn=name == ADMINISTRATOR)) for name in staff],
        )
        for address in addresses
    ]
    index = event.get_parent().specific
    adding = [mark(index.permissions_for_user(who).can_add_subpage()) for who in staff.values()]
    page_rows = [
        ("新增", adding),
        *(
            (words, [mark(may(notice, person, name)) for person in staff.values()])
            for name, words in PAGE_ACTIONS.items()
        ),
    ]
    known = set(Permission.objects.values_list("codename", flat=True))
    model_rows = []
    for model in sorted(get_snippet_models(), key=lambda model: model._meta.label):
        marks = []
        for person in staff.values():
            allowed = [
                action
                for action in MODEL_ACTIONS
                if f"{action}_{model._meta.model_name}" in known
                and person.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
            ]
            marks.append(" ".join(allowed) or "–")
        model_rows.append((str(model._meta.verbose_name), marks))
    return "\n".join(
        [
            "# Permissions",
            "",
            "For administrators. What each role may open and do, without section permissions (栏目分工), which",
            "only take away. `tests/project/test_permission_matrix.py` makes this page from the code and fails",
            "when it is out of date; it then writes the right one into the folder of the data.",
            "",
            "## Actions on a public page",
            "",
            *table("action", page_rows),
            "",
            "## Records",
            "",
            *table("record", model_rows),
            "",
            "## Screens",
            "",
            "Addresses that need no object. The screens of one object follow the actions above.",
            "",
            *table("address", opened),
            "",
        ]
    )


def test_the_document_says_what_the_code_says(django_user_model):
    wanted = matrix(django_user_model)
    if not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != wanted:
        made = Path(os.fspath(settings.DATA_DIR)) / "permissions.md"
        made.write_text(wanted, encoding="utf-8")
        pytest.fail(f"docs/permissions.md is out of date; the right one is {made}")


@pytest.mark.parametrize(
    ("role", "row", "expected"),
    [
        ("编辑", "发布", "–"),
        ("编辑", "提交审核", "✓"),
        ("审核", "发布", "✓"),
        ("地名员", "修改", "–"),
        (ADMINISTRATOR, "删除（进回收站）", "✓"),
    ],
)
def test_what_the_document_must_say(role, row, expected):
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    [found] = [line for line in lines if line.startswith(f"| {row} |")]
    cells = [cell.strip() for cell in found.strip("|").split("|")]
    assert cells[1 + (*ROLES, ADMINISTRATOR).index(role)] == expected
