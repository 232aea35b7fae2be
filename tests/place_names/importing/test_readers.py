"""Nothing is believed of a file: not its name, its size, its encoding, its wholeness."""

import json
import zipfile

import pytest

from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import MAX_BYTES, open_source

from .files import csv_file, row


def lines(path, **options):
    return [(each.line, each.values) for each in open_source(path, **options).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encoding_is_told_from_the_bytes(tmp_path, encoding):
    path = csv_file(tmp_path, [row(name="石榴岗路")], encoding=encoding)
    assert lines(path)[0][1]["name"] == "石榴岗路"


def test_line_numbers_follow_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('code,name\n1,"两\n行"\n\n2,乙\n', encoding="utf-8")
    assert lines(path) == [(2, {"code": "1", "name": "两\n行"}), (5, {"code": "2", "name": "乙"})]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "是空的"),
        ("a.csv", b"PK\x03\x04rest", "不是CSV"),
        ("a.csv", b'{"type": 1}', "不是CSV"),
        ("a.csv", b"\x89PNG\r\n", "不是CSV"),
        ("a.csv", "code,名\n".encode() + b"\xff\xfe\xff\n", "编码"),
        ("a.csv", b"code,\x00name\n", "第1行有空字符"),
        ("a.kml", b"<kml>\n<a/>\x00</kml>", "第2行有空字符"),
        ("a.geojson", b'{"type": "FeatureCollection",\n "features": [\x00]}', "第2行有空字符"),
        ("a.csv", b"\n\n", "没有表头"),
        ("a.csv", b'code,name\n1,"abc', "读不下去"),
        ("a.csv", b'code,name\n1,"' + b"x" * 200_000, "引号没有成对"),
        ("a.csv", b"code,name\n1,a,b\n", "第2行第3列有内容“b”"),
        ("a.xlsx", b"code,name\n", "不是XLSX"),
        ("a.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "不认识"),
        ("a.csv", b"\xd0\xcf\x11\xe0", "旧版Excel"),
        ("a.geojson", b"code,name", "不是GeoJSON"),
        ("a.geojson", b'{"type": "FeatureCollection", "feat', "不是完整的GeoJSON"),
        ("a.geojson", b'{"type": "Point"}', "不是完整的GeoJSON"),
        ("a.pdf", b"%PDF", "不认识"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=reason):
        lines(path)


NAMES = "编号,名称\n1,江南大道中\n2,同福路\n3,滨江东路\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("chosen", [False, True])
@pytest.mark.parametrize("line", [1, 2, 4, 3000])
@pytest.mark.parametrize("at", range(4))
def test_a_stray_nul_is_told_with_its_line(tmp_path, encoding, chosen, line, at):
    """Whichever character it stands behind: half of all places make the bytes an even number."""
    text = NAMES + "".join(f"{number},海珠{number}路\n" for number in range(4, 4000))
    rows = text.split("\n")
    row = rows[line - 1]
    rows[line - 1] = f"{row[:at]}\0{row[at:]}"
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(rows).encode(encoding))
    known = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    with pytest.raises(FileRefusedError, match=f"“a.csv”第{line}行有空字符"):
        list(open_source(path, encoding=known if chosen else "").rows())


@pytest.mark.parametrize("content", [
    b"name\n\x00ab\n", b"\x00\x00", b"a\x00\x00b\n", "名称\n江南\0路\n".encode(),
    "名称\n江南\0路a\n".encode(), b"ab\x00cd\n", b"name,code\nab,cd\x00\n",
])  # fmt: skip
def test_a_short_file_with_a_stray_nul_is_not_taken_for_utf_16(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match="空字符"):
        lines(path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        NAMES,
        "名称\n一德路\n新滘路\n",  # U+4E00 has a zero byte on the other side.
        "name,code\nJiangnan,1\n",
        "名称,拼写\n同福路,Tóngfú Lù\n海安路,Hǎi'ān Lù\n",
        "名称\r\n长岗路\r\n",
    ],
)
def test_utf_16_needs_no_mark(tmp_path, encoding, text):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    source = open_source(path)
    read = [list(row.values.values()) for row in source.rows()]
    assert [source.headings, *read] == [row.split(",") for row in text.splitlines()]


@pytest.mark.parametrize(
    ("name", "members", "reason"),
    [
        ("a.xlsx", {"xl/workbook.bin": b""}, "xlsb"),
        ("a.xlsx", {"mimetype": b"", "content.xml": b""}, "ODS"),
        ("a.xlsx", {"names.csv": b"code,name"}, "压缩文件，不是XLSX"),
    ],
)
def test_other_tables_in_the_clothes_of_a_workbook_are_named(tmp_path, name, members, reason):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    with pytest.raises(FileRefusedError, match=reason):
        open_source(path)


