"""Files as offices have them: each is read right, or the officer is told what is wrong.

The right values were written down before anything was built for them.
"""

import datetime
import sqlite3
import zipfile

import openpyxl
import pytest
from openpyxl.styles import numbers

from place_names.importing import text_encoding
from place_names.importing.checking import Checker
from place_names.importing.mapping import guess
from place_names.importing.planning import make_plan
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import PUBLIC, SourceRow, few_rows, open_source
from place_names.plain_names import unwanted_sign

from .files import CODE

pytestmark = pytest.mark.one_engine

HEADINGS = ["地名代码", "标准名称", "含义"]
ROWS = [[CODE.format(1), "石榴岗路", "山名"], [CODE.format(2), "琶洲大道", "洲名"]]


def text(rows, delimiter=","):
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


def read(path, **options):
    source = open_source(path, **options)
    return source, [list(row.values.values()) for row in source.rows()]


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_with_any_separator_in_any_encoding(tmp_path, delimiter, encoding):
    path = tmp_path / "names.csv"
    path.write_bytes(text([HEADINGS, *ROWS], delimiter).encode(encoding))
    source, rows = read(path)
    assert source.headings == HEADINGS
    assert rows == ROWS


@pytest.mark.parametrize(
    ("content", "headings", "delimiter"),
    [
        ("1,english\n2,chinese,x\n", ["1", "english"], ","),
        ("a,b\n1,2\n\n,\n", ["a", "b"], ","),
        ("# note\na,b\n1,2\n", ["# note"], ","),
        ("a;b\n1,5;2\n", ["a", "b"], ";"),
        ("name\n甲\n", ["name"], ","),
    ],
)
def test_separators_without_known_headings(tmp_path, content, headings, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    source = open_source(path)
    assert (source.headings, source.found.reading.delimiter) == (headings, delimiter)


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_part_of_a_shapefile_is_missing(layer, part):
    path = zipped(layer("a.shp", "ESRI Shapefile"), leave_out=(part,))
    with pytest.raises(FileRefusedError, match=f"缺少{part}"):
        open_source(path)


def test_traditional_text_is_asked_about(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(text([["地名代碼", "標準名稱"], ["1", "鰂魚涌"]]).encode("big5hkscs"))
    source = open_source(path)
    assert "標準名稱" in source.questions()["encoding"]
    with pytest.raises(FileRefusedError, match="编码看不准"):
        list(source.rows())
    _, rows = read(path, encoding="big5hkscs")
    assert rows == [["1", "鰂魚涌"]]


def test_an_encoding_that_does_not_fit_is_refused(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(text([HEADINGS, *ROWS]).encode("gb18030"))
    with pytest.raises(FileRefusedError, match="不是UTF-8编码"):
        open_source(path, encoding="utf-8-sig")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_titles_above_the_headings(tmp_path, kind):
    rows = [["海珠区标准地名表", "", ""], ["", "", ""], HEADINGS, *ROWS]
    path = tmp_path / f"names.{kind}"
    if kind == "csv":
        path.write_text(text(rows), encoding="utf-8")
    else:
        workbook(path, 地名=rows)
    source, found = read(path)
    assert source.headings == HEADINGS
    assert found == ROWS
    assert source.notes == ["表头在第3行，其上不导入。"]
    assert [row.line for row in source.rows()] == [4, 5]


def test_a_row_of_headings_can_be_chosen(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 表=[["甲", "乙"], ["丙", "丁"], ["1", "2"]])
    assert open_source(path).headings == ["甲", "乙"]
    source, rows = read(path, heading_row=2)
    assert source.headings == ["丙", "丁"]
    assert rows == [["1", "2"]]


def test_each_sheet_is_offered(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 路=[HEADINGS, ROWS[0]], 空=[], 桥=[HEADINGS, ROWS[1]])
    source = open_source(path)
    assert "“路”、“桥”" in source.questions()["layer"]
    with pytest.raises(FileRefusedError, match="请选定"):
        list(source.rows())
    assert read(path, layer="桥")[1] == [ROWS[1]]
    with pytest.raises(FileRefusedError, match="没有工作表"):
        open_source(path, layer="没有")


def without_size(path, rows: bytes):
    """The workbook with these rows of XML and no word of how many there are."""
    workbook(path, 表=[["x"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, rows)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def test_a_sheet_that_says_nothing_of_its_size_is_read_no_further_than_needed(tmp_path):
    """What follows is no XML, which whoever reads to the end would find out."""
    row = '<row><c t="inlineStr"><is><t>标准名称</t></is></c></row>'.encode()
    path = without_size(tmp_path / "long.xlsx", row * 5000 + b"<broken")
    source = open_source(path)
    assert source.headings == ["标准名称"]
    with pytest.raises(FileRefusedError, match="超过100条"):
        list(few_rows(source, 100, "名单"))


def test_what_visitors_bring_unpacks_to_less_than_what_officers_bring(tmp_path):
    row = '<row><c t="inlineStr"><is><t>标准名称</t></is></c></row>'.encode()
    path = without_size(tmp_path / "bomb.xlsx", row * 2 + b" " * (PUBLIC.max_unpacked + 1))
    assert path.stat().st_size < 100_000
    with pytest.raises(FileRefusedError, match="40MB"):
        open_source(path, allowance=PUBLIC)
    assert open_source(path).headings == ["标准名称"]


def test_empty_sheets_are_no_question(tmp_path):
    path = workbook(tmp_path / "a.xlsx", Sheet1=[HEADINGS, *ROWS], Sheet2=[], Sheet3=[])
    assert read(path)[1] == ROWS


def test_cells_of_a_workbook_that_are_not_what_they_seem(tmp_path, district):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["地名代码", "标准名称", "设立年份", "地名的含义"])
    sheet.append([CODE.format(1), "甲路", datetime.date(1998, 5, 1), "好"])
    sheet.append([CODE.format(2), "乙路", 1998, '="甲"&B3'])
    sheet.append([CODE.format(3), "丙路", 1998, "#REF!"])
    sheet.append([float(CODE.format(4)), "丁路", 1998, "好"])
    sheet.append([CODE.format(5), "戊路", 1998, "好"])
    sheet["C6"].number_format = numbers.FORMAT_DATE_YYYYMMDD2
    book.save(path)
    columns = guess(open_source(path).headings)
    checker = Checker(columns)
    told = [str(p) for row in open_source(path).rows() for p in checker.check(row)[1]]
    shown = "\n".join(told)
    for words in (
        "第2行，设立年份“1998-05-01”：是日期",
        "第3行，地名的含义“”：是公式",
        "第4行，地名的含义“#REF!”：公式出错",
        "第5行，地名代码",
        "第6行，设立年份“1905-06-20”：是日期",
    ):
        assert words in shown


def test_cells_merged_over_rows_are_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 表=[HEADINGS, *ROWS])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("C2:C3")
    book.save(path)
    with pytest.raises(FileRefusedError, match="C2:C3"):
        list(open_source(path).rows())


def test_a_title_merged_over_columns_is_no_matter(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 表=[["海珠区地名"], HEADINGS, *ROWS])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:C1")
    book.save(path)
    assert read(path)[1] == ROWS


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("113,27", "小数点写成了逗号，应为113.27"),
        ("113°16′30.5″", "写成了度分秒，须换算为十进制的度数：113.275139"),
        ("113度16分30秒", "度分秒"),
        ("429260.6", "像是以米为单位的投影坐标"),
        ("东", "须为十进制的度数"),
    ],
)
def test_degrees_that_are_none(district, value, reason):
    columns = {"code": "code", "name": "name", "x": "lon", "y": "lat"}
    row = SourceRow(2, {"code": CODE.format(1), "name": "甲路", "x": value, "y": "23.1"})
    _, problems = Checker(columns).check(row)
    assert [p.column for p in problems] == ["东经"]
    assert reason in problems[0].reason


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Point", "coordinates": [0, 0]}, "没有填写坐标的记号"),
        ({"type": "Point", "coordinates": [23.1, 113.3]}, "写反"),
        ({"type": "LineString", "coordinates": [[113.3, 23.1], [2.3, 48.8]]}, "不在中国"),
        (
            {
                "type": "Polygon",
                "coordinates": [
                    [
                        [113.3, 23.08],
                        [113.31, 23.09],
                        [113.31, 23.08],
                        [113.3, 23.09],
                        [113.3, 23.08],
                    ]
                ],
            },
            "自相交",
        ),
        ({"type": "MultiPoint", "coordinates": [[113.3, 23.1]]}, "须为点、线或面"),
        ({"type": "GeometryCollection", "geometries": []}, "须为点、线或面"),
    ],
)
@pytest.mark.parametrize("system", ["CGCS2000", "GCJ-02"])
def test_geometry_that_cannot_be(district, geometry, reason, system):
    row = SourceRow(2, {"code": CODE.format(1), "name": "甲路"}, geometry)
    _, problems = Checker({"code": "code", "name": "name"}, system).check(row)
    assert reason in problems[0].reason
    assert (problems[0].line, problems[0].column) == (2, "图形")


