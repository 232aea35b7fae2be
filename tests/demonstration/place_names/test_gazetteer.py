"""The committed demonstration files: exact numbers, unique names, valid shapes, same bytes."""

import collections
import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command
from pyproj import Transformer
from shapely.geometry import Point, shape

from demonstration.home import service_places
from demonstration.place_names.generation import faults, signs, writing
from demonstration.place_names.generation.records import COLUMNS
from demonstration.place_names.generation.territory import outline
from place_names.names import codes
from place_names.names.romanisation import homophone_key, plain

HERE = Path(writing.__file__).parents[1]


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def names():
    return rows("place_names.csv")


@pytest.fixture(scope="module")
def polygons():
    return {f["properties"]["code"]: shape(f["geometry"]) for f in features("subdistricts.geojson")}


def test_making_it_again_gives_the_same_bytes(tmp_path):
    call_command("make_demonstration_gazetteer", out=tmp_path, verbosity=0)
    for name in writing.FILES:
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes(), name


def test_another_seed_gives_other_names_and_the_same_facts(tmp_path, names):
    writing.write(tmp_path, seed=7)
    with (tmp_path / "place_names.csv").open(encoding="utf-8") as file:
        other = list(csv.DictReader(file))
    assert len(other) == len(names)
    facts = [{r["name"] for r in found if r["sources"] != "示例数据"} for found in (names, other)]
    assert facts[0] == facts[1]
    assert {r["name"] for r in names} != {r["name"] for r in other}


def test_there_are_exactly_the_numbers_of_the_plan(names):
    assert list(names[0]) == list(COLUMNS)
    assert len(names) == 5832
    by_class = collections.Counter(row["category"] for row in names)
    assert by_class["21500"] == 18
    assert by_class["27620"] == 265
    assert by_class["23510"] == 4387
    sources = collections.Counter(row["sources"] for row in names)
    assert sources["公开资料整理"] == 412
    assert len(rows("communities.csv")) == 265
    assert len(rows("signs.csv")) == signs.COUNT == 1373
    assert len(features("boundary_lines.geojson")) == 38


def test_the_misspelt_committees_are_put_right(names):
    found = {row["name"] for row in names}
    assert {"上冲西约社区居委会", "上冲中约社区居委会", "新渔社区居委会"} <= found
    assert not [name for name in found if "上涌" in name and name.endswith("居委会")]
    codes_of_committees = {row["code"] for row in rows("communities.csv")}
    assert not codes_of_committees & {"440105011001", "440105015001"}


def test_every_row_is_whole(names):
    assert len({row["code"] for row in names}) == 5832
    for row in names:
        assert row["specific"] + row["generic"] == row["name"]
        assert row["category"] in codes.classes()
        assert row["status"] in {"standard", "historical", "abolished", "pending"}
        assert all(
            re.fullmatch(r"4401050(0[1-9]|1[0-8])", c) for c in row["subdistricts"].split(";")
        )
        assert re.fullmatch(r"113\.\d{6}", row["lon"])
        assert re.fullmatch(r"23\.\d{6}", row["lat"])
        years = [int(row[key]) for key in ("year_established", "year_abolished") if row[key]]
        assert years == sorted(years)
        assert all(1000 < year <= 2025 for year in years)
        for variant in filter(None, row["variants"].split("|")):
            assert re.fullmatch(
                r"(alias|short|former|dialect|foreign):[^\[\]|:]+(\[(\d{4})?-(\d{4})?\])?", variant
            ), variant


def test_only_the_listed_names_break_the_rules(names, polygons):
    wrong = collections.defaultdict(set)
    for kind, name, *_ in faults.ROADS + faults.OTHERS:
        wrong[kind].add(name)
    by_name, by_sound = collections.Counter(), collections.defaultdict(set)
    for row in names:
        by_name[row["category"], row["name"]] += 1
        sound = plain(homophone_key(row["name"], category=row["category"]))
        by_sound[row["category"], sound].add(row["name"])
    twice = {name for (category, name), count in by_name.items() if count > 1}
    assert {name for name in twice if not name.endswith("居委会")} == wrong["duplicate"]
    assert len(twice) == 6 + 1
    alike = set().union(*(found for found in by_sound.values() if len(found) > 1))
    assert {name for name in alike if not name.endswith("居委会")} == wrong["homophone"]
    assert {r["name"] for r in names if not r["romanisation"]} == wrong["no_romanisation"]

    found = collections.defaultdict(set)
    standard = {row["name"] for row in names}
    with_shape = {feature["properties"]["code"] for feature in features("shapes.geojson")}
    for row in names:
        places = row["subdistricts"].split(";")
        for part, _ in codes.faults(row["code"], row["category"], places):
            found[f"code_{part}"].add(row["name"])
        point = Point(float(row["lon"]), float(row["lat"]))
        inside = any(polygons[place].covers(point) for place in places)
        if row["code"] not in with_shape and not inside:
            found["outside"].add(row["name"])
        for variant in filter(None, row["variants"].split("|")):
            if re.sub(r"^\w+:|\[.*$", "", variant) in standard:
                found["variant_taken"].add(row["name"])
    for kind in ("code_category", "code_subdistrict", "outside", "variant_taken"):
        assert found.pop(kind) == wrong[kind]
    assert not found


