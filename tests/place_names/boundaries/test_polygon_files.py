import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from demonstration.place_names import loading
from demonstration.place_names.generation import writing
from place_names.boundaries.polygon_files import import_areas
from place_names.models import BoundaryLine, BoundaryMarker, JointInspection, Subdistrict
from tests.home.typed_forms import shown_by
from tests.place_names.factories import make_line, make_subdistrict

from .test_coverage import EAST, WEST

pytestmark = pytest.mark.django_db

FILE = Path(writing.__file__).parents[1] / "subdistricts.geojson"


def collection(*rings, **changes):
    names = ["赤岗街道", "新港街道"]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": f"44010500{n + 1}", "name": names[n], **changes},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for n, ring in enumerate(rings)
        ],
    }


def written(tmp_path, content, name="areas.geojson"):
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_the_38_lines_are_drawn_from_the_polygons():
    result = import_areas(FILE)
    assert result.problems == []
    assert Subdistrict.objects.count() == 18
    assert BoundaryLine.objects.count() == len(result.new_lines) == 38
    line = BoundaryLine.objects.get(number="01")
    assert (line.left.name, line.right.name) == ("赤岗街道", "新港街道")
    assert 1000 < line.length_m < 1500
    assert sum(Subdistrict.objects.values_list("area", flat=True)) == pytest.approx(
        92_245_300, 1e-4
    )


def test_the_demonstration_has_38_lines_and_those_of_the_district():
    loading._subdistricts()
    loading._lines()
    assert BoundaryLine.objects.filter(kind="subdistrict").count() == 38
    outside = BoundaryLine.objects.filter(kind="district").values_list("outside", flat=True)
    assert set(outside) == {"天河区", "荔湾区", "番禺区", "越秀区"}
    assert BoundaryMarker.objects.count() == 2 * 42
    assert JointInspection.objects.filter(year=2020, remarks="示例").count() == 42


def test_importing_again_changes_nothing():
    import_areas(FILE)
    again = import_areas(FILE, redraw=True)
    assert (again.added, again.changed, again.new_lines, again.redrawn_lines) == ([], [], [], [])
    assert again.unchanged == 18


def test_a_line_that_is_there_keeps_its_course_until_it_is_to_be_redrawn(tmp_path):
    west, east = (
        make_subdistrict("440105001", "赤岗街道", ring=WEST),
        make_subdistrict("440105002", "新港街道", ring=EAST),
    )
    line = make_line(west, east, "07", description="沿河", length_m=1)
    line.markers.add(BoundaryMarker(number="1", lon=113.28, lat=23.1))
    line.inspections.add(JointInspection(year=2020, result="clear"))
    line.save()
    moved = [[113.281, 23.09], *map(list, EAST[1:3]), [113.281, 23.11], [113.281, 23.09]]
    left = [[113.26, 23.09], [113.281, 23.09], [113.281, 23.11], [113.26, 23.11], [113.26, 23.09]]
    path = written(tmp_path, collection(left, moved))
    first = import_areas(path)
    assert len(first.changed) == 2
    line.refresh_from_db()
    assert line.length_m == 1
    again = import_areas(path, redraw=True)
    assert again.redrawn_lines == ["07"]
    line = BoundaryLine.objects.get()
    assert line.geometry["coordinates"][0][0] == 113.281
    assert (line.description, line.markers.count(), line.inspections.count()) == ("沿河", 1, 1)


def test_a_dry_run_changes_nothing(tmp_path):
    result = import_areas(written(tmp_path, collection(WEST, EAST)), dry_run=True)
    assert len(result.added) == 2
    assert len(result.new_lines) == 1
    assert not Subdistrict.objects.exists()
    assert not BoundaryLine.objects.exists()


def test_the_file_has_to_fit_the_subdistricts_it_leaves_out(tmp_path):
    make_subdistrict("440105002", "新港街道", ring=WEST)
    result = import_areas(written(tmp_path, collection(WEST)))
    assert "赤岗街道与新港街道重叠" in result.problems[0]
    assert Subdistrict.objects.count() == 1


