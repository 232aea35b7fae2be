"""A list of names is brought and comes back with answers; nothing of it is kept."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from home.sandbox import BusyError
from place_names.comparing import lists, views
from place_names.models import NameVariant, PlaceName
from place_names.reconciliation import matching
from tests.place_names.factories import make_category, make_place

PAGE = "/place-names/compare/"
pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]


@pytest.fixture
def places(district):
    made = {
        "长岗路": make_place("长岗路", romanisation="Chánggǎng Lù"),
        "江南大道中": make_place("江南大道中", romanisation="Jiāngnán Dàdào Zhōng"),
        "北山一巷": make_place("北山一巷"),
        "北山一巷2": make_place("北山一巷", subdistricts=[district[1]]),
        "旧路": make_place("旧西路", status="historical"),
    }
    NameVariant.objects.create(place=made["江南大道中"], kind="former", name="宝岗路")
    made["江南大道中"].save()
    return made


def send(client, text, name="list.csv", **data):
    content = text.encode() if isinstance(text, str) else text
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), **data})


def table(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_name_comes_back_with_its_answer(client, places):
    rows = table(send(client, "序号,名称\n1,长岗路\n2,宝岗路\n3,长冈路\n4,\n5,不存在的名称xyz\n"))
    assert [row["序号"] for row in rows] == ["1", "2", "3", "4", "5"]
    found = [(row["查得代码"], row["结论"], row["理由"]) for row in rows]
    long, south = places["长岗路"].code, places["江南大道中"].code
    assert found[0] == (long, "一致", "名称相同")
    assert found[1] == (south, "一致", "与曾用名“宝岗路”相同")
    assert found[2][:2] == (long, "请核对")
    assert found[3] == ("", "没有找到", "这一行没有名称")
    assert found[4][:2] == ("", "没有找到")
    assert (rows[1]["查得标准名称"], rows[0]["分数"]) == ("江南大道中", "100.0")
    assert rows[0]["网址"].endswith(f"/place-names/{long}/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("名称,备注,备注\n江南大道中,左,右\n", "表头有重复的列：备注"),
        ("名称,名称\n江南大道中,昌岗中路\n", "表头有重复的列：名称"),
        ("名称,,\n江南大道中,左,右\n", "有几列没有表头"),
    ],
)
def test_cells_that_two_columns_of_one_heading_hold_are_not_mixed_up(client, places, text, told):
    answer = send(client, text)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_names_of_several_places_are_told_apart_by_the_subdistrict(client, places, district):
    [row] = table(send(client, "名称\n北山一巷\n"))
    assert row["结论"] == "请核对"
    assert "也可能是" in row["理由"]
    text = f"名称,所在街道\n北山一巷,{district[1].name}\n"
    [row] = table(send(client, text))
    assert (row["查得代码"], row["结论"]) == (places["北山一巷2"].code, "一致")


def test_a_name_out_of_use_says_so(client, places):
    [row] = table(send(client, "名称\n旧西路\n"))
    assert row["查得状态"] == "历史地名"
    assert "不宜再用" in row["理由"]


def test_codes_are_found_old_ones_too(client, places):
    place = places["长岗路"]
    was, place.code = place.code, "44010500423510900000"
    place.save()
    rows = table(send(client, f"名称\n{was}\n{place.code}\n"))
    assert [row["查得代码"] for row in rows] == [place.code] * 2


def test_a_workbook_comes_back_as_a_workbook(client, places):
    book = openpyxl.Workbook()
    book.active.append(["名称"])
    book.active.append(["长岗路"])
    file = io.BytesIO()
    book.save(file)
    answer = send(client, file.getvalue(), "list.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:2] == ("长岗路", places["长岗路"].code)


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return list(sheet.iter_rows(values_only=True))


def test_a_formula_without_its_value_is_told_not_taken_for_an_empty_cell(client, places):
    content = workbook(["名称", "备注"], ['="江南"&"大道中"', "甲"], ["长岗路", "乙"])
    rows = rows_of(send(client, content, "list.xlsx"))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["结论"] == "请核对"
    assert "第2行“名称”列是公式，文件里没有存下它的结果" in told["理由"]
    assert dict(zip(rows[0], rows[2], strict=True))["结论"] == "一致"


@pytest.mark.parametrize("first", ["江南大道中", "宝岗路", "长岗路 "])
def test_a_list_without_headings_does_not_lose_its_first_name(client, places, first):
    answer = send(client, f"{first}\n长岗路\n")
    assert answer.status_code == 422
    assert "像是一个地名，不像表头" in answer.content.decode()


@pytest.mark.parametrize("heading", ["路名", "街巷", "地址", "对象", "道路", "name"])
def test_any_heading_of_a_single_column_will_do(client, places, heading):
    [row] = table(send(client, f"{heading}\n长岗路\n"))
    assert row["结论"] == "一致"


def test_a_list_that_was_compared_can_be_compared_again(client, places):
    first = send(client, "名称,分数\n长岗路,9\n")
    [row] = table(first)
    assert (row["分数"], row["分数2"]) == ("9", "100.0")
    again = table(send(client, b"".join(send(client, "名称\n长岗路\n").streaming_content)))
    assert [row["结论2"] for row in again] == ["一致"]


@pytest.mark.parametrize("written", ["长岗路_x000D_", "长_x5c97_路", "长岗_x0000__xD800_路"])
def test_characters_that_a_workbook_escapes_are_read(client, places, written):
    content = workbook(["名称"], [written])
    rows = rows_of(send(client, content, "list.xlsx"))
    assert dict(zip(rows[0], rows[1], strict=True))["理由"] == "名称相同"


def test_class_names_help(client, places):
    park = make_category("25200", "公园")
    make_place("石榴岗", category=park)
    make_place("石榴岗")
    [row] = table(send(client, "名称,类别\n石榴岗,公园\n"))
    assert (row["结论"], PlaceName.objects.get(code=row["查得代码"]).category) == ("一致", park)


@pytest.mark.parametrize(
    ("name", "content", "data", "told"),
    [
        ("a.pdf", "%PDF", {}, "请上传Excel"),
        ("a.csv", "甲,乙\n1,2\n", {}, "看不出名称在哪一列"),
        ("a.csv", "甲,乙\n1,2\n", {"column": "丙"}, "没有“丙”这一列"),
        ("a.csv", "名称,乙\n,2\n", {}, "列里没有名称"),
        ("a.csv", "", {}, "空"),
        ("a.xlsx", "no workbook", {}, "不是XLSX"),
    ],
)
def test_what_cannot_be_read_is_told(client, places, name, content, data, told):
    answer = send(client, content, name, **data)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_list_that_is_too_long_is_refused(client, places, monkeypatch):
    monkeypatch.setattr(lists, "MAX_ROWS", 2)
    assert send(client, "名称\n甲\n乙\n丙\n").status_code == 422


def test_one_visitor_brings_a_number_of_lists(client, places, monkeypatch):
    monkeypatch.setattr(views, "LISTS_IN_AN_HOUR", 1)
    assert send(client, "名称\n长岗路\n").status_code == 200
    answer = send(client, "名称\n长岗路\n")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600


def test_a_refused_list_is_not_counted(client, places, monkeypatch):
    monkeypatch.setattr(views, "LISTS_IN_AN_HOUR", 2)
    for _ in range(5):
        assert send(client, "江南\0路\n").status_code == 422
        assert send(client, "名称,名称\n长岗路,x\n").status_code == 422
        assert client.post(PAGE).status_code == 422
    assert [send(client, "名称\n长岗路\n").status_code for _ in range(3)] == [200, 200, 429]


def test_nor_is_one_that_could_not_be_read_at_once(client, places, monkeypatch):
    def busy(form):
        raise BusyError

    with monkeypatch.context() as patch:
        patch.setattr(views, "LISTS_IN_AN_HOUR", 1)
        patch.setattr(views, "read", busy)
        assert send(client, "名称\n长岗路\n").status_code == 503
    monkeypatch.setattr(views, "LISTS_IN_AN_HOUR", 1)
    assert send(client, "名称\n长岗路\n").status_code == 200


def test_refused_lists_have_a_limit_of_their_own(client, places, monkeypatch):
    monkeypatch.setattr(views, "REFUSED_IN_AN_HOUR", 2)
    assert [send(client, "名称\n").status_code for _ in range(3)] == [422, 422, 429]


def test_a_stray_nul_is_told_with_its_line(client, places):
    answer = send(client, "名称\n长岗路\n江南\0大道\n")
    assert answer.status_code == 422
    assert "第3行有空字符" in answer.content.decode()


def test_text_that_a_spreadsheet_would_run_is_guarded(client, places):
    answer = send(client, "名称,备注\n长岗路,=1+1\n")
    assert "'=1+1" in b"".join(answer.streaming_content).decode()


def test_the_page_is_linked_from_the_start_of_the_gazetteer(client, places):
    assert PAGE in client.get("/place-names/").content.decode()
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "csrftoken" not in answer.cookies


@pytest.mark.parametrize(
    ("asked", "name", "score", "reason"),
    [
        ("濱江東路", "滨江东路", "100", "繁体写法相同"),
        ("滨江东路", "滨江东路", "100", "名称相同"),
        ("瀝滘", "沥滘村", "64", "写法相近"),
        ("琶州", "琶洲岛", "57.6", "写法相近"),
        ("鳳凰崗路", "凤凰岗路", "100", "繁体写法相同"),
    ],
)
def test_traditional_characters_and_sounds(client, district, asked, name, score, reason):
    for each, spelling in (
        ("滨江东路", "Bīnjiāng Dōnglù"), ("沥滘村", "Lìjiàocūn"), ("琶洲岛", "Pázhōu Dǎo"),
        ("凤凰岗路", "Fènghuánggǎng Lù"),
    ):  # fmt: skip
        make_place(each, romanisation=spelling)
    [row] = table(send(client, f"名称\n{asked}\n"))
    assert (row["查得标准名称"], row["理由"]) == (name, reason)
    assert float(row["分数"]) == float(score)
    [found, *_] = matching.candidates(asked, matching.Facts())
    assert (found.place.name, found.score) == (name, float(score))
