"""Upload, columns, dry run, apply, undo: in the admin."""

import io

import openpyxl
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
    undo = reverse("place_name_imports:undo")
    page = client.get(undo).text
    assert "删除它新增的1条地名" in page
    assert "页面已经过时" in client.post(undo, {"record": record.pk + 1}, follow=True).text
    assert "页面已经过时" in client.post(undo, follow=True).text
    answer = client.post(undo, {"record": record.pk}, follow=True)
    assert "数据已还原" in answer.content.decode()
    assert list(PlaceName.objects.values_list("name", flat=True)) == ["旧名路"]
    assert kept_files(tmp_path) == []
    answer = client.post(undo, {"record": record.pk}, follow=True)
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


def test_a_file_of_wrong_rows_alone_is_not_said_to_agree_with_the_register(
    client, officer, tmp_path
):
    path = csv_file(tmp_path, [row(1, lon="x")])
    page = client.get(check(client, upload(client, path)["Location"], path)).text
    assert "没有可以导入的行" in page
    assert "与现有数据一致" not in page


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"\x89PNG", "a.csv", "不是CSV"),
        (b"x", "a.exe", "不认识"),
        (b"PK\x03\x04", "a.xlsx", "损坏"),
    ],
)
def test_a_bad_file_leaves_nothing_behind(client, officer, tmp_path, content, name, reason):
    answer = upload(client, content, name)
    if answer.status_code == 302:
        answer = client.get(answer["Location"], follow=True)
    assert reason in answer.content.decode()
    assert kept_files(tmp_path) == []
    assert not PlaceName.objects.exists()


def test_what_is_wrong_further_down_may_be_read_otherwise(client, officer, tmp_path):
    """The headings are in another row than was guessed: the file is kept, and can be let go."""
    columns = upload(client, "甲表\n丙,丁\n1,2\n".encode())["Location"]
    page = client.get(columns).content.decode()
    assert "表头只有1列" in page
    page = client.post(columns, {"read": "1", "heading_row": "2"}, follow=True).content.decode()
    assert 'name="column_1"' in page
    client.post(columns.replace("columns/", "apply/"), {"discard": "1"})
    assert kept_files(tmp_path) == []


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