@pytest.mark.parametrize(
    ("fields", "declared", "encoding"),
    [
        (["兴芳北路", "兴芳一街"], "", "utf-8"),
        (["兴芳北路", "兴芳一街"], "gb18030", "utf-8"),
        (["code"], "gb18030", "utf-8"),
    ],
)
def test_utf_8_fields(fields, declared, encoding):
    texts = [each.encode() for each in fields]
    assert text_encoding.of_fields(texts, declared).encoding == encoding


@pytest.mark.parametrize("declared", ["", "utf-8", "iso8859-1", "cp1252", "gb18030"])
def test_gbk_fields_under_any_label(declared):
    texts = [each.encode("gbk") for each in ("兴芳北路", "兴芳一街", "含义兴芳")]
    assert text_encoding.of_fields(texts, declared) == text_encoding.Verdict("gb18030")


def test_fields_of_another_language_follow_their_label():
    texts = ["Île-de-France".encode("cp1252"), "Réunion".encode("cp1252")]
    assert text_encoding.of_fields(texts, "cp1252").encoding == "cp1252"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("UTF-8", "utf-8"), ("utf8", "utf-8"), ("GBK", "gb18030"), ("936", "gb18030"),
        ("OEM 936", "gb18030"), ("ISO 88591", "iso8859-1"), ("88591", "iso8859-1"),
        ("65001", "utf-8"), ("Big5", "big5hkscs"), ("whatever", ""), ("", ""),
    ],
)  # fmt: skip
def test_labels_of_encodings(said, meant):
    assert text_encoding.python_name(said) == meant


