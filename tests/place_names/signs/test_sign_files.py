from io import BytesIO

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.urls import reverse

from home.table_export import csv_blocks
from place_names.importing.problems import FileRefusedError
from place_names.models import Sign
from place_names.signs import sign_files
from tests.place_names.factories import make_place

pytestmark = pytest.mark.django_db

HEADING = "number,kind,place_code,lon,lat,state,last_inspection,remarks\n"


@pytest.fixture
def place():
    return make_place("仁和里", code="44010500423510000001")


def file_of(tmp_path, *lines, name="signs.csv"):
    path = tmp_path / name
    path.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    return path


GOOD = "HZ1,road,44010500423510000001,113.265,23.1,good,2025-03-31,"


def test_signs_are_imported_once(tmp_path, place):
    path = file_of(tmp_path, GOOD)
    assert sign_files.import_signs(path).added == 1
    again = sign_files.import_signs(path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    sign = Sign.objects.get()
    assert (sign.place, sign.state, str(sign.last_inspection)) == (place, "good", "2025-03-31")


def test_a_changed_row_updates_the_sign_and_others_are_kept(tmp_path, place):
    sign_files.import_signs(file_of(tmp_path, GOOD, GOOD.replace("HZ1", "HZ2")))
    result = sign_files.import_signs(file_of(tmp_path, GOOD.replace("good", "破损")))
    assert (result.changed, Sign.objects.count()) == (1, 2)
    assert Sign.objects.get(number="HZ1").state == "damaged"


def test_columns_and_values_may_be_in_chinese(tmp_path, place):
    path = tmp_path / "signs.csv"
    path.write_bytes(
        "标志编号,类型,地名代码,东经,北纬,状态\nHZ1,道路、街巷标志,44010500423510000001,113.2,23.1,完好\n"
        .encode("gb18030")
    )  # fmt: skip
    assert sign_files.import_signs(path).added == 1


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (GOOD.replace("HZ1", ""), "标志编号", "没有填写"),
        (GOOD.replace("HZ1", "H" * 21), "标志编号", "不能超过20"),
        (GOOD.replace("road", "plate"), "类型", "应为"),
        (GOOD.replace("44010500423510000001", "1"), "地名代码", "没有这个代码"),
        (GOOD.replace("113.265", "east"), "东经", "数字"),
        (GOOD.replace("23.1", "nan"), "北纬", "-90至90"),
        (GOOD.replace("23.1", "123.1"), "北纬", "-90至90"),
        (GOOD.replace("good", "new"), "状态", "应为"),
        (GOOD.replace("2025-03-31", "31/3/2025"), "最近检查", "2025-03-31"),
    ],
)
def test_wrong_rows_are_named_and_nothing_is_imported(tmp_path, place, line, column, reason):
    result = sign_files.import_signs(file_of(tmp_path, GOOD.replace("HZ1", "HZ9"), line))
    [problem] = result.problems
    assert str(problem).startswith(f"第3行，{column}")
    assert reason in problem.reason
    assert not Sign.objects.exists()


def test_a_number_may_come_only_once_in_a_file(tmp_path, place):
    [problem] = sign_files.import_signs(file_of(tmp_path, GOOD, GOOD)).problems
    assert "与第2行的编号相同" in str(problem)


def test_missing_columns_are_named(tmp_path):
    path = tmp_path / "signs.csv"
    path.write_text("number,kind\n1,road\n", encoding="utf-8")
    with pytest.raises(FileRefusedError, match="地名代码、东经、北纬、状态"):
        sign_files.import_signs(path)
    with pytest.raises(CommandError):
        call_command("import_signs", path)


def test_a_file_of_nothing_but_faults_is_given_up(tmp_path, place, monkeypatch):
    monkeypatch.setattr(sign_files, "MAX_PROBLEMS", 10)
    with pytest.raises(FileRefusedError, match="超过10处"):
        sign_files.import_signs(file_of(tmp_path, *[GOOD.replace("good", "x")] * 50))


