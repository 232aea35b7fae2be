"""KML as earth browsers, QGIS, ArcGIS and this site write it; nothing is left out unsaid."""

from types import SimpleNamespace

import pytest

from place_names.downloads.feature_files import kml_file
from place_names.importing.checking import Checker
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import open_source
from place_names.open_data.fields import PLACE_FIELDS

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" '
    'xmlns:gx="http://www.google.com/kml/ext/2.2">'
)
POINT = "<Point><coordinates>113.3,23.1,0</coordinates></Point>"
LINE = "<LineString><coordinates>113.3,23.1 113.4,23.2</coordinates></LineString>"


def mark(name="琶洲塔", inside=POINT):
    return f"<Placemark><name>{name}</name>{inside}</Placemark>"


def folder(name, inside):
    return f"<Folder><name>{name}</name>{inside}</Folder>"


@pytest.fixture
def read(tmp_path):
    def read(inside, head=HEAD, end="</kml>", encoding="utf-8"):
        path = tmp_path / "a.kml"
        path.write_bytes(f"{head}<Document>{inside}</Document>{end}".encode(encoding))
        source = open_source(path)
        return source, list(source.rows())

    return read


DATA = '<ExtendedData><Data name="code"><displayName>代码</displayName><value> 11 </value></Data>'
SCHEMA_DATA = (
    '<ExtendedData><SchemaData schemaUrl="#a"><SimpleData name="code">11</SimpleData>'
    '<SimpleData name="Name">另名</SimpleData></SchemaData></ExtendedData>'
)


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (mark(), [{"name": "琶洲塔"}]),
        (mark(inside=f"{DATA}</ExtendedData>"), [{"name": "琶洲塔", "code": "11"}]),
        (
            mark(inside=SCHEMA_DATA),
            [{"name": "琶洲塔", "code": "11", "ExtendedData.Name": "另名"}],
        ),
        (
            folder("甲", mark("一巷") + folder("乙", mark("二巷"))) + mark("三巷"),
            [
                {"name": "一巷", "folder": "甲"},
                {"name": "二巷", "folder": "甲/乙"},
                {"name": "三巷"},
            ],
        ),
        # Two folders of one name are two folders.
        (
            folder("甲", mark("一巷")) + folder("甲", mark("二巷")),
            [{"name": "一巷", "folder": "甲"}, {"name": "二巷", "folder": "甲"}],
        ),
        (
            mark(inside="<TimeSpan><begin>1930</begin></TimeSpan><address>某路1号</address>"),
            [{"name": "琶洲塔", "begin": "1930", "address": "某路1号"}],
        ),
        (
            "<Placemark><description><![CDATA[<b>塔</b>]]></description></Placemark>",
            [{"description": "<b>塔</b>"}],
        ),
    ],
)
def test_each_placemark_is_a_row(read, inside, wanted):
    source, rows = read(inside)
    assert [row.values for row in rows] == wanted
    assert set(source.headings) == {heading for values in wanted for heading in values}


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (POINT, {"type": "Point", "coordinates": [113.3, 23.1]}),
        (LINE, {"type": "LineString", "coordinates": [[113.3, 23.1], [113.4, 23.2]]}),
        # Written by hand: blanks behind the commas, tabs between the positions.
        (
            "<LineString><coordinates>113.3, 23.1\t113.4, 23.2</coordinates></LineString>",
            {"type": "LineString", "coordinates": [[113.3, 23.1], [113.4, 23.2]]},
        ),
        (
            f"<MultiGeometry>{LINE}{LINE}</MultiGeometry>",
            {
                "type": "MultiLineString",
                "coordinates": [[[113.3, 23.1], [113.4, 23.2]]] * 2,
            },
        ),
        (
            "<Polygon><innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates>"
            "</LinearRing></innerBoundaryIs><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9 0,0"
            "</coordinates></LinearRing></outerBoundaryIs></Polygon>",
            {
                "type": "Polygon",
                "coordinates": [
                    [[0, 0], [9, 0], [9, 9], [0, 0]],
                    [[1, 1], [2, 1], [2, 2], [1, 1]],
                ],
            },
        ),
        ("", None),
    ],
)
def test_shapes(read, inside, wanted):
    _, [row] = read(mark(inside=inside))
    assert row.geometry == wanted


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<gx:Track><gx:coord>113 23</gx:coord></gx:Track>", "轨迹"),
        ("<Model><Location><longitude>113</longitude></Location></Model>", "立体模型"),
        ("<Point><coordinates>113.3</coordinates></Point>", "“113.3”不是“经度,纬度”"),
        ("<Point><coordinates>113.3度,23.1</coordinates></Point>", "不是“经度,纬度”"),
        ("<LineString><coordinates>\n</coordinates></LineString>", "没有坐标"),
        (POINT + LINE, "须为点、线或面"),
        (
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>113,23 113.1,23 113.1,23.1 113,23.05"
            "</coordinates></LinearRing></outerBoundaryIs></Polygon>",
            "没有闭合",
        ),
    ],
)
def test_what_is_no_shape_of_the_register_is_told_with_its_row(read, inside, reason):
    _, rows = read(mark("一巷") + mark("二巷", inside))
    checker = Checker({"name": "name"})
    problems = [checker.check(row)[1] for row in rows]
    assert problems[0] == []
    assert problems[1][0].line == 3
    assert reason in problems[1][0].reason


def test_text_in_gbk(read):
    _, [row] = read(mark("江南大道中"), HEAD.replace("UTF-8", "GBK"), encoding="gbk")
    assert row.values["name"] == "江南大道中"


def test_an_old_file_with_a_prefix(read):
    head = '<kml:kml xmlns:kml="http://earth.google.com/kml/2.1"><kml:Placemark><kml:name>甲</kml:name>'
    path_end = "<kml:Point><kml:coordinates>113,23,0</kml:coordinates></kml:Point></kml:Placemark></kml:kml>"
    _, [row] = read("", head, path_end)
    assert (row.values, row.geometry["coordinates"]) == ({"name": "甲"}, [113, 23])


def test_what_is_elsewhere_is_told_and_not_fetched(read):
    link = "<NetworkLink><name>远</name><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"
    source, rows = read(link + mark())
    assert [row.values["name"] for row in rows] == ["琶洲塔"]
    assert "1个网络链接" in source.notes[0]


@pytest.mark.parametrize(
    ("inside", "head", "end", "reason"),
    [
        (mark(), HEAD, "", "第2行第.*列起读不下去"),
        (mark(), HEAD, "</kml><kml>", "读不下去"),
        ("<Folder/>", HEAD, "</kml>", "没有地标"),
        (mark(), "<osm>", "</osm>", "不是KML"),
        ("", '{"type": "FeatureCollection", "features": []}', "", "读不下去"),
        (
            mark("&x;"),
            '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD.partition("\n")[2],
            "</kml>",
            "实体",
        ),
    ],
)
def test_what_is_no_kml_is_refused(read, inside, head, end, reason):
    with pytest.raises(FileRefusedError, match=reason):
        read(inside, head, end)


def test_our_own_kml_comes_back_with_all_columns(tmp_path):
    path = tmp_path / "a.kml"
    row = {"code": "44010500423510000001", "name": "试验路", "romanisation": "Shìyàn Lù"}
    values = {field.name: "" for field in PLACE_FIELDS} | row
    path.write_bytes(b"".join(kml_file([(values, None)], SimpleNamespace(statement="说明"))))
    source = open_source(path)
    assert set(source.headings) == set(row)
    [found] = source.rows()
    assert found.values == row