GEOPACKAGE_CONTENTS = "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)"


def test_tiles_alone_are_told(tmp_path):
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as base:
        base.execute(GEOPACKAGE_CONTENTS)
        base.execute("INSERT INTO gpkg_contents VALUES ('map', 'tiles')")
    with pytest.raises(FileRefusedError, match="只有影像瓦片"):
        open_source(path)


@pytest.fixture
def layer(tmp_path):
    """Writes points as a layer of GDAL; returns its path."""
    import pyogrio

    np = pytest.importorskip("numpy")
    from shapely import Point, to_wkb

    def write(name, driver, points=((113.309118, 23.098237),), **options):
        path = tmp_path / name
        count = len(points)
        options = {"crs": "EPSG:4490", "encoding": "UTF-8"} | options
        pyogrio.raw.write(
            str(path),
            geometry=np.array([to_wkb(Point(each)) for each in points], dtype=object),
            field_data=[
                np.array([CODE.format(n + 1) for n in range(count)], dtype=object),
                np.array([f"第{n}路" for n in range(count)], dtype=object),
            ],
            fields=["code", "name"],
            geometry_type="Point",
            driver=driver,
            **options,
        )
        return path

    return write


def zipped(path, *, leave_out=(), **more):
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as packed:
        for part in path.parent.glob(f"{path.stem}.*"):
            if part.suffix not in (".zip", *leave_out):
                packed.write(part, part.name)
        for suffix, content in more.items():
            packed.writestr(f"{path.stem}.{suffix}", content)
    return archive


@pytest.mark.parametrize("label", [None, "UTF-8", "ISO-8859-1", "GBK"])
def test_a_shapefile_in_gbk_whatever_its_label(layer, label):
    path = layer("gbk.shp", "ESRI Shapefile", encoding="GBK")
    more = {"cpg": label} if label else {}
    source, rows = read(zipped(path, leave_out=(".cpg",), **more))
    assert rows == [[CODE.format(1), "第0路"]]
    assert bool(source.notes) == (label in ("UTF-8", "ISO-8859-1"))


def test_one_half_character_is_no_chinese_text():
    """0x8A is Ő in code page 852, and the first half of a character in GBK."""
    assert text_encoding.of_fields([b"abc\x8a"]).doubts == ("gb18030", "big5hkscs")


def test_other_tables_of_a_geopackage_are_no_layers(layer):
    path = layer("a.gpkg", "GPKG")
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, value TEXT)")
    base.close()
    assert read(path)[1] == [[CODE.format(1), "第0路"]]


def test_a_shapefile_in_a_chosen_encoding(layer):
    path = zipped(layer("gbk.shp", "ESRI Shapefile", encoding="GBK"))
    assert read(path, encoding="gb18030")[1][0][1] == "第0路"
    assert read(path, encoding="big5hkscs")[1][0][1] != "第0路"


def test_each_layer_is_offered(layer, tmp_path):
    layer("a.gpkg", "GPKG", layer="roads")
    path = layer("a.gpkg", "GPKG", layer="lanes", append=True, points=((113.3, 23.1),) * 3)
    source = open_source(path)
    assert [(each.name, each.count) for each in source.found.layers] == [("roads", 1), ("lanes", 3)]
    with pytest.raises(FileRefusedError, match="“roads”、“lanes”"):
        list(source.rows())
    assert len(read(path, layer="lanes")[1]) == 3


