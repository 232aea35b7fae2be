"""Question trees as pages: walking by POST, the editor's screens, the demonstration."""

import json
import logging
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import home.roles
from demonstration.guides import question_trees
from guides.models import Figure, GuideIndexPage, QuestionIndexPage, QuestionTreePage
from guides.questions.checks import problems
from home.models import HomePage
from home.pages.publishing_checks import PublishingRefusedError
from tests.templates import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
FUNERAL = {
    "funeral-transfer": 180,
    "funeral-disinfection": 100,
    "funeral-cold-storage": 300,
    "funeral-farewell-hall": 400,
    "funeral-cremation": 250,
    "funeral-urn": 100,
    "funeral-ash-storage": 350,
    "funeral-total-hardship": 3540,
    "sea-burial-reward": 2000,
}

RESIDENT = ("广州市户籍", "不是", "在广州的殡仪馆")
DIVORCE = (
    "离婚登记",
    "都是内地居民",
    "在内地的婚姻登记处，或者中国驻外使馆、领事馆",
    "都商量好了",
    "第一次，来申请",
)
OTHER = "不是广州市户籍，在广州去世并在广州火化"


def make_funeral_figures() -> None:
    """The amounts that the funeral tree adds up, from 2024 on."""
    for slug, amount in FUNERAL.items():
        figure = Figure(slug=slug, name=slug, unit="元", source="宣传册", is_sample=True)
        figure.values.create(valid_from=date(2024, 1, 1), amount=Decimal(amount))
        figure.save()


def load_trees() -> None:
    """The trees of the demonstration, on a site with nothing else."""
    make_funeral_figures()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="start"))
    Site.objects.update(root_page=home)
    home.add_child(instance=GuideIndexPage(title="办事指南", slug="guides"))
    question_trees.load(progress=lambda line: None)


loaded = made_once(load_trees)


@pytest.fixture
def trees(loaded, db):
    """The pages of the demonstration's trees by slug."""
    return {page.slug: page for page in QuestionTreePage.objects.all()}


def state_in(response) -> str:
    return unescape(re.search(r'name="state" value="([^"]*)"', response.content.decode())[1])


def chosen_in(response) -> list[str]:
    """The options that are ticked when the page comes up."""
    return re.findall(r'value="([^"]*)" required checked', response.content.decode())


def answered(client, page, *answers):
    response = client.get(page.url)
    for answer in answers:
        data = {"state": state_in(response), "answer": answer}
        response = client.post(page.answer_url, data)
    return response


def test_the_demonstration_is_sound_and_loads_once(trees):
    assert set(trees) == {"funeral-subsidies", "marriage-materials", "who-approves-my-place-name"}
    assert {slug: problems(page.tree) for slug, page in trees.items()} == {
        slug: [] for slug in trees
    }
    assert all(page.live for page in trees.values())
    QuestionTreePage.objects.update(title="编辑改过")
    question_trees.load(progress=lambda line: None)
    assert [p.title for p in QuestionTreePage.objects.all()] == ["编辑改过"] * 3


def test_every_next_step_of_the_demonstration_leads_somewhere(trees):
    steps = [
        step
        for tree in trees.values()
        for block in tree.steps
        if block.block_type == "outcome"
        for step in block.value["next_steps"]
    ]
    assert len(steps) > 10
    assert [step["label"] for step in steps if not step.get_url()] == []


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ([*RESIDENT, "寄存在骨灰楼"], "1,680元"),
        ([*RESIDENT, "骨灰撒海"], "1,330元"),
        ([OTHER, "不是"], "1,330元"),
        # The ceiling for hardship is not added to the items.
        ([OTHER, "是"], "1,330元"),
    ],
)
def test_the_funeral_tree_adds_up_the_amounts(client, trees, answers, total):
    tree = trees["funeral-subsidies"]
    page = answered(client, tree, "2025-03-01", *answers).content.decode()
    assert f"<strong>{total}</strong>" in page
    assert "按2025年3月1日的标准" in page
    assert "一次性告知单" in page


