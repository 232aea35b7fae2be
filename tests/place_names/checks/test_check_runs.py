from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from place_names.checks import check_runs
from place_names.checks.wording import active_wordings, load_rules
from place_names.models import CheckRun, ImportRecord, NameVariant, RegisterFault, WordingRule
from tests.place_names.factories import make_category, make_line, make_place, make_subdistrict

pytestmark = pytest.mark.django_db

EAST = [[113.28, 23.09], [113.30, 23.09], [113.30, 23.11], [113.28, 23.11], [113.28, 23.09]]


def two_with_faults():
    east = make_subdistrict("440105006", "素社街道", ring=EAST)
    good = make_place("仁和里", romanisation="Rénhé Lǐ")
    bad = make_place("永安里", subdistricts=[east])
    bad.variants.add(
        NameVariant(name="仁和里", kind="alias"), NameVariant(name="x", kind="dialect")
    )
    bad.save()
    return good, bad


def test_a_run_keeps_the_faults_of_the_register():
    good, bad = two_with_faults()
    kept = check_runs.run(cause="测试")
    assert kept.checked == 2
    found = {(fault.place_id, fault.kind) for fault in kept.faults.all()}
    assert found == {
        (bad.pk, "no_romanisation"),
        (bad.pk, "variant_taken"),
        (bad.pk, "outside"),
    }
    assert good.faults.count() == 0


def test_the_next_run_replaces_the_faults_of_the_last():
    _, bad = two_with_faults()
    check_runs.run()
    bad.romanisation = "Yǒng'ān Lǐ"
    bad.geometry = {"type": "Point", "coordinates": [113.29, 23.1]}
    bad.variants.all().delete()
    bad.save()
    check_runs.run()
    assert CheckRun.objects.count() == 2
    assert not RegisterFault.objects.exists()


def test_drafts_are_not_checked():
    make_place("无拼音里", live=False)
    assert check_runs.run().checked == 0


def test_a_boundary_line_that_misses_a_side_is_found():
    west, east = make_subdistrict(), make_subdistrict("440105006", "素社街道", ring=EAST)
    make_line(west, east)
    away = make_line(
        west,
        east,
        "02",
        geometry={"type": "LineString", "coordinates": [[113.265, 23.09], [113.265, 23.1]]},
        length_m=1_108,
    )
    [fault] = check_runs.run().faults.all()
    assert (fault.line, fault.kind) == (away, "line_apart")
    assert "素社街道" in fault.message


def test_the_sides_and_the_length_of_a_boundary_line_are_compared_with_its_course():
    west, east = make_subdistrict(), make_subdistrict("440105006", "素社街道", ring=EAST)
    north = {"type": "LineString", "coordinates": [[113.28, 23.09], [113.28, 23.11]]}
    make_line(west, east, "01", geometry=north, length_m=2_215)
    swapped = make_line(east, west, "02", geometry=north, length_m=2_215)
    long = make_line(west, east, "03", geometry=north, length_m=3_000)
    found = {(fault.line, fault.kind): fault.message for fault in check_runs.run().faults.all()}
    assert found.keys() == {(swapped, "line_sides"), (long, "line_length")}
    assert "左侧是" in found[swapped, "line_sides"]
    assert found[long, "line_length"] == "登记长3,000米，图形长2,215米"


def test_a_run_needs_the_same_number_of_queries_for_more_names(django_assert_max_num_queries):
    for number in range(30):
        make_place(f"第{number}里")
    with django_assert_max_num_queries(17):
        check_runs.run()


def test_an_import_is_followed_by_a_check(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ImportRecord.objects.create(file_name="a.csv", file_hash="0" * 64)
    assert CheckRun.objects.get().cause == "导入后检查"


def test_rules_on_wording_are_loaded_once_and_kept_as_edited():
    assert load_rules() > 20
    WordingRule.objects.filter(word="宇宙").update(active=False)
    assert load_rules() == 0
    assert not WordingRule.objects.get(word="宇宙").active
    make_place("宇宙大厦", category=make_category("26100", "房屋"), romanisation="Yǔzhòu Dàshà")
    make_place("加州大厦", category=make_category("26100", "房屋"), romanisation="Jiāzhōu Dàshà")
    found = check_runs.run().faults.filter(kind="wording")
    assert [fault.place.name for fault in found] == ["加州大厦"]


def test_a_broken_expression_is_refused_and_never_stops_a_run():
    rule = WordingRule(kind="怪", word="(", is_pattern=True, reason="x", classes="2210")
    with pytest.raises(ValidationError) as problem:
        rule.full_clean()
    assert set(problem.value.message_dict) == {"word", "classes"}
    rule.save()
    assert active_wordings() == []


def test_the_command_reports_what_it_found():
    two_with_faults()
    out = StringIO()
    call_command("check_place_names", list=True, stdout=out)
    assert "缺罗马字母拼写：1" in out.getvalue()
    assert "永安里" in out.getvalue()
    assert "发现3个问题" in out.getvalue()


class TestPage:
    @pytest.fixture
    def officer(self, django_user_model, client):
        user = django_user_model.objects.create_user("officer")
        wanted = ("access_admin", "view_registerfault", "add_checkrun")
        user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
        client.force_login(user)
        return user

    def test_it_lists_the_faults_after_a_run(self, client, officer):
        two_with_faults()
        index = reverse("place_name_checks:index")
        assert "还没有检查过" in client.get(index).content.decode()
        answer = client.post(reverse("place_name_checks:run"), follow=True)
        text = answer.content.decode()
        assert "发现3个问题" in text
        assert "永安里" in text
        assert CheckRun.objects.get().user == officer
        only = client.get(index, {"kind": "outside"}).content.decode()
        assert "坐标在江南中街道" in only
        assert "没有填写罗马字母拼写" not in only

    def test_the_fault_of_a_line_has_a_link_to_mend_it(self, client, officer):
        far = [[114.0, 23.0], [114.1, 23.0], [114.1, 23.1], [114.0, 23.1], [114.0, 23.0]]
        west, east = make_subdistrict(), make_subdistrict("440105006", "素社街道", ring=far)
        line = make_line(west, east)
        check_runs.run()
        text = client.get(reverse("place_name_checks:index")).content.decode()
        assert "界线没有挨着素社街道" in text
        address = reverse("wagtailsnippets_place_names_boundaryline:edit", args=[line.pk])
        assert f'href="{address}"' in text

    def test_faults_of_an_older_run_are_not_shown(self, client, officer):
        two_with_faults()
        check_runs.run()
        CheckRun.objects.create(checked=2)  # as when two runs cross
        text = client.get(reverse("place_name_checks:index")).content.decode()
        assert "发现<strong>0</strong>个问题" in text
        assert "没有填写罗马字母拼写" not in text

    def test_odd_queries_are_answered(self, client, officer):
        index = reverse("place_name_checks:index")
        for query in ({"kind": "x" * 5000}, {"subdistrict": "-1"}, {"p": "999999999999"}):
            assert client.get(index, query).status_code == 200

    def test_others_have_no_access(self, client, django_user_model):
        user = django_user_model.objects.create_user("clerk")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        assert client.get(reverse("place_name_checks:index")).status_code == 302
        assert client.post(reverse("place_name_checks:run")).status_code == 302
        assert not CheckRun.objects.exists()

    def test_running_is_not_done_by_a_link(self, client, officer):
        assert client.get(reverse("place_name_checks:run")).status_code == 405
