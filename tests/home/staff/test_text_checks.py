"""What the check before submission finds, and that nothing goes on without an answer."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import home.roles
from guides.figures.text_check import contradictions
from guides.models import FigureValue
from guides.policies.disclosure import missing_fields
from home.models import FindingAnswer, NoticeIndexPage, NoticePage, WordingRule
from home.text_checks import avoided_words, findings
from tests.guides.factories import make_figure, make_guide, make_policy
from tests.home.factories import make_home, publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def found_in(words: str) -> list[str]:
    return [
        finding.advice.split("”")[0][1:] for finding in avoided_words(NoticePage(summary=words))
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("请带户口本和身份证。", ["户口本"]),
        ("请带户口簿。", []),
        ("法定婚龄是多少", []),
        ("他们定婚了，法定婚龄", ["定婚"]),
        ("残废人和帐户", ["帐户", "残废"]),
        ("身分证、法人代表", ["法人代表", "身分证"]),
        ("大学生村官、村官", ["村官"]),
        ("", []),
    ],
)
def test_words_of_the_list_are_found_but_not_inside_others(words, expected):
    assert found_in(words) == expected


def test_each_rule_names_its_public_text_and_day():
    rules = WordingRule.objects.all()
    assert len(rules) > 20
    for rule in rules:
        assert "《" in rule.source
        assert rule.checked_on
        rule.full_clean()


def test_a_rule_that_is_switched_off_finds_nothing():
    WordingRule.objects.filter(word="户口本").update(is_active=False)
    assert found_in("户口本") == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("低保标准为每月650元。", "现在是1,080元"),
        ("低保标准为每月650元。", "旧数值"),
        ("低保标准为每月1080元。", None),
        ("低保标准为每月1，080元。", None),
        ("低保标准为每月{figure:dibao}，从前是650元。", None),
        ("临时救助650元。", None),
        ("低保标准详见文件。", None),
        ("自2023年1月1日起，低保标准为每月1,080元。", "没有从2023年1月1日起的"),
        ("自2021年7月1日起，低保标准为每月1,080元。", None),
        ("自2021年2月30日起，低保标准为每月1,080元。", "没有2021年2月30日这一天"),
        ("低保标准另定。补贴650元。", None),
    ],
)
def test_numbers_and_days_that_contradict_a_figure(sentence, words):
    make_figure("dibao", ("2020-01-01", None, 650), ("2021-07-01", None, 1080))
    advice = "".join(one.advice for one in contradictions(NoticePage(summary=sentence)))
    assert (words in advice) if words else not advice


def test_a_number_of_a_past_period_contradicts_nothing():
    figure = make_figure(
        "couples", ("2020-12-31", None, 36080), name="登记对数", unit="对", kind="record"
    )
    figure.values.update(period="2016—2020年合计")
    assert list(contradictions(NoticePage(summary="登记对数去年是9000对。"))) == []


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("低保标准是每人每月1200元。", True),
        ("最低生活保障标准1200元/人/月。", True),
        ("低保标准每月1,080元。", False),
        ("本市户籍每月1200元。", False),
    ],
)
def test_a_standard_is_known_by_both_names_and_of_whatever_period(sentence, is_found):
    name = "最低生活保障标准（低保标准）（本市户籍）"
    figure = make_figure(
        "dibao", ("2020-12-31", None, 1080), name=name, unit="元/人/月", kind="standard"
    )
    figure.values.update(period="2020年")
    found = list(contradictions(make_guide(summary=sentence)))
    assert bool(found) is is_found


def test_a_goal_does_not_hide_the_standard_that_is_paid():
    name = "孤儿生活保障标准"
    values = ("2020-12-31", None, 2570), ("2025-12-31", None, "不低于上年")
    make_figure("orphans", *values, name=name, kind="binding")
    FigureValue.objects.filter(text="").update(period="2020年")
    FigureValue.objects.exclude(text="").update(period="2025年", is_target=True)
    [finding] = contradictions(make_policy(summary=f"{name}是每月1299元。"))
    assert "现在是2,570元（2020年）" in finding.advice
    assert not list(contradictions(NoticePage(summary=f"{name}是每月2570元。")))


def test_missing_fields_of_the_public_catalogue():
    policy = make_policy(ends_on=datetime.date(2030, 1, 1))
    assert [one.field for one in missing_fields(policy)] == [
        "索引号",
        "主题分类",
        "文号",
        "公开日期",
        "施行日期",
        "失效、废止依据",
    ]
    policy.index_number = "114401050075160001-2026-00001"
    assert "索引号" not in [one.field for one in missing_fields(policy)]
    assert list(missing_fields(make_guide())) == []


def form_of(page: NoticePage, **buttons) -> dict:
    fields = {
        "title": page.title,
        "summary": page.summary,
        "slug": page.slug,
        "issued_on": "2026-01-01",
        "issuer": "民政局",
        "body": streamfield([]),
        "related": streamfield([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(fields) | buttons


@pytest.fixture
def notice() -> NoticePage:
    call_command("set_up_roles", verbosity=0)
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return publish(index, NoticePage(title="通知", slug="notice", summary="带户口本"))


@pytest.fixture
def log_in(client, django_user_model):
    def log_in(role: str):
        user = django_user_model.objects.create_user(role)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return log_in


def test_submission_waits_for_a_reason_and_loses_nothing(notice, log_in):
    editor = log_in(home.roles.EDITOR)
    edit = reverse("wagtailadmin_pages:edit", args=[notice.pk])
    check = reverse("text_check", args=[notice.pk])
    notice.summary = "请带户口本来"
    answer = editor.post(edit, form_of(notice, **{"action-submit": "x"}))
    assert answer.url == f"{check}?then=submit"
    notice.refresh_from_db()
    assert not notice.workflow_in_progress
    assert notice.get_latest_revision_as_object().summary == "请带户口本来"
    [finding] = findings(notice.get_latest_revision_as_object())
    asked = editor.get(answer.url).content.decode()
    assert "户口簿" in asked
    assert "草稿已保存" in asked
    assert "草稿已保存" not in editor.get(check).content.decode()  # Opened from the menu.

    refused = editor.post(check, {"then": "submit", finding.key: "  "})
    assert "还有没写理由的" in refused.content.decode()
    editor.post(check, {"then": "submit", finding.key: "原文件就是这样写的"})
    notice.refresh_from_db()
    assert notice.workflow_in_progress
    assert FindingAnswer.objects.get().reason == "原文件就是这样写的"

    reviewer = log_in(home.roles.REVIEWER)
    assert "检查有1处写了不改的理由" in reviewer.get(edit).content.decode()
    assert "原文件就是这样写的" in reviewer.get(check).content.decode()


def test_a_text_without_findings_is_submitted_at_once(notice, log_in):
    notice.summary = "请带户口簿来"
    edit = reverse("wagtailadmin_pages:edit", args=[notice.pk])
    log_in(home.roles.EDITOR).post(edit, form_of(notice, **{"action-submit": "x"}))
    notice.refresh_from_db()
    assert notice.workflow_in_progress


def test_publication_by_a_reviewer_waits_too(notice, log_in):
    reviewer = log_in(home.roles.REVIEWER)
    edit = reverse("wagtailadmin_pages:edit", args=[notice.pk])
    notice.summary = "请带户口本来"
    reviewer.post(edit, form_of(notice, **{"action-publish": "x"}))
    assert NoticePage.objects.get().summary == "带户口本"
    [finding] = findings(notice)
    check = reverse("text_check", args=[notice.pk])
    reviewer.post(check, {"then": "publish", finding.key: "引文"})
    assert NoticePage.objects.get().summary == "请带户口本来"


def test_an_editor_does_not_publish_by_way_of_the_check(notice, log_in):
    notice.summary = "请带户口簿来"
    notice.save_revision()
    check = reverse("text_check", args=[notice.pk])
    log_in(home.roles.EDITOR).post(check, {"then": "publish"})
    assert NoticePage.objects.get().summary == "带户口本"


def test_a_new_page_that_is_submitted_at_once_is_a_draft_first(notice, log_in):
    add = reverse("wagtailadmin_pages:add", args=["home", "noticepage", notice.get_parent().pk])
    new = NoticePage(title="新通知", slug="new", summary="带户口本")
    answer = log_in(home.roles.EDITOR).post(add, form_of(new, **{"action-submit": "x"}))
    made = NoticePage.objects.get(slug="new")
    assert answer.url == f"{reverse('text_check', args=[made.pk])}?then=submit"
    assert not made.live


def test_the_panel_beside_the_form_tells_what_the_newest_draft_has(notice, log_in):
    editor = log_in(home.roles.EDITOR)
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[notice.pk])).text
    assert "js/text-check" in form
    assert f'data-key="{notice.pk}"' in form
    address = reverse("text_findings", args=[notice.pk])
    notice.summary = "带户口本，定婚"
    notice.save_revision()
    assert 'data-count="2"' in editor.get(address).text
    notice.summary = "带户口簿"
    notice.save_revision()
    assert "没有发现" in editor.get(address).text


def test_the_panel_is_closed_to_those_who_may_not_edit_the_page(notice, log_in):
    officer = log_in("地名员")
    answer = officer.get(reverse("text_findings", args=[notice.pk]))
    assert answer.status_code in (302, 403)
    assert "户口簿" not in answer.text
    nothing = officer.get(reverse("text_findings", args=[notice.pk + 999]))
    assert (nothing.status_code, nothing.headers.get("Location"), nothing.text) == (
        answer.status_code,
        answer.headers.get("Location"),
        answer.text,
    )


def test_a_draft_that_was_changed_since_it_was_checked_does_not_go_on(notice, log_in):
    reviewer = log_in(home.roles.REVIEWER)
    notice.summary = "请带户口本来"
    notice.save_revision()
    check = reverse("text_check", args=[notice.pk])
    asked = BeautifulSoup(reviewer.get(check).text, "html.parser")
    seen = {"draft": asked.select_one("[name=draft]")["value"]}
    notice.summary = "请带户口本来，还要带照片"
    notice.save_revision()
    [finding] = findings(notice)
    pressed = {"then": "publish", finding.key: "引文"}
    again = reviewer.post(check, pressed | seen)
    assert "草稿又改过" in again.text
    assert "引文" in again.text
    assert NoticePage.objects.get().summary == "带户口本"
    seen["draft"] = BeautifulSoup(again.text, "html.parser").select_one("[name=draft]")["value"]
    reviewer.post(check, pressed | seen)
    assert NoticePage.objects.get().summary == "请带户口本来，还要带照片"
