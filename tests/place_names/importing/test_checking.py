"""Every wrong row is named with line, column, value and reason."""

import pytest

from place_names.importing.checking import Checker
from place_names.importing.readers import SourceRow
from place_names.names.rows import COLUMNS

from .files import row

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]


def check(geometry=None, system="CGCS2000", **values):
    source = SourceRow(7, row(**values), geometry)
    return Checker({name: name for name in COLUMNS}, system).check(source)


@pytest.mark.parametrize(
    ("column", "values", "reason"),
    [
        ("地名代码", {"code": "123"}, "现有3位"),
        ("地名代码", {"code": "4.401E+19"}, "设为文本"),
        ("地名代码", {"code": "44010600423510000001"}, "本区代码"),
        ("地名代码", {"code": "44010501823510000001"}, "不是本区的街道"),
        ("地名代码", {"code": "44010500499999000001"}, "不是已知的地名类别"),
        ("标准名称", {"name": "  "}, "没有填写"),
        ("标准名称", {"name": "路" * 61}, "现有61个字"),
        ("标准名称", {"name": "同\x07福路"}, "控制字符"),
        ("罗马字母拼写", {"romanisation": "同福 Lù"}, "不能有汉字"),
        ("地名类别", {"category": ""}, "没有填写"),
        ("地名类别", {"category": "飞机"}, "不是已知"),
        ("状态", {"status": "秘密"}, "标准地名"),
        ("所在街道", {"subdistricts": "440105099"}, "不是本区的街道"),
        ("所在街道", {"subdistricts": "440105004;440105004"}, "写了两次"),
        ("东经", {"lon": "一百"}, "十进制"),
        ("东经", {"lon": "23.1", "lat": "113.2"}, "写反"),
        ("东经", {"lon": "2.3", "lat": "48.8"}, "中国范围"),
        ("北纬", {"lat": ""}, "同时填写"),
        ("设立年份", {"year_established": "民国"}, "四位数字"),
        ("设立年份", {"year_established": "0"}, "1至2100"),
        ("废止年份", {"year_established": "1990", "year_abolished": "1980"}, "早于"),
        ("其他名称", {"variants": "former旧名"}, "须写作"),
        ("其他名称", {"variants": "former:旧名[1990-1980]"}, "早于"),
    ],
)
def test_wrong_value_is_named(column, values, reason):
    candidate, problems = check(**values)
    assert candidate is None
    assert [problem.line for problem in problems] == [7]
    assert problems[0].column == column
    assert reason in problems[0].reason


def test_all_problems_of_a_row_are_told_at_once():
    _, problems = check(code="1", name="", lon="x")
    assert {"地名代码", "标准名称", "东经"} <= {problem.column for problem in problems}


def test_the_same_code_twice_names_the_first_line():
    checker = Checker({name: name for name in COLUMNS})
    assert checker.check(SourceRow(2, row()))[1] == []
    _, problems = checker.check(SourceRow(9, row()))
    assert problems[0].reason == "与第2行的代码重复"


def test_names_are_taken_for_codes():
    candidate, _ = check(category="道路、街巷", subdistricts="昌岗；江南中街道", status="历史地名")
    assert candidate.row["category"] == "23510"
    assert candidate.row["subdistricts"] == "440105003;440105004"
    assert candidate.row["status"] == "historical"


def test_offset_coordinates_become_cgcs2000():
    candidate, _ = check(system="GCJ-02", lon="113.270400", lat="23.097400")
    assert float(candidate.row["lon"]) == pytest.approx(113.2650, abs=2e-4)
    assert float(candidate.row["lat"]) == pytest.approx(23.1000, abs=2e-4)


def test_self_crossing_polygon_is_reported_with_its_place():
    ring = [[113.1, 23.0], [113.3, 23.2], [113.3, 23.0], [113.1, 23.2], [113.1, 23.0]]
    _, problems = check(geometry={"type": "Polygon", "coordinates": [ring]})
    assert problems[0].column == "图形"
    assert "自相交，位置：113.2，23.1" in problems[0].reason


def test_guarded_text_is_taken_as_it_was():
    candidate, _ = check(remarks="'=SUM(A1)")
    assert candidate.row["remarks"] == "=SUM(A1)"