@pytest.mark.parametrize(
    ("crs", "east", "north", "within"),
    [
        # The same spot, as PROJ's cs2cs gives it in each system.
        ("EPSG:4547", 429219.1908, 2555584.9, 0.00002),
        ("EPSG:3857", 12613513.318, 2643905.0, 0.00002),
        ("EPSG:32649", None, None, 0.00002),
    ],
)
def test_projected_files_are_converted_after_being_asked(layer, district, crs, east, north, within):
    from pyproj import Transformer

    there = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(113.309118, 23.098237)
    if east is not None:
        assert there == pytest.approx((east, north), abs=100)
    path = layer("a.gpkg", "GPKG", points=[there], crs=crs)
    source = open_source(path)
    assert "可以换算" in source.questions()["system"]
    with pytest.raises(FileRefusedError, match="坐标系"):
        make_plan(source)
    with pytest.raises(FileRefusedError, match="坐标系"):
        make_plan(source, system="CGCS2000")
    plan = make_plan(source, system=crs)
    [problem] = plan.problems() if plan.invalid else [None]
    assert problem is None or "类别" in str(problem)
    [row] = source.rows(crs)
    candidate, _ = Checker({"code": "code", "name": "name"}, crs).check(row)
    assert float(candidate.row["lon"]) == pytest.approx(113.309118, abs=within)
    assert float(candidate.row["lat"]) == pytest.approx(23.098237, abs=within)


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile"])
def test_beijing_54_never_passes_as_cgcs2000(layer, driver):
    path = layer("a.gpkg" if driver == "GPKG" else "a.shp", driver, crs="EPSG:4214")
    source = open_source(path if driver == "GPKG" else zipped(path))
    for system in ("", "CGCS2000", "WGS84", "GCJ-02"):
        assert "1954年北京坐标系" in source.questions(system)["system"]
    assert "米" in source.questions()["system"]
    assert not source.questions("EPSG:4214")


def test_xian_80_is_refused_since_nothing_converts_it(layer):
    source = open_source(layer("a.gpkg", "GPKG", crs="EPSG:4610"))
    for system in ("", "CGCS2000", "EPSG:4610"):
        assert "没有公开的转换参数" in source.questions(system)["system"]


@pytest.mark.parametrize(
    ("named", "asks"),
    [
        ("urn:ogc:def:crs:EPSG::4214", True),
        ("EPSG:4214", True),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", False),
        ("urn:ogc:def:crs:EPSG::4490", False),
        ("something else", True),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", False),
        ("https://www.opengis.net/def/crs/EPSG/0/4490", False),
        ("EPSG:14490", True),
    ],
)
def test_geojson_that_names_its_system(tmp_path, named, asks):
    assert ("system" in open_source(geojson_in(tmp_path, named)).questions()) == asks


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("EPSG:32649", "EPSG:32649"),
        ("urn:ogc:def:crs:EPSG::32649", "EPSG:32649"),
        ("urn:ogc:def:crs:EPSG:9.9:4547", "EPSG:4547"),
        ("urn:x-ogc:def:crs:EPSG:4547", "EPSG:4547"),
        ("http://www.opengis.net/def/crs/EPSG/0/32649", "EPSG:32649"),
        ("EPSG:24547", "EPSG:24547"),
        ("EPSG:999999", "EPSG:999999"),
        ("EPSG:44900000", ""),
    ],
)
def test_geojson_names_its_system_in_several_ways(tmp_path, named, code):
    assert open_source(geojson_in(tmp_path, named)).found.crs == code


def test_half_a_character_of_geojson_is_told(tmp_path):
    path = geojson_in(tmp_path, "EPSG:4490", r'"name":"\ud800路"')
    [row] = open_source(path).rows()
    assert row.values["name"] == "\N{REPLACEMENT CHARACTER}路"
    assert "读不出来的字“�”" in unwanted_sign(row.values["name"])


def geojson_in(folder, named, properties='"code":"1"'):
    path = folder / "a.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{'
        f'{properties}}},"geometry":{{"type":"Point","coordinates":[113.3,23.1]}}}}],'
        f'"crs":{{"type":"name","properties":{{"name":"{named}"}}}}}}',
        encoding="utf-8",
    )
    return path


def test_headings_that_a_shapefile_cut_off():
    found = guess(["romanisati", "subdistric", "year_estab", "地名的历史沿", "code", "desc"])
    assert found == {
        "romanisati": "romanisation",
        "subdistric": "subdistricts",
        "year_estab": "year_established",
        "地名的历史沿": "history",
        "code": "code",
    }
