import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from home.feedback.statistics import add_opinion, pages_since, waiting_reports
from home.models import (
    FeedbackReport,
    FeedbackSettings,
    NoticeIndexPage,
    NoticePage,
    PageOpinion,
    PlainPage,
)
from home.models.feedback import NUMBER_LETTERS, new_number, normal_number
from home.typed_text.personal_numbers import personal_numbers
from home.visitors import visitor_key
from tests.home.factories import make_area, make_home, publish
from tests.home.typed_forms import shown_by

pytestmark = pytest.mark.django_db
GOOD = {"kind": "wrong", "text": "第二步的电话打不通", "path": "/guides/marriage/"}


def limit(**values):
    FeedbackSettings.objects.create(site=Site.objects.get(), **values)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我的号码是13800138000", ["手机号码"]),
        ("１３８-００１３-８０００", ["手机号码"]),
        ("440105 19900101 001X", ["身份证号码"]),
        ("写信给 a.b@example.com", ["邮箱"]),
        ("金额应为1680元，电话020-83000000", []),
        ("编号440105202611230000123", []),
    ],
)
def test_personal_numbers_are_found(text, found):
    assert personal_numbers(text) == found


@given(st.text(NUMBER_LETTERS, min_size=8, max_size=8))
def test_a_number_is_found_however_it_is_typed(letters):
    number = f"FK-{letters[:4]}-{letters[4:]}"
    assert normal_number(number.lower().replace("-", " ")) == number
    assert normal_number(number.removeprefix("FK-")) == number


def test_a_fault_is_told_in_the_title_and_beside_its_field(client):
    html = client.post("/feedback/", {"text": "短"}).content.decode()
    assert "<title>错误：反馈" in html
    assert '<a href="#id_kind_0">请选择是什么问题。</a>' in html
    assert 'id="id_kind_0"' in html
    assert '<fieldset class="fieldset field--error" aria-describedby="id_kind_error">' in html
    assert 'id="id_kind_error"' in html
    assert "错误：" not in client.get("/feedback/").content.decode()
    lookup = client.post("/feedback/status/", {"status-number": "?"}).content.decode()
    assert "<title>错误：查处理情况" in lookup


def test_new_numbers_have_the_form_that_is_looked_up():
    number = new_number()
    assert normal_number(number) == number


@given(st.text(max_size=60))
def test_odd_numbers_never_fail(text):
    assert normal_number(text) == "" or len(normal_number(text)) == 12


def test_a_report_gets_a_number_and_its_reply_can_be_looked_up(client):
    response = client.post("/feedback/", GOOD, follow=True)
    report = FeedbackReport.objects.get()
    words = response.content.decode().split("<main")[1].split("</main>")[0]
    assert report.number in words
    assert '<a href="/feedback/">我要找错</a>' in words
    assert report.number not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    found = client.post("/feedback/status/", {"status-number": report.number.lower()})
    assert "已收到，待处理" in found.content.decode()
    FeedbackReport.objects.update(state="corrected", reply="电话已更正")
    found = client.post("/feedback/status/", {"status-number": report.number})
    assert "已改正" in found.content.decode()
    assert "电话已更正" in found.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": ""}, "请选择是什么问题"),
        ({"text": ""}, "请写明哪里不对"),
        ({"text": "错"}, "请至少写5个字"),
        ({"text": "错" * 1001}, "您写了1001个字"),
        ({"text": "请打13800138000找我"}, "请删去手机号码"),
        ({"path": "//evil.example/"}, "请填写本站的页面地址"),
        # Browsers read these as //evil.example, and the inbox links to the page.
        ({"path": "/\\evil.example/"}, "请填写本站的页面地址"),
        ({"path": "/\t/evil.example/"}, "请填写本站的页面地址"),
    ],
)
def test_a_bad_report_is_refused_with_what_was_typed(client, change, words):
    response = client.post("/feedback/", GOOD | change)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert (change.get("text") or GOOD["text"]) in page
    assert not FeedbackReport.objects.exists()


