"""Upload, columns, dry run, apply, undo: in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from place_names.importing import jobs
from place_names.models import ImportMapping, ImportRecord, PlaceName

from ..factories import make_place
from ..importing.files import CODE, csv_file, row


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


def upload(client, path_or_bytes, name="names.csv", **data):
    content = path_or_bytes if isinstance(path_or_bytes, bytes) else path_or_bytes.read_bytes()
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("place_name_imports:upload"), {"file": file, "system": "CGCS2000", **data}
    )


def kept_files(tmp_path):
    """What lies on the disk, but for the note of what was done."""
    found = [p for p in (tmp_path / "data").rglob("*") if p.is_file()]
    return [p for p in found if p.name != "job.json" or '"stage": "done"' not in p.read_text()]


def check(client, columns, path, **data):
    """Send the columns as they are headed; the address of the dry run."""
    headings = path.read_text().splitlines()[0].split(",")
    answer = client.post(columns, {**mapped(headings), **data})
    return client.get(answer["Location"])["Location"]


def mapped(headings):
    return {f"column_{number}": name for number, name in enumerate(headings)}


def test_from_upload_to_undo(client, officer, tmp_path):
    make_place("旧名路", code=CODE.format(1))
    path = csv_file(tmp_path, [row(1), row(2)])
    answer = upload(client, path)
    columns = answer["Location"]
    page = client.get(columns).content.decode()
    assert "试验1路" in page
    differences = check(client, columns, path, save_as="年度更新")
    assert ImportMapping.objects.get().columns["name"] == "name"
    text = client.get(differences).content.decode()
    assert "旧名路" in text
    assert PlaceName.objects.count() == 1
    answer = client.post(differences + "apply/", follow=True)
    assert "导入完成：新增1，变更1，删除0" in answer.content.decode()
    assert set(PlaceName.objects.values_list("name", flat=True)) == {"试验1路", "试验2路"}
    record = ImportRecord.objects.get()
    assert (record.user, record.added, record.changed) == (officer, 1, 1)
    assert kept_files(tmp_path) == []
    assert "names.csv" in client.get(reverse("place_name_imports:list")).content.decode()
    answer = client.post(reverse("place_name_imports:undo"), follow=True)
    assert "数据已还原" in answer.content.decode()
    assert list(PlaceName.objects.values_list("name", flat=True)) == ["旧名路"]
    assert kept_files(tmp_path) == []
    answer = client.post(reverse("place_name_imports:undo"), follow=True)
    assert "没有可以撤销的导入" in answer.content.decode()


def test_wrong_rows_are_listed_and_can_be_skipped(client, officer, tmp_path):
    path = csv_file(tmp_path, [row(1), row(2, lon="x")])
    columns = upload(client, path)["Location"]
    differences = check(client, columns, path)
    assert "第3行，东经“x”" in client.get(differences).content.decode()
    answer = client.post(differences + "apply/", follow=True)
    assert "1行有误，未导入任何数据" in answer.content.decode()
    assert not PlaceName.objects.exists()
    client.post(differences + "apply/", {"skip_invalid": "1"})
    assert PlaceName.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"\x89PNG", "a.csv", "不是CSV"),
        (b"x", "a.exe", "不认识"),
        (b"PK\x03\x04", "a.xlsx", "损坏"),
        (b'code,name\n"', "a.csv", "读不下去"),
    ],
)
def test_a_bad_file_leaves_nothing_behind(client, officer, tmp_path, content, name, reason):
    answer = upload(client, content, name)
    if answer.status_code == 302:
        answer = client.get(answer["Location"], follow=True)
    assert reason in answer.content.decode()
    assert kept_files(tmp_path) == []
    assert not PlaceName.objects.exists()


def test_a_huge_upload_is_refused_before_it_is_kept(client, officer, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "MAX_BYTES", 10)
    assert "上限" in upload(client, b"code,name\n1,2\n").content.decode()
    assert kept_files(tmp_path) == []


def test_columns_must_have_code_and_name(client, officer, tmp_path):
    columns = upload(client, csv_file(tmp_path, [row(1)]))["Location"]
    answer = client.post(columns, {"column_0": "code"})
    assert "找不到“标准名称”" in answer.content.decode()


def test_discarding_frees_the_disk(client, officer, tmp_path):
    columns = upload(client, csv_file(tmp_path, [row(1)]))["Location"]
    assert kept_files(tmp_path)
    client.post(columns.replace("columns/", "apply/"), {"discard": "1"})
    assert kept_files(tmp_path) == []


def test_an_upload_belongs_to_who_made_it(client, officer, tmp_path, django_user_model):
    columns = upload(client, csv_file(tmp_path, [row(1)]))["Location"]
    other = django_user_model.objects.create_superuser("other")
    client.force_login(other)
    assert client.get(columns).status_code == 404
    odd = reverse("place_name_imports:differences", args=["..%2f..%2fetc"])
    assert client.get(odd).status_code == 404