def test_the_reward_for_a_burial_at_sea_is_told_apart_from_what_is_waived(client, trees):
    tree = trees["funeral-subsidies"]
    for poor, total in (("不是", True), ("是", False)):
        way = ("广州市户籍", poor, "在广州的殡仪馆", "骨灰撒海")
        page = answered(client, tree, "2025-03-01", *way).content.decode()
        assert "撒海以后另发，不在结算时减" in page
        assert "不和上面的金额相加" in page
        assert ("合计：" in page) == total


def test_whoever_was_cremated_elsewhere_is_told_of_the_same_items_in_time(client, trees):
    tree = trees["funeral-subsidies"]
    today = date.today().isoformat()
    way = ("广州市户籍", "不是", "在其他城市的殡仪馆", today, "骨灰撒海")
    page = answered(client, tree, today, *way).content.decode()
    assert "火化费用到街道申请，撒海另外报名" in page
    assert "sea-burial-reward" in page
    # Neither the funeral home nor the bureau takes it (rule of 2015).
    assert "到哪里办、问谁" not in page
    assert "/service-places/?kind=hall" in page


def test_an_amount_follows_its_figure_and_its_day(client, trees):
    figure = Figure.objects.get(slug="funeral-urn")
    figure.values.create(valid_from=date(2026, 1, 1), amount=Decimal(150))
    figure.save()
    other = (OTHER, "不是")
    tree = trees["funeral-subsidies"]
    assert "1,330元" in answered(client, tree, "2025-12-31", *other).content.decode()
    assert "1,380元" in answered(client, tree, "2026-01-01", *other).content.decode()
    before = answered(client, tree, "2023-12-31", *other).content.decode()
    assert "没有登记数值" in before
    assert "funeral-urn</th>" in before
    assert "合计：" not in before


def test_answers_go_back_and_stay_out_of_addresses_and_logs(client, trees, caplog):
    tree = trees["marriage-materials"]
    with caplog.at_level(logging.DEBUG):
        response = answered(client, tree, *DIVORCE)
    page = response.content.decode()
    assert "离婚登记申请：双方一起来" in page
    assert response.request["QUERY_STRING"] == ""
    assert "离婚" not in response.request["PATH_INFO"]
    assert "离婚" not in caplog.text
    assert not response.cookies
    back = client.post(tree.answer_url, {"state": state_in(response), "back": "3"})
    words = back.content.decode()
    assert "您的回答" in words
    assert "双方自愿离婚" in words
    assert "第一次，来申请" not in words


def test_a_changed_answer_keeps_the_later_ones_that_still_apply(client, trees):
    tree = trees["funeral-subsidies"]
    result = answered(client, tree, "2025-03-01", *RESIDENT, "寄存在骨灰楼")
    asked = client.post(tree.answer_url, {"state": state_in(result), "back": "2"})
    assert chosen_in(asked) == ["不是"]
    changed = client.post(tree.answer_url, {"state": state_in(asked), "answer": "是"})
    words = changed.content.decode()
    assert "3,540元" in words
    assert "寄存在骨灰楼" in words
    assert "后面2题的回答仍然适用" in words


def test_a_changed_answer_that_leads_elsewhere_asks_only_what_is_new(client, trees):
    tree = trees["marriage-materials"]
    result = answered(client, tree, *DIVORCE)
    first = client.post(tree.answer_url, {"state": state_in(result), "back": "0"})
    assert chosen_in(first) == ["离婚登记"]
    other = client.post(tree.answer_url, {"state": state_in(first), "answer": "结婚登记"})
    assert "男方满22周岁" in other.content.decode()
    assert chosen_in(other) == []
    # Back on the old way nothing needs to be answered a second time.
    first = client.post(tree.answer_url, {"state": state_in(other), "back": "0"})
    again = client.post(tree.answer_url, {"state": state_in(first), "answer": "离婚登记"})
    assert "离婚登记申请：双方一起来" in again.content.decode()


