"""Puts the demonstration gazetteer together and writes its files."""

import csv
import itertools
import json
from pathlib import Path

from shapely.geometry import mapping

from demonstration.place_names.generation import facts, faults, roads, signs, sites, territory
from demonstration.place_names.generation.records import COLUMNS, Serials, Taken
from place_names.geometry import shapes

NAMES = 5832
ROADS = 4387
SEED = 440105
FILES = (
    "place_names.csv",
    "shapes.geojson",
    "subdistricts.geojson",
    "boundary_lines.geojson",
    "district_lines.geojson",
    "communities.csv",
    "signs.csv",
)


def write(directory, names=NAMES, seed=SEED, progress=lambda message: None):
    """Write all files to ``directory`` (made when missing); returns the number of names.

    More than 5,832 names go on with lanes that no district has, for measuring: they are
    written one by one and never held. Fewer are refused with a ValueError.
    """
    if names < NAMES:
        raise ValueError(f"示例地名至少{NAMES}条：真实地名、街道和居委会不能少")
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    taken = Taken()
    records = list(base(seed, taken))
    progress(f"生成{len(records)}条地名")
    further = itertools.islice(roads.endless(seed, taken), names - len(records))
    written = _write_names(directory / "place_names.csv", records, further, progress)
    if written != names:
        raise ValueError(f"只能生成{written}条互不重复的地名")
    _write_features(
        directory / "shapes.geojson",
        (
            {"type": "Feature", "properties": {"code": r.code}, "geometry": mapping(r.shape)}
            for r in records
            if r.shape is not None
        ),
    )
    _write_features(directory / "subdistricts.geojson", territory.subdistrict_features())
    _write_features(directory / "boundary_lines.geojson", territory.boundary_line_features())
    _write_features(directory / "district_lines.geojson", territory.district_line_features())
    _write_rows(
        directory / "communities.csv",
        ["code", "name", "subdistrict"],
        ([r["code"], r["name"], r["subdistrict"]] for r in territory.read_csv("committees.csv")),
    )
    _write_rows(directory / "signs.csv", signs.COLUMNS, signs.rows(seed, records))
    progress(f"写入{directory}")
    return written


def base(seed, taken):
    """The 5,832 records with their codes, in order of code."""
    real = list(facts.real_names(seed))
    others = [*facts.subdistricts(), *facts.committees(seed)]
    wrong_roads = list(faults.made_up(seed, faults.ROADS))
    wrong_others = list(faults.made_up(seed, faults.OTHERS))
    for record in [*others, *real, *wrong_roads, *wrong_others]:
        taken.reserve(record)
    real_roads = sum(record.category == roads.CLASS for record in real)
    lanes = list(roads.made_up(seed, ROADS - real_roads - len(wrong_roads), taken))
    left = NAMES - sum(map(len, (others, real, wrong_roads, wrong_others, lanes)))
    rest = list(sites.made_up(seed, left, taken))
    serials = Serials()
    everything = [*others, *real, *lanes, *wrong_roads, *rest, *wrong_others]
    for record in everything:
        if record.shape is not None:
            # The register takes the point of a shape from the shape itself.
            point = shapes.measure(mapping(record.shape))
            record.lon, record.lat = point.lon, point.lat
    return sorted(map(serials.number, everything), key=lambda record: record.code)


def _write_names(path, records, further, progress):
    serials = Serials()
    for record in records:  # further lanes count on where these stop
        serials.count(record.code)
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for record in itertools.chain(records, map(serials.number, further)):
            writer.writerow(record.row())
            written += 1
            if written % 50_000 == 0:
                progress(f"已写{written}条")
    return written


def _write_features(path, features):
    """One feature a line: small, and a change shows as a line in a comparison."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for index, item in enumerate(features):
            file.write(",\n" if index else "")
            file.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")))
        file.write("\n]}\n")


def _write_rows(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
