import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from place_names.boundaries.line_files import import_lines
from place_names.importing.problems import FileRefusedError
from place_names.models import BoundaryLine, BoundaryMarker
from tests.place_names.factories import make_line, make_subdistrict

from .test_coverage import EAST, WEST

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
BETWEEN = {"type": "LineString", "coordinates": [[113.28, 23.09], [113.28, 23.11]]}
GOOD = {"number": "01", "left": "440105001", "right": "440105002", "description": "沿河"}
OUTER = {"number": "Q1", "neighbour": "荔湾区"}


@pytest.fixture
def areas():
    return (
        make_subdistrict("440105001", "赤岗街道", ring=[list(p) for p in WEST]),
        make_subdistrict("440105002", "新港街道", ring=[list(p) for p in EAST]),
    )


def file_of(tmp_path, *features):
    path = tmp_path / "lines.geojson"
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_lines_are_imported_once_with_their_measured_length(tmp_path, areas):
    path = file_of(tmp_path, (GOOD, BETWEEN), (OUTER, BETWEEN))
    assert import_lines(path).added == 2
    again = import_lines(path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    line = BoundaryLine.objects.get(number="01")
    assert (line.left, line.right, line.length_m) == (*areas, 2215)
    assert BoundaryLine.objects.get(number="Q1").kind == "district"


def test_a_line_is_found_by_its_sides_and_keeps_number_and_markers(tmp_path, areas):
    line = make_line(*areas, "07")
    line.markers.add(BoundaryMarker(number="1", lon=113.28, lat=23.1))
    line.save()
    bent = {
        "type": "LineString",
        "coordinates": [[113.28, 23.09], [113.281, 23.1], [113.28, 23.11]],
    }
    swapped = {**GOOD, "number": "9", "left": GOOD["right"], "right": GOOD["left"]}
    assert import_lines(file_of(tmp_path, (swapped, bent))).changed == 1
    line = BoundaryLine.objects.get()
    assert (line.number, line.description, line.markers.count()) == ("07", "沿河", 1)
    assert line.geometry == bent


@pytest.mark.parametrize(
    ("properties", "geometry", "reason"),
    [
        ({**GOOD, "number": ""}, BETWEEN, "须填写"),
        ({**GOOD, "left": "1"}, BETWEEN, "没有这个街道"),
        ({**GOOD, "right": "440105001"}, BETWEEN, "同一个街道"),
        ({**GOOD, "right": ""}, BETWEEN, "两侧街道"),
        ({**GOOD, "neighbour": "荔湾区"}, BETWEEN, "不填相邻的区"),
        (GOOD, {"type": "Point", "coordinates": [113.28, 23.1]}, "应为线"),
        (GOOD, None, "图形须为"),
        (GOOD, {"type": "LineString", "coordinates": [[1, 2], ["x", 2]]}, "坐标"),
        (
            GOOD,
            {"type": "LineString", "coordinates": [[113.261, 23.09], [113.262, 23.1]]},
            "没有挨着新港街道",
        ),
    ],
)
def test_wrong_lines_are_named_and_nothing_is_imported(
    tmp_path, areas, properties, geometry, reason
):
    result = import_lines(file_of(tmp_path, (OUTER, BETWEEN), (properties, geometry)))
    assert any(reason in str(problem) and "第3行" in str(problem) for problem in result.problems)
    assert not BoundaryLine.objects.exists()


def test_a_number_belongs_to_one_line(tmp_path, areas):
    result = import_lines(file_of(tmp_path, (GOOD, BETWEEN), ({**OUTER, "number": "01"}, BETWEEN)))
    assert "另一条界线" in str(result.problems[0])


def test_missing_columns_are_refused_and_the_command_says_what_is_wrong(tmp_path, areas):
    path = file_of(tmp_path, ({"id": "1"}, BETWEEN))
    with pytest.raises(FileRefusedError, match="number"):
        import_lines(path)
    with pytest.raises(CommandError, match="未导入任何数据"):
        call_command(
            "import_boundary_lines",
            file_of(tmp_path, ({**GOOD, "left": "1"}, BETWEEN)),
            stderr=StringIO(),
        )
    call_command(
        "import_boundary_lines",
        file_of(tmp_path, (GOOD, BETWEEN)),
        dry_run=True,
        stdout=StringIO(),
    )
    assert not BoundaryLine.objects.exists()


def test_a_file_of_something_else_is_given_up(tmp_path, areas, monkeypatch):
    monkeypatch.setattr("place_names.boundaries.line_files.MAX_LINES", 3)
    with pytest.raises(FileRefusedError, match="不像界线"):
        import_lines(file_of(tmp_path, *[(GOOD, BETWEEN)] * 4))
    assert not BoundaryLine.objects.exists()