def test_lines_between_two_that_are_no_neighbours_any_more_are_reported(tmp_path):
    import_areas(written(tmp_path, collection(WEST, EAST)))
    far = [[x + 0.1, y] for x, y in EAST]
    result = import_areas(written(tmp_path, collection(WEST, far)))
    assert result.stale_lines == ["01 赤岗街道—新港街道"]
    assert BoundaryLine.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": "4401"}, "应为9位数字"),
        ({"code": "440105001"}, "重复"),
        ({"name": ""}, "须有名称"),
    ],
)
def test_wrong_rows_are_named(tmp_path, changes, reason):
    result = import_areas(written(tmp_path, collection(WEST, EAST, **changes)))
    assert any(reason in problem for problem in result.problems)
    assert not Subdistrict.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"type": "FeatureCollection"}', "code\n1"])
def test_a_broken_file_is_refused_by_the_command(tmp_path, content):
    with pytest.raises(CommandError):
        call_command("import_subdistricts", written(tmp_path, content), stderr=StringIO())


class TestScreens:
    @pytest.fixture
    def officer(self, django_user_model, client):
        user = django_user_model.objects.create_user("officer")
        wanted = ("access_admin", "change_subdistrict", "add_boundaryline", "change_boundaryline",
                  "view_boundaryline")  # fmt: skip
        user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
        client.force_login(user)
        return user

    def post(self, client, content, **data):
        upload = SimpleUploadedFile("a.geojson", json.dumps(content).encode())
        address = reverse("place_name_boundaries:import")
        return client.post(
            address, {"what": "areas", "file": upload, "tolerance": "50", **data}, follow=True
        )

    def test_flaws_are_listed_and_nothing_is_changed(self, client, officer):
        bow = [[113.28, 23.09], [113.3, 23.11], [113.3, 23.09], [113.28, 23.11], [113.28, 23.09]]
        text = self.post(client, collection(WEST, bow)).content.decode()
        assert "图形自相交，位置：113.29" in text
        assert not Subdistrict.objects.exists()

    def test_a_dry_run_is_followed_by_the_import(self, client, officer):
        assert (
            "检查完成" in self.post(client, collection(WEST, EAST), dry_run="on").content.decode()
        )
        assert not Subdistrict.objects.exists()
        assert "导入完成" in self.post(client, collection(WEST, EAST)).content.decode()
        assert BoundaryLine.objects.count() == 1

    def test_an_officer_adds_a_marker_and_an_inspection(self, client, officer):
        import_areas(FILE)
        line = BoundaryLine.objects.get(number="03")
        address = reverse("wagtailsnippets_place_names_boundaryline:edit", args=[line.pk])
        assert client.get(address).status_code == 200
        answer = client.post(
            address,
            {
                **shown_by(client, address),
                "number": "03", "kind": "subdistrict", "left": line.left_id,
                "right": line.right_id, "outside": "", "length_m": line.length_m,
                "description": "沿新港中路", "geometry": json.dumps(line.geometry),
                "markers-TOTAL_FORMS": "1", "markers-INITIAL_FORMS": "0",
                "markers-0-number": "1号桩", "markers-0-lon": "113.31", "markers-0-lat": "23.09",
                "markers-0-ORDER": "1", "markers-0-id": "",
                "inspections-TOTAL_FORMS": "1", "inspections-INITIAL_FORMS": "0",
                "inspections-0-year": "2025", "inspections-0-result": "clear",
                "inspections-0-ORDER": "1", "inspections-0-id": "",
            },
            follow=True,
        )  # fmt: skip
        assert answer.status_code == 200
        line.refresh_from_db()
        assert line.markers.get().number == "1号桩"
        listing = client.get(reverse("wagtailsnippets_place_names_boundaryline:list"))
        assert "2025年：界线清楚，界桩完好" in listing.content.decode()

    def test_others_have_no_access(self, client, django_user_model):
        user = django_user_model.objects.create_user("clerk")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        assert client.get(reverse("place_name_boundaries:import")).status_code == 302
