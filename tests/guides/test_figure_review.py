"""A figure is drafted, reviewed and taken back, and says before which places will change."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

import guides.roles
import home.roles
from guides.figures.effects import places_of
from guides.figures.staff.desk import expired_figures
from guides.models import Figure
from tests.home.factories import make_area

from .factories import make_figure, make_guide

pytestmark = pytest.mark.django_db
MARK = "每月{figure:dibao}，按月发"


@pytest.fixture(autouse=True)
def roles():
    call_command("set_up_roles", verbosity=0)


@pytest.fixture
def log_in(client, django_user_model):
    def log_in(role: str):
        user, _ = django_user_model.objects.get_or_create(username=role)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return log_in


def url(figure: Figure, view: str = "edit") -> str:
    return reverse(f"wagtailsnippets_guides_figure:{view}", args=[figure.pk])


def form_of(figure: Figure, amount: str, **buttons) -> dict:
    value = figure.values.get()
    row = {"id": value.pk, "valid_from": value.valid_from, "amount": amount}
    fields = {
        "name": figure.name,
        "slug": figure.slug,
        "unit": figure.unit,
        "decimals": figure.decimals,
        "kind": figure.kind,
        "source": figure.source,
        "values": inline_formset([row], initial=1),
    }
    return nested_form_data(fields) | buttons


def guide_with_figure(**fields):
    text = [{"type": "paragraph", "value": f"<p>{MARK}</p>"}]
    return make_guide(title="低保申请", body=text, **fields)


def test_the_change_of_an_editor_is_public_after_the_review(log_in, client):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    page = guide_with_figure()
    submit = form_of(figure, "1080", **{"action-submit": "x"})
    assert log_in(home.roles.EDITOR).post(url(figure), submit).status_code == 302
    assert "650元" in client.get(page.url).content.decode()
    assert Figure.objects.get().current_workflow_state
    seen = log_in(home.roles.REVIEWER).get(url(figure)).content.decode()
    assert "每月650元，按月发" in seen
    assert "每月1,080元，按月发" in seen
    approve = {"action-workflow-action": "x", "workflow-action-name": "approve"}
    client.post(url(figure), form_of(figure, "1080", **approve))
    assert "1,080元" in client.get(page.url).content.decode()


def test_an_editor_does_not_publish_a_figure(log_in, client):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    log_in(home.roles.EDITOR).post(url(figure), form_of(figure, "9", **{"action-publish": "x"}))
    assert figure.values.get().amount == 650


def test_a_change_is_taken_back_from_the_history(log_in):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    figure.save_revision().publish()
    before = Figure.objects.get().latest_revision
    reviewer = log_in(home.roles.REVIEWER)
    reviewer.post(url(figure), form_of(figure, "1080", **{"action-publish": "x"}))
    assert figure.values.get().amount == 1080
    revert = reverse("wagtailsnippets_guides_figure:revisions_revert", args=[figure.pk, before.pk])
    assert 'value="650"' in reviewer.get(revert).content.decode()
    reviewer.post(
        url(figure), form_of(figure, "650", **{"action-publish": "x", "revision": before.pk})
    )
    assert figure.values.get().amount == 650


def test_the_first_change_of_a_loaded_figure_is_taken_back_too(log_in):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    assert figure.latest_revision is None
    log_in(home.roles.EDITOR).post(url(figure), form_of(figure, "1080", **{"action-submit": "x"}))
    reviewer = log_in(home.roles.REVIEWER)
    approve = {"action-workflow-action": "x", "workflow-action-name": "approve"}
    reviewer.post(url(figure), form_of(figure, "1080", **approve))
    assert figure.values.get().amount == 1080
    before = Figure.objects.get().revisions.order_by("pk").first()
    assert before.as_object().values.get().amount == 650
    history = reviewer.get(url(figure, "history")).content.decode()
    revert = reverse("wagtailsnippets_guides_figure:revisions_revert", args=[figure.pk, before.pk])
    assert revert in history
    assert "保留了第一次改动以前的内容" in history
    back = form_of(figure, "650", **{"action-publish": "x", "revision": before.pk})
    reviewer.post(url(figure), back)
    assert figure.values.get().amount == 650


def test_what_is_published_as_it_was_loaded_has_one_revision():
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    loaded = Figure.objects.get()
    loaded.save_revision().publish()
    loaded.save_revision()
    assert figure.revisions.count() == 2


def test_before_a_change_the_form_says_so(log_in):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    guide_with_figure()
    shown = log_in(home.roles.EDITOR).get(url(figure)).content.decode()
    assert "还没有改" in shown
    assert "不变" not in shown.split("data-figure-effects")[1].split("</div>")[0]
    assert "figure-effects.js" in shown


def test_a_new_figure_is_on_no_public_page_before_the_review(client):
    figure = make_figure("dibao", ("2020-01-01", None, 650), live=False)
    assert client.get("/figures/dibao/").status_code == 404
    assert "低保标准" not in client.get("/figures/").content.decode()
    figure.save_revision().publish()
    assert client.get("/figures/dibao/").status_code == 200


def test_each_place_is_told_with_what_stands_there_before_and_after():
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    blocks = [
        {"type": "paragraph", "value": f"<p>别的话。</p><p>{MARK}</p>"},
        {
            "type": "figure_table",
            "value": {"caption": "表", "figures": [figure.pk], "days": [], "show_kind": False},
        },
    ]
    make_guide(title="低保申请", summary=f"低保：{MARK}", body=blocks)
    draft = Figure.objects.get()
    changed = draft.values.all()[0]
    changed.amount = 1080
    draft.values = [changed]
    found = [(place.field, place.before, place.after) for place in places_of(draft)]
    assert found == [
        ("摘要", "低保：每月650元，按月发", "低保：每月1,080元，按月发"),
        ("更多说明，正文段落", "每月650元，按月发", "每月1,080元，按月发"),
        ("更多说明，数据表", "低保标准：650元", "低保标准：1,080元"),
    ]
    assert [place.after for place in places_of(figure)] == [None, None, None]


def test_uses_are_counted_as_on_the_public_page(log_in):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    guide_with_figure()
    make_guide(slug="draft", title="还是草稿", summary="{figure:dibao}").unpublish()
    admin = log_in(home.roles.REVIEWER)
    public = admin.get("/figures/dibao/").content.decode()
    listed = admin.get(url(figure, "usage")).content.decode()
    assert "低保申请" in public
    assert "低保申请" in listed
    assert "更多说明，正文段落" in listed
    assert "还是草稿" not in listed
    assert "使用1次" in admin.get(url(figure)).content.decode()


def test_an_expired_figure_leads_an_editor_to_its_form(django_user_model):
    figure = make_figure("dibao", ("2020-01-01", "2020-12-31", 650))
    user = django_user_model.objects.create_user("editor")
    user.groups.add(Group.objects.get(name=home.roles.EDITOR))
    assert [item.address for item in expired_figures(user)] == [url(figure)]


def test_who_looks_after_one_section_reviews_what_only_it_shows(django_user_model):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    own, other = make_area(), make_area("aid", "社会救助")
    guide_with_figure(section=own)
    for area, allowed in ((own, True), (other, False)):
        group = Group.objects.create(name=area.title)
        group.section_permissions.create(section=area)
        user = django_user_model.objects.create_user(area.slug)
        user.groups.add(group, Group.objects.get(name=home.roles.REVIEWER))
        task = figure.get_workflow().tasks.first().specific
        assert task.user_can_access_editor(figure, user) is allowed
        assert bool(task.get_actions(figure, user)) is allowed


def test_a_site_that_has_the_groups_gets_what_is_new_by_the_command():
    reviewers = Group.objects.get(name=home.roles.REVIEWER)
    reviewers.permissions.clear()
    home.roles.set_up_roles()
    guides.roles.set_up_roles()
    names = set(reviewers.permissions.values_list("codename", flat=True))
    assert {"publish_serviceplace", "publish_figure", "lock_figure"} <= names