def test_its_own_export_is_read_back_byte_for_byte(tmp_path, place):
    for number, remarks in (("HZ1", "=1+1"), ("HZ2", "'-引号"), ("HZ3", '逗号，, "引号"')):
        Sign.objects.create(number=number, place=place, lon=113.2, lat=23.1, remarks=remarks)
    exported = b"".join(csv_blocks(sign_files.export_rows()))
    assert b"'=1+1" in exported
    assert exported.decode("utf-8-sig").startswith("标志编号,类型,地名代码")
    assert Sign.objects.first().get_kind_display() in exported.decode()
    Sign.objects.all().delete()
    path = tmp_path / "signs.csv"
    path.write_bytes(exported)
    assert sign_files.import_signs(path).added == 3
    assert Sign.objects.get(number="HZ1").remarks == "=1+1"
    assert b"".join(csv_blocks(sign_files.export_rows())) == exported


def test_a_name_with_signs_is_not_deleted(place):
    Sign.objects.create(number="HZ1", place=place, lon=113.2, lat=23.1)
    with pytest.raises(ProtectedError):
        place.delete()


def test_exporting_more_signs_takes_no_more_queries(place, django_assert_max_num_queries):
    Sign.objects.bulk_create(
        Sign(number=f"HZ{n}", place=place, lon=113.2, lat=23.1) for n in range(200)
    )
    with django_assert_max_num_queries(2):
        assert len(list(sign_files.export_rows())) == 201


class TestScreens:
    @pytest.fixture
    def officer(self, django_user_model, client):
        user = django_user_model.objects.create_user("officer")
        wanted = [f"{action}_sign" for action in ("add", "change", "view")]
        found = Permission.objects.filter(codename__in=["access_admin", *wanted])
        user.user_permissions.set(found)
        client.force_login(user)
        return user

    def test_the_list_is_filtered_and_searched(self, client, officer, place):
        Sign.objects.create(number="HZ1", place=place, lon=113.2, lat=23.1)
        Sign.objects.create(number="HZ2", place=place, lon=113.2, lat=23.1, state="worn")
        address = reverse("wagtailsnippets_place_names_sign:list")
        text = client.get(address, {"state": "worn"}).content.decode()
        assert "HZ2" in text
        assert "HZ1" not in text
        assert "HZ1" in client.get(address, {"q": "仁和"}).content.decode()
        for query in ({"p": "-1"}, {"q": "x" * 9000}, {"subdistrict": "x"}, {"state": "x"}):
            assert client.get(address, query).status_code == 200

    def test_a_file_is_checked_then_imported(self, client, officer, place):
        address = reverse("place_name_signs:import")
        assert client.get(address).status_code == 200

        def send(content, **data):
            upload = SimpleUploadedFile("signs.csv", content.encode())
            return client.post(address, {"file": upload, **data}, follow=True).content.decode()

        assert "没有问题" in send(HEADING + GOOD, dry_run="on")
        assert not Sign.objects.exists()
        assert "第2行" in send(HEADING + GOOD.replace("good", "x"))
        assert "空文件" in send("")
        assert "导入完成" in send(HEADING + GOOD)
        assert Sign.objects.count() == 1

    def test_a_file_that_is_too_large_is_refused_at_once(self, client, officer, monkeypatch):
        monkeypatch.setattr("place_names.importing.uploads.MAX_BYTES", 1024 * 1024)
        upload = SimpleUploadedFile("signs.csv", b"x" * (2 * 1024 * 1024))
        answer = client.post(reverse("place_name_signs:import"), {"file": upload})
        assert "有2MB，超过1MB的上限" in answer.content.decode()

    def test_map_and_export_show_the_signs(self, client, officer, place):
        Sign.objects.create(number="HZ1", place=place, lon=113.2, lat=23.1)
        text = client.get(reverse("place_name_signs:map")).content.decode()
        assert "HZ1" in text
        assert "显示1块标志" in text
        odd = client.get(reverse("place_name_signs:map"), {"state": "missing"}).content.decode()
        assert "显示0块标志" in odd
        export = client.get(reverse("place_name_signs:export"))
        assert BytesIO(export.getvalue()).readline().startswith("\ufeff标志编号".encode())

    def test_others_have_no_access(self, client, django_user_model):
        user = django_user_model.objects.create_user("clerk")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        for name in ("import", "export", "map"):
            assert client.get(reverse(f"place_name_signs:{name}")).status_code == 302


def test_the_demonstration_file_has_the_documented_columns():
    path = settings.ROOT / "demonstration" / "place_names" / "signs.csv"
    with path.open(encoding="utf-8") as file:
        columns = set(file.readline().strip().split(","))
    assert set(sign_files.REQUIRED) <= columns <= set(sign_files.HEADINGS)