def test_the_documentation_lists_every_fault():
    text = (HERE / "README.md").read_text(encoding="utf-8")
    table = text.split("## Faults on purpose")[1].split("## Faults that are real")[0]
    for kind, name, *_ in faults.ROADS + faults.OTHERS:
        assert re.search(rf"\| {kind} \| .*{name}", table), name


def test_the_polygons_are_a_valid_coverage_of_the_outline(polygons):
    assert len(polygons) == 18
    assert {polygon.geom_type for polygon in polygons.values()} == {"Polygon"}
    assert shapely.coverage_is_valid(list(polygons.values()))
    whole = shapely.coverage_union_all(list(polygons.values()))
    assert whole.symmetric_difference(outline()).area < outline().area / 100_000


def test_each_line_is_shared_by_its_two_subdistricts(polygons):
    pairs = set()
    for feature in features("boundary_lines.geojson"):
        line, about = shape(feature["geometry"]), feature["properties"]
        pairs.add((about["left"], about["right"]))
        for side in ("left", "right"):
            assert polygons[about[side]].boundary.buffer(1e-9).covers(line)
        assert about["length_m"] > 100
    assert len(pairs) == 38
    neighbours = [f["properties"]["neighbour"] for f in features("district_lines.geojson")]
    assert neighbours == ["天河区", "越秀区", "荔湾区", "番禺区"]


def test_shapes_belong_to_names_and_touch_their_subdistricts(names, polygons):
    by_code = {row["code"]: row for row in names}
    apart = []
    for feature in features("shapes.geojson"):
        row = by_code[feature["properties"]["code"]]
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        if not all(polygons[c].intersects(geometry) for c in row["subdistricts"].split(";")):
            apart.append(row["name"])
    assert apart == ["涌尾新路"]


NEAR = 200
"""Metres around the district in which a bridge, a river or a deliberate fault may be."""


def _metres_outside(geometry) -> float:
    """How far the farthest vertex lies outside the district, in the plane of the 38th zone."""
    project = Transformer.from_crs("EPSG:4490", "EPSG:4526", always_xy=True)

    def plane(figure):
        return shapely.transform(figure, project.transform, interleaved=False)

    vertices = shapely.points(shapely.get_coordinates(plane(geometry)))
    return max(shapely.distance(plane(outline()), vertices))


def test_nothing_is_drawn_far_outside_the_district(names):
    figures = {
        f"{file} {number}": shape(feature["geometry"])
        for file in writing.FILES
        if file.endswith(".geojson")
        for number, feature in enumerate(features(file))
    }
    for file in ("place_names.csv", "signs.csv"):
        for row in rows(file):
            named = f"{file} {row.get('name') or row['number']}"
            figures[named] = Point(float(row["lon"]), float(row["lat"]))
    for place in service_places.rows():
        if place["longitude"] is not None:
            figures[place["name"]] = Point(place["longitude"], place["latitude"])
    applications = tomllib.loads((HERE / "naming.toml").read_text("utf-8"))["application"]
    figures |= {each["name"]: Point(each["point"]) for each in applications if "point" in each}
    assert len(figures) > 5832 + signs.COUNT
    assert [name for name, figure in figures.items() if _metres_outside(figure) > NEAR] == []


def test_signs_stand_in_a_subdistrict_of_their_name(names, polygons):
    by_code = {row["code"]: row for row in names}
    with_shape = {feature["properties"]["code"] for feature in features("shapes.geojson")}
    apart = []
    for sign in rows("signs.csv"):
        if sign["place_code"] in with_shape:  # A long road has its signs where it has its point.
            continue
        point = Point(float(sign["lon"]), float(sign["lat"]))
        places = by_code[sign["place_code"]]["subdistricts"].split(";")
        if not any(shapely.dwithin(polygons[place], point, 0.0002) for place in places):
            apart.append(sign["number"])
    assert apart == []


def test_signs_stand_at_names_that_are_in_use(names):
    in_use = {row["code"] for row in names if row["status"] == "standard"}
    found = rows("signs.csv")
    assert {row["place_code"] for row in found} <= in_use
    assert len({row["number"] for row in found}) == len(found)
    assert {row["state"] for row in found} == {"good", "worn", "damaged", "missing"}


def test_more_names_can_be_made_for_measuring(tmp_path):
    assert writing.write(tmp_path, names=9000) == 9000
    with (tmp_path / "place_names.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert len({row["code"] for row in found}) == 9000
    unique = collections.Counter((row["category"], row["name"]) for row in found)
    assert sum(count > 1 for count in unique.values()) == 6 + 1


def test_fewer_names_than_there_are_facts_are_refused(tmp_path):
    with pytest.raises(CommandError, match="至少5832"):
        call_command("make_demonstration_gazetteer", names=10, out=tmp_path)
    assert not list(tmp_path.iterdir())