def test_the_strict_form_of_a_workbook_is_named(tmp_path):
    path, strict = workbook(tmp_path / "a.xlsx", [["code"], ["1"]]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for member in old.namelist():
            content = old.read(member).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            new.writestr(member, content)
    with pytest.raises(FileRefusedError, match="Strict Open XML"):
        open_source(strict)


def test_a_shapefile_alone_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "a.shp"
    path.write_bytes(b"\x00\x00\x27\x0a" + b"\x00" * 200)
    with pytest.raises(FileRefusedError, match=r"一起压缩为\.zip"):
        open_source(path)


def test_a_column_without_heading_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("code,,name,\n1,x,甲,\n", encoding="utf-8")
    assert open_source(path).notes == ["第2列没有表头，不导入。"]


def test_a_cell_beside_the_headings_of_a_workbook_is_told_by_its_column(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["code", "name"], ["1", "甲", None, "注"]])
    with pytest.raises(FileRefusedError, match=r"第2行第4列有内容“注”.*写上表头"):
        lines(path)


def geojson(tmp_path, *features, **others):
    path = tmp_path / "a.geojson"
    found = {"type": "FeatureCollection", "features": features, **others}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def feature(**values):
    return {"type": "Feature", "properties": None, "geometry": None} | values


@pytest.mark.parametrize(
    ("given", "values"),
    [
        (feature(properties={"name": ["甲", 2], "more": {"a": None}}),
         {"name": '["甲", 2]', "more": '{"a": null}'}),
        (feature(id=7, properties={"name": "甲"}), {"id": "7", "name": "甲"}),
        (feature(id=7, properties={"id": "own"}), {"id": "own"}),
    ],
)  # fmt: skip
def test_nothing_of_a_geojson_feature_is_left_out(tmp_path, given, values):
    assert lines(geojson(tmp_path, given)) == [(2, values)]


@pytest.mark.parametrize(
    ("features", "others"),
    [
        ([feature(place={"type": "Point", "coordinates": [500000, 4500000]})], {}),
        ([feature()], {"coordRefSys": "[EPSG:32631]"}),
    ],
)
def test_json_fg_has_its_shapes_elsewhere(tmp_path, features, others):
    with pytest.raises(FileRefusedError, match="JSON-FG"):
        open_source(geojson(tmp_path, *features, **others))


def test_shapes_without_attributes_are_refused_in_words(tmp_path):
    with pytest.raises(FileRefusedError, match="没有属性"):
        open_source(geojson(tmp_path, feature()))


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES)
    with pytest.raises(FileRefusedError, match="200MB"):
        open_source(path)


def test_a_zip_that_unpacks_beyond_measure_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/a.xml", "w", force_zip64=True) as entry,
    ):
        for _ in range(501):
            entry.write(b"\0" * 1024 * 1024)
    with pytest.raises(FileRefusedError, match="解开后超过"):
        open_source(path)


def test_geojson_gives_properties_and_geometry(tmp_path):
    point = {"type": "Point", "coordinates": [113.2, 23.1]}
    features = [{"type": "Feature", "properties": {"code": 1, "name": "甲"}, "geometry": point}]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (found,) = open_source(path).rows()
    assert (found.line, found.values, found.geometry) == (2, {"code": "1", "name": "甲"}, point)


def workbook(path, rows):
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for each in rows:
        sheet.append(each)
    book.save(path)
    return path


def test_a_workbook_is_read(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["code", "name"], ["1", "甲"], [], ["2", None]])
    source = open_source(path)
    assert source.headings == ["code", "name"]
    assert [(row.line, row.values["code"]) for row in source.rows()] == [(2, "1"), (4, "2")]


def test_a_workbook_of_empty_rows_is_refused_in_words(tmp_path):
    """1.9 MB with 400,000 empty rows once held the write lock for 165 seconds."""
    path = workbook(tmp_path / "a.xlsx", [["code"], *[[None]] * 250_000])
    with pytest.raises(FileRefusedError, match="超过20万行"):
        list(open_source(path).rows())


def test_a_row_far_down_does_not_make_a_million_rows(tmp_path):
    path, far = workbook(tmp_path / "a.xlsx", [["code"], ["1"]]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(far, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, content.replace(b'<row r="2">', b'<row r="1048576">'))
    with pytest.raises(FileRefusedError, match="超过20万行"):
        list(open_source(far).rows())
