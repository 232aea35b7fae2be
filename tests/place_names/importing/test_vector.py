"""Shapefile and GeoPackage: read where the optional component is there, explained where not."""

import sys
import zipfile

import pytest

from place_names.importing import vector
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import open_source
from place_names.importing.reading import Reading

LINE = {"type": "LineString", "coordinates": [[113.26, 23.1], [113.27, 23.1]]}


@pytest.fixture
def layer(tmp_path):
    """Writes a layer in a format of GDAL; returns its path."""
    import pyogrio

    np = pytest.importorskip("numpy")
    from shapely import to_wkb
    from shapely.geometry import shape

    def write(name, driver, count=5):
        path = tmp_path / name
        pyogrio.raw.write(
            str(path),
            geometry=np.array([to_wkb(shape(LINE))] * count, dtype=object),
            field_data=[
                np.array([f"{n:020d}" for n in range(count)], dtype=object),
                np.array([f"第{n}路" for n in range(count)], dtype=object),
                np.arange(count, dtype="int64") + 1900,
            ],
            fields=["code", "name", "year"],
            geometry_type="LineString",
            crs="EPSG:4490",
            driver=driver,
            encoding="UTF-8",
        )
        return path

    return write


def test_geopackage_in_batches(layer):
    count = vector.BATCH * 2 + 1
    source = open_source(layer("a.gpkg", "GPKG", count))
    rows = list(source.rows())
    assert source.headings == ["code", "name", "year"]
    assert [row.line for row in rows] == list(range(2, count + 2))
    assert rows[-1].values == {
        "code": f"{count - 1:020d}",
        "name": f"第{count - 1}路",
        "year": str(1899 + count),
    }
    assert rows[0].geometry == LINE


def test_shapefile_in_an_archive(layer, tmp_path):
    shapefile = layer("names.shp", "ESRI Shapefile")
    archive = tmp_path / "names.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in tmp_path.glob("names.*"):
            if part.suffix != ".zip":
                packed.write(part, f"folder/{part.name}")
    upload = archive.rename(tmp_path / "upload")
    rows = list(open_source(upload, "names.zip").rows())
    assert [row.values["name"] for row in rows][:2] == ["第0路", "第1路"]
    assert rows[0].geometry == LINE
    assert shapefile.exists()


@pytest.mark.parametrize("name", ["a.gpkg", "a.zip"])
def test_a_broken_file_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"SQLite format 3\x00 but no more" if name == "a.gpkg" else b"PK\x03\x04no")
    with pytest.raises(FileRefusedError):
        open_source(path)


def test_without_the_component_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    path = tmp_path / "a.gpkg"
    path.write_bytes(vector.SQLITE)
    with pytest.raises(FileRefusedError, match="pip install pyogrio"):
        vector.describe(path, "a.gpkg", Reading(), ())
