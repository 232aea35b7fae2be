"""Areas and lines leave and come back byte for byte."""

import pytest
from django.urls import reverse

from demonstration.place_names import loading
from place_names.boundaries.line_files import import_lines
from place_names.boundaries.polygon_files import import_areas
from place_names.exporting import boundary_files
from place_names.models import BoundaryLine, Subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def boundaries():
    loading._subdistricts()
    loading._lines()
    line = BoundaryLine.objects.first()
    line.description = "=1+1，“引号”\n第二行"
    line.save()


def written(tmp_path, name, blocks):
    path = tmp_path / name
    path.write_text("".join(blocks), encoding="utf-8")
    return path


def test_areas_and_lines_come_back_byte_for_byte(boundaries, tmp_path):
    areas = written(tmp_path, "areas.geojson", boundary_files.area_blocks())
    lines = written(tmp_path, "lines.geojson", boundary_files.line_blocks())
    assert import_areas(areas).unchanged == 18
    unchanged = import_lines(lines)
    assert (unchanged.added, unchanged.changed) == (0, 0)
    assert unchanged.unchanged == BoundaryLine.objects.count()
    BoundaryLine.objects.all().delete()
    Subdistrict.objects.all().delete()
    assert import_areas(areas).problems == []
    # The lines that were drawn from the areas make place for those of the file.
    BoundaryLine.objects.all().delete()
    assert import_lines(lines).problems == []
    assert "".join(boundary_files.area_blocks()) == areas.read_text(encoding="utf-8")
    assert "".join(boundary_files.line_blocks()) == lines.read_text(encoding="utf-8")


def test_officers_download_them(client, boundaries, django_user_model):
    addresses = [reverse(f"place_name_boundaries:export_{what}") for what in ("areas", "lines")]
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(django_user_model.objects.create_superuser("chief"))
    for address in addresses:
        answer = client.get(address)
        assert "attachment" in answer["Content-Disposition"]
        assert b"FeatureCollection" in b"".join(answer.streaming_content)