def test_a_flood_of_reports_is_stopped_in_words(client):
    limit(reports_an_hour=2)
    for _ in range(2):
        assert client.post("/feedback/", GOOD).status_code == 302
    refused = client.post("/feedback/", GOOD)
    assert refused.status_code == 429
    assert "每小时最多交2条" in refused.content.decode()
    assert GOOD["text"] in refused.content.decode()
    other = client.post("/feedback/", GOOD, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


def test_the_whole_site_has_a_limit_too(client):
    limit(reports_an_hour_in_all=1)
    client.post("/feedback/", GOOD)
    assert client.post("/feedback/", GOOD, REMOTE_ADDR="192.0.2.7").status_code == 429


def test_behind_a_proxy_a_made_up_address_does_not_count(rf, settings):
    settings.PROXIES_IN_FRONT = 1

    def key(chain):
        return visitor_key(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=chain))

    assert key("1.1.1.1, 192.0.2.7") == key("2.2.2.2, 192.0.2.7")
    assert key("192.0.2.7") != key("192.0.2.8")


def test_looking_up_has_a_limit_and_odd_input_an_answer(client):
    limit(lookups_an_hour=2)
    assert client.post("/feedback/status/", {"status-number": "不对"}).status_code == 422
    missing = client.post("/feedback/status/", {"status-number": "FK-2222-2222"})
    assert "没有找到这个编号" in missing.content.decode()
    assert client.post("/feedback/status/", {"status-number": "x" * 900}).status_code == 429


def test_people_who_share_an_address_are_counted_up_to_a_limit(client):
    limit(opinions_a_page_a_day=2)
    first = client.post("/feedback/opinion/", {"page": "/service-places/", "answer": "no"})
    assert "告诉我们，我们来改" in first.content.decode()
    for _ in range(3):
        client.post("/feedback/opinion/", {"page": "/service-places/", "answer": "yes"})
    row = PageOpinion.objects.get()
    assert (row.path, row.helpful, row.unhelpful) == ("/service-places/", 1, 1)


def test_whom_a_page_did_not_help_is_asked_why(client):
    data = {"page": "/service-places/", "answer": "no"}
    asked = client.post("/feedback/opinion/", data)
    assert '<button class="button button--quiet" name="reason" value="unclear">' in (
        asked.content.decode()
    )
    in_place = client.post("/feedback/opinion/", data, headers={"accept": "application/json"})
    assert ["unclear", "看不懂"] in in_place.json()["reasons"]
    thanked = client.post("/feedback/opinion/", data | {"reason": "unclear"})
    assert "谢谢，我们会看、会改" in thanked.content.decode()
    assert 'name="reason"' not in thanked.content.decode()
    for odd in ({"reason": "helpful"}, {"reason": "x" * 900}, {"reason": "wrong", "answer": "yes"}):
        assert client.post("/feedback/opinion/", data | odd).status_code == 400
    row = PageOpinion.objects.get()
    assert (row.helpful, row.unhelpful, row.unclear, row.wrong) == (0, 2, 1, 0)
    assert pages_since(timezone.localdate())[0].reasons == [("看不懂", 1)]


@pytest.mark.parametrize(
    "data",
    [
        {"page": "https://evil.example", "answer": "yes"},
        {"page": "/x", "answer": "maybe"},
        {"page": "/" + "x" * 400, "answer": "yes"},
        {"page": "/[", "answer": ""},
        {"page": "/\\evil.example/", "answer": "yes"},
        {},
    ],
)
def test_odd_opinions_are_refused(client, data):
    refused = client.post("/feedback/opinion/", data)
    assert refused.status_code == 400
    assert 'href="/\\' not in refused.content.decode()
    assert not PageOpinion.objects.exists()


def test_opinions_are_taken_of_pages_that_there_are(client):
    page = publish(make_home(), PlainPage(slug="about", title="关于"))
    page.refresh_from_db()
    assert (
        client.post("/feedback/opinion/", {"page": "/about/", "answer": "yes"}).status_code == 200
    )
    page.unpublish()
    for path in ("/about/", "/nothing/", "/admin/", "/media/a.pdf", "/x.php"):
        refused = client.post("/feedback/opinion/", {"page": path, "answer": "no"})
        assert refused.status_code == 404, path
        assert "本站没有这个页面" in refused.content.decode()
    assert PageOpinion.objects.get().path == "/about/"


def test_the_inbox_shows_pages_by_title_and_filters_by_section(client, admin_user):
    mine, other = make_area(), make_area("charity", "慈善")
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知"))
    for slug, title, section in (("a", "冬至提示", mine), ("b", "募捐提示", other)):
        page = publish(index, NoticePage(slug=slug, title=title, section=section))
        FeedbackReport.objects.create(kind="wrong", text="错误", path=page.url, page=page)
    client.force_login(admin_user)
    address = reverse("wagtailsnippets_home_feedbackreport:list")
    everything = client.get(address).content.decode()
    assert '<a href="/notices/a/">冬至提示</a>' in everything
    assert '<a href="/notices/b/">募捐提示</a>' in everything
    own = client.get(address, {"section": mine.pk}).content.decode()
    assert "冬至提示" in own
    assert "募捐提示" not in own
    assert client.get(address, {"section": "x"}).status_code == 200