def workbook(*rows, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in (sheets or {"地名": rows}).items():
        sheet = book.create_sheet(title)
        for cells in content:
            sheet.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_from_upload_to_the_register(client, officer):
    given = row(1)
    book = workbook(["海珠区标准地名表"], list(given), list(given.values()))
    columns = upload(client, book, "地名.xlsx")["Location"]
    page = client.get(columns).content.decode()
    assert "表头在第2行" in page
    assert "试验1路" in page
    answer = client.post(columns, mapped(list(given)))
    differences = client.get(answer["Location"])["Location"]
    client.post(differences + "apply/")
    assert PlaceName.objects.get().name == "试验1路"


def test_the_officer_chooses_sheet_and_row(client, officer):
    given = row(1)
    sheets = {"说明": [["填表说明"]], "地名": [list(given), list(given.values())]}
    columns = upload(client, workbook(**sheets), "a.xlsx")["Location"]
    page = client.get(columns).content.decode()
    assert "请先选定" in page
    assert 'name="column_0"' not in page
    # Columns that are sent all the same are not taken.
    client.post(columns, mapped(list(given)))
    assert not PlaceName.objects.exists()
    answer = client.post(columns, {"read": "1", "layer": "地名", "heading_row": "1"}, follow=True)
    page = answer.content.decode()
    assert "试验1路" in page
    assert 'name="column_0"' in page


def test_an_epsg_code_may_be_typed(client, officer, tmp_path):
    path = csv_file(tmp_path, [row(1, lon="429219.19", lat="2555584.93")])
    columns = upload(client, path, system="")["Location"]
    answer = client.post(columns, {"read": "1", "epsg": "4610"})
    assert "没有公开的转换参数" in answer.content.decode()
    page = client.post(columns, {"read": "1", "epsg": "4547"}, follow=True).content.decode()
    assert "EPSG:4547" in page
    client.post(check(client, columns, path) + "apply/")
    place = PlaceName.objects.get()
    assert (place.lon, place.lat) == pytest.approx((113.309118, 23.098237), abs=0.00002)


def test_rows_without_a_code_are_decided_in_a_list(client, officer, tmp_path):
    make_place("琶洲大道", code=CODE.format(1), lon=113.27, lat=23.1)
    make_place("琶洲大道", code=CODE.format(2), lon=113.268, lat=23.1)
    given = {k: v for k, v in row(3, name="琶洲大道", lon="113.269").items() if k != "code"}
    path = csv_file(tmp_path, [given], columns=list(given))
    differences = check(client, upload(client, path)["Location"], path)
    assert "待定1行" in client.get(differences).content.decode()
    page = client.get(differences + "matches/").content.decode()
    assert f'value="{CODE.format(2)}"' in page
    answer = client.post(differences + "matches/", {"code-2": "1"}, follow=True)
    assert "没有代码1" in answer.content.decode()
    client.post(differences + "matches/", {"row-2": CODE.format(2)})
    assert "待定0行" in client.get(differences).content.decode()
    client.post(differences + "apply/")
    assert PlaceName.objects.get(code=CODE.format(2)).lon == pytest.approx(113.269)
    assert PlaceName.objects.count() == 2


def test_candidates_are_told_apart_by_subdistrict_and_place(client, officer, tmp_path, district):
    """Two lanes of one name, class and distance: only where they lie tells which one is meant."""
    first, second = district
    make_place("仁寿里", code=CODE.format(1), subdistricts=[first])
    make_place("仁寿里", code=CODE.format(2), subdistricts=[second], status="pending")
    given = {k: v for k, v in row(3, name="仁寿里").items() if k not in ("code", "lon", "lat")}
    path = csv_file(tmp_path, [given | {"category": "11000"}], columns=list(given))
    differences = check(client, upload(client, path)["Location"], path)
    page = client.get(differences + "matches/").text
    fieldset = page[page.index("<legend>第2行") :]
    assert "江南中街道；" in fieldset
    assert "昌岗街道；" in fieldset
    assert f'href="/place-names/{CODE.format(1)}/"' in fieldset
    assert f'href="/place-names/{CODE.format(2)}/"' not in fieldset  # not public
    assert "440105004<" not in fieldset
    assert "<p>海域；江南中街道</p>" in fieldset  # what the row itself says


def test_the_dry_run_says_what_becomes_public_and_offers_to_wait(
    client, officer, tmp_path, district
):
    given = [{"name": "望江路", "category": "23510", "subdistricts": "江南中街道"}]
    path = csv_file(tmp_path, given, columns=list(given[0]))
    differences = check(client, upload(client, path)["Location"], path)
    page = client.get(differences).text
    assert "有1条新地名一导入就在网站上公开，其中1条是没有批准文件的标准地名" in page
    for shown in (
        "罗马字母拼写：Wàngjiāng Lù",
        "通名：路",
        "所在街道：江南中街道",
        "状态：标准地名",
    ):
        assert shown in page
    page = client.post(differences + "apply/", {"pending": "1"}, follow=True).text
    assert not PlaceName.objects.exists()
    assert "有1条新地名作“待审定”导入，不公开" in page
    assert "一导入就在网站上公开" not in page
    page = client.post(differences + "apply/", {"pending": "0"}, follow=True).text
    assert "一导入就在网站上公开" in page
    client.post(differences + "apply/", {"pending": "1"})
    client.post(differences + "apply/")
    assert PlaceName.objects.get(name="望江路").status == "pending"


MANY_ROWS = 21


def imported(client, tmp_path, rows, name="names.csv", **data):
    path = csv_file(tmp_path, rows, name=name)
    differences = check(client, upload(client, path, name)["Location"], path, **data)
    return differences, client.post(differences + "apply/", follow=True)


def test_an_undo_that_deletes_many_names_is_typed(client, officer, tmp_path, district):
    for serial in range(MANY_ROWS + 1):
        make_place(f"老{serial}路", code=CODE.format(500 + serial))
    imported(client, tmp_path, [row(each) for each in range(1, MANY_ROWS + 1)])
    record, undo = ImportRecord.objects.get(), reverse("place_name_imports:undo")
    for wrong in ({}, {"count": "20"}, {"count": ""}):
        page = client.post(undo, {"record": record.pk, **wrong}, follow=True).text
        assert "要删除的地名条数" in page
        assert PlaceName.objects.count() == 2 * MANY_ROWS + 1
    page = client.post(undo, {"record": record.pk, "count": " 21 "}, follow=True).text
    assert "数据已还原" in page
    assert PlaceName.objects.count() == MANY_ROWS + 1


def test_the_load_of_a_register_is_not_offered_for_undo(client, officer, tmp_path, district):
    imported(client, tmp_path, [row(each) for each in range(1, MANY_ROWS + 1)])
    record, undo = ImportRecord.objects.get(), reverse("place_name_imports:undo")
    page = client.get(reverse("place_name_imports:list")).text
    assert f'href="{undo}"' not in page
    assert "带来了地名库里大半的地名，不在这里撤销" in page
    page = client.post(undo, {"record": record.pk, "count": "21"}, follow=True).text
    assert "不在这里撤销" in page
    assert PlaceName.objects.count() == MANY_ROWS


def test_an_import_that_deletes_many_names_is_typed(client, officer, tmp_path, district):
    for serial in range(MANY_ROWS):
        make_place(f"老{serial}路", code=CODE.format(500 + serial))
    differences, answer = imported(client, tmp_path, [row(1)], remove_missing="on")
    assert "请填写要删除的地名条数（21）" in answer.text
    assert PlaceName.objects.count() == MANY_ROWS
    client.post(differences + "apply/", {"removed": "21"})
    assert [place.name for place in PlaceName.objects.all()] == ["试验1路"]