def test_a_later_day_that_no_longer_fits_is_asked_again(client, trees):
    tree = trees["funeral-subsidies"]
    elsewhere = ("广州市户籍", "不是", "在其他城市的殡仪馆")
    result = answered(client, tree, "2025-03-01", *elsewhere, "2025-03-04")
    first = client.post(tree.answer_url, {"state": state_in(result), "back": "0"})
    later = client.post(tree.answer_url, {"state": state_in(first), "answer": "2025-03-05"})
    words = later.content.decode()
    assert later.status_code == 200
    assert "是哪一天火化的" in words
    assert 'value="2025-03-04"' in words


def test_a_day_asked_again_stands_in_its_field(client, trees):
    tree = trees["funeral-subsidies"]
    second = answered(client, tree, "2025-03-01")
    first = client.post(tree.answer_url, {"state": state_in(second), "back": "0"})
    assert 'value="2025-03-01"' in first.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"state": "made-up"},
        {"state": "x" * 30000, "answer": "结婚登记"},
        {"state": "", "back": "-1"},
        {"state": "", "back": "9" * 5000},
    ],
)
def test_odd_posts_start_over_in_words(client, trees, data):
    response = client.post(trees["marriage-materials"].answer_url, data)
    assert response.status_code == 422
    assert "请从第一题开始" in response.content.decode()


def test_a_missing_answer_is_asked_again(client, trees):
    response = answered(client, trees["marriage-materials"], "")
    assert response.status_code == 422
    assert "请选择一个回答" in response.content.decode()
    dated = answered(client, trees["funeral-subsidies"], "2099-01-01").content.decode()
    assert "日期不能晚于今天" in dated
    assert 'value="2099-01-01"' in dated


# Fields of type=date take the order and the marks of the browser alone.
@pytest.mark.parametrize("typed", ["2025年3月1日", "20250301", "2025/3/1", "二〇二五年三月一日"])
def test_a_day_is_typed_as_people_write_it(client, trees, typed):
    tree = trees["funeral-subsidies"]
    assert '<input id="question" type="text"' in client.get(tree.url).content.decode()
    assert "逝者生前的户籍在哪里" in answered(client, tree, typed).content.decode()


def test_a_day_that_cannot_be_read_stays_in_its_field(client, trees):
    response = answered(client, trees["funeral-subsidies"], "3月1日")
    assert response.status_code == 422
    assert 'value="3月1日"' in response.content.decode()


def test_a_state_belongs_to_its_page(client, trees):
    state = state_in(client.get(trees["funeral-subsidies"].url))
    other = trees["marriage-materials"].answer_url
    assert client.post(other, {"state": state, "answer": "结婚登记"}).status_code == 422


def test_the_printed_sheet_names_the_address_where_one_begins(client, trees):
    tree = trees["funeral-subsidies"]
    page = answered(client, tree, "2025-03-01", OTHER, "不是").content.decode()
    printed = re.search(r'print-only">[^<]*打印自 (\S+)</p>', page)[1]
    assert printed.endswith(tree.url)
    assert client.get(tree.url).status_code == 200


def test_get_of_the_answers_leads_to_the_first_question(client, trees):
    tree = trees["marriage-materials"]
    assert client.get(tree.answer_url)["Location"].endswith(tree.url)
    assert client.get("/guides/questions/none/answer/").status_code == 404


def test_pages_need_few_queries(client, trees, django_assert_max_num_queries):
    tree = trees["funeral-subsidies"]
    client.get("/feedback/")  # The first request of all writes the default settings.
    with django_assert_max_num_queries(13):  # Wagtail reads the roots of the languages hourly.
        first = client.get(tree.url)
    data = {"state": state_in(first), "answer": "2025-03-01"}
    with django_assert_max_num_queries(13):
        second = client.post(tree.answer_url, data)
    data = {"state": state_in(second), "answer": OTHER}
    with django_assert_max_num_queries(13):
        client.post(tree.answer_url, data)
    with django_assert_max_num_queries(13):
        client.get(QuestionIndexPage.objects.get().url)