def test_other_sites_cannot_send_opinions(client):
    data = {"page": "/service-places/", "answer": "yes"}
    response = client.post("/feedback/opinion/", data, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 400


def test_opinions_keep_the_cached_pages(client, django_capture_on_commit_callbacks):
    client.get("/feedback/status/")  # The first request of all writes the default settings.
    with django_capture_on_commit_callbacks() as callbacks:
        client.post("/feedback/opinion/", {"page": "/service-places/", "answer": "yes"})
    assert PageOpinion.objects.exists()
    assert callbacks == []


def test_every_page_asks_and_links_to_the_form(client):
    page = client.get("/service-places/").content.decode()
    assert 'name="page" value="/service-places/"' in page
    assert "/feedback/?page=/service-places/" in page
    form = client.get("/feedback/?page=/service-places/").content.decode()
    assert 'value="/service-places/"' in form
    assert 'value="//evil' not in client.get("/feedback/?page=//evil.example/").content.decode()


def test_nothing_typed_reaches_the_log(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post("/feedback/", GOOD | {"text": "请打13800138000找我"})
    assert "13800138000" not in caplog.text


def test_figures_rank_open_reports_then_the_least_helpful():
    today = timezone.localdate()
    add_opinion("/a/", today, True)
    add_opinion("/a/", today, False)
    add_opinion("/b/", today, False)
    add_opinion("/c/", today - timedelta(days=40), False)
    FeedbackReport.objects.create(kind="wrong", text="错", path="/d/")
    FeedbackReport.objects.create(kind="wrong", text="错", path="/b/", state="kept", reply="好")
    pages = pages_since(today - timedelta(days=29))
    assert [page.path for page in pages] == ["/d/", "/a/", "/b/"]
    assert [page.share for page in pages] == [None, 50, 0]
    assert waiting_reports() == 1


def test_figures_name_pages_by_their_titles():
    publish(make_home(), PlainPage(slug="about", title="关于本站"))
    today = timezone.localdate()
    for path in ("/", "/about/", "/search/"):
        add_opinion(path, today, True)
    titles = {page.path: page.title for page in pages_since(today)}
    assert titles == {"/": "首页", "/about/": "关于本站", "/search/": ""}


def test_an_editor_answers_in_the_inbox_and_cannot_close_without_a_reply(client, django_user_model):
    editor = django_user_model.objects.create_user("editor", "", "x")
    names = ["view_feedbackreport", "change_feedbackreport", "access_admin"]
    editor.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(editor)
    report = FeedbackReport.objects.create(kind="wrong", text="第二步有错", path="/guides/")
    listing = client.get(reverse("wagtailsnippets_home_feedbackreport:list"))
    assert report.number in listing.content.decode()
    address = reverse("wagtailsnippets_home_feedbackreport:edit", args=[report.pk])
    refused = client.post(address, {"state": "corrected", "reply": ""})
    assert "办结前请写明答复" in refused.content.decode()
    told = {"state": "corrected", "reply": "已改", "text": "改写反映"} | shown_by(client, address)
    client.post(address, told)
    report.refresh_from_db()
    assert (report.state, report.handled_by) == ("corrected", editor)
    assert report.text == "第二步有错"
    assert client.get(reverse("wagtailsnippets_home_feedbackreport:add")).status_code != 200
    assert client.get(reverse("feedback_figures")).status_code == 200


def test_the_figures_need_permission(client, django_user_model):
    other = django_user_model.objects.create_user("other", "", "x")
    other.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(other)
    assert client.get(reverse("feedback_figures")).status_code == 302


@pytest.mark.parametrize(
    "text",
    [
        "请打+8613800138001找我",
        "请打138.0013.8001找我",
        "请打13800\u200b138001找我",
        "我的证件是440105900307001",
        "我的证件是440105 19900307 001X",
    ],
)
def test_disguised_personal_numbers_are_refused_and_not_stored(client, text):
    assert client.post("/feedback/", GOOD | {"text": text}).status_code == 422
    assert not FeedbackReport.objects.exists()


def test_controls_in_a_report_are_cleaned_away(client):
    client.post("/feedback/", GOOD | {"text": "第二步\x08的电话\x0b打不通"})
    assert FeedbackReport.objects.get().text == "第二步的电话\n打不通"