def option(label, target):
    return {
        "type": "item",
        "id": label,
        "value": {"label": label, "target": target, "branches": []},
    }


def looped_steps() -> str:
    ways = [option("是", "甲"), option("否", "终")]
    return json.dumps(
        [
            {"type": "question", "value": {"code": "甲", "text": "甲？", "options": ways}},
            {"type": "outcome", "value": {"code": "终", "title": "终"}},
        ]
    )


def test_a_loop_is_never_published_and_the_live_page_stays(trees):
    tree = trees["marriage-materials"]
    tree.steps = looped_steps()
    revision = tree.save_revision()
    with pytest.raises(PublishingRefusedError, match="绕成了圈"):
        revision.publish()
    assert len(QuestionTreePage.objects.get(pk=tree.pk).steps) > 2


def question_data(target: str):
    list_of = lambda *items: {  # noqa: E731
        "count": str(len(items)),
        **{
            str(n): {"deleted": "", "order": str(n), "type": "item", "id": "", "value": item}
            for n, item in enumerate(items)
        },
    }
    one = {"label": "是", "hint": "", "target": target, "branches": list_of()}
    question = {"code": "甲", "text": "甲吗？", "help": "", "options": list_of(one)}
    outcome = {
        "code": "终",
        "title": "可以办",
        "text": rich_text(""),
        "amounts": list_of(),
        "amounts_note": "",
        "list_key": "",
        "facts": list_of(),
        "materials": list_of(),
        "places": list_of(),
        "next_steps": list_of(),
    }
    return streamfield([("question", question), ("outcome", outcome)])


def page_data(target: str, **more):
    return nested_form_data(
        {
            "title": "新问答",
            "slug": "new-tree",
            "summary": "",
            "intro": rich_text(""),
            "steps": question_data(target),
            "related": streamfield([]),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
        | more
    )


def browser_of(group: str) -> Client:
    user = get_user_model().objects.create_user(group)
    user.groups.add(Group.objects.get(name=group))
    browser = Client()
    browser.force_login(user)
    return browser


def test_an_editor_builds_a_tree_without_code_and_a_reviewer_publishes(client, trees):
    home.roles.set_up_roles()
    editor, reviewer = browser_of(home.roles.EDITOR), browser_of(home.roles.REVIEWER)
    parent = QuestionIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["guides", "questiontreepage", parent.pk])
    refused = editor.post(add, page_data("甲", **{"action-submit": "1"}))
    assert "题目绕成了圈：甲 → 甲" in refused.content.decode()
    assert not QuestionTreePage.objects.filter(slug="new-tree").exists()
    editor.post(add, page_data("甲"))
    draft = QuestionTreePage.objects.get(slug="new-tree")
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    screen = editor.get(edit).content.decode()
    assert "题目绕成了圈" in screen
    assert "绕回前面" in screen
    editor.post(edit, page_data("终", **{"action-submit": "1"}))
    draft.refresh_from_db()
    assert not draft.live
    task = draft.current_workflow_task_state
    approve = f"/admin/pages/workflow/action/{draft.pk}/approve/{task.pk}/"
    reviewer.post(approve, {"comment": ""})
    draft.refresh_from_db()
    assert draft.live
    assert "可以办" in answered(client, draft, "是").content.decode()


def test_a_draft_is_tried_out_in_the_preview(admin_client, trees):
    tree = trees["marriage-materials"]
    edit = reverse("wagtailadmin_pages:preview_on_edit", args=[tree.pk])
    data = page_data("终", title="草稿", slug=tree.slug)
    assert admin_client.post(edit, data).json()["is_valid"]
    first = admin_client.get(f"{edit}?in_preview_panel=true").content.decode()
    assert "甲吗？" in first
    assert 'name="in_preview_panel" value="true"' in first
    tried = admin_client.get(f"{edit}?in_preview_panel=true&answer=是").content.decode()
    assert "可以办" in tried
    picture = admin_client.get(f"{edit}?mode=tree").content.decode()
    assert "tree__box--outcome" in picture
    assert "检查通过" in picture
