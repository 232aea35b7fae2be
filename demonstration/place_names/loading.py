"""The demonstration register: 示例数据 of the size and shape of the real one."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from place_names.boundaries.line_files import import_lines
from place_names.importing.applying import apply_plan
from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.importing.shape_files import shapes_by_code
from place_names.models import (
    BoundaryLine,
    BoundaryMarker,
    Community,
    JointInspection,
    PlaceName,
    RegisterSettings,
    Sign,
    Subdistrict,
)
from place_names.names.categories import set_up_categories
from place_names.naming.setting_up import load_lists
from place_names.signs.sign_files import import_signs

from .naming import load as load_applications
from .publications import load as load_publications

FOLDER = Path(__file__).parent
LABEL = "示例数据"
LICENCE = "示例数据，可自由试用；引用时请注明“示例数据”，不得当作正式地名成果。"
ORDINARY_WORDS = "小礼堂 江心洲 安德里 玉虚宫"
NOTE = "本站展示的地名、界线和坐标为演示用的示例数据，不代表正式成果，不作为勘界、确权或行政管理的依据。"


def load(progress: Callable[[str], None] = print) -> None:
    """Fill an empty register; what is there already is left as it is."""
    with transaction.atomic():
        set_up_categories()
        _subdistricts()
        _communities()
        _lines()
        load_lists()
        settings = RegisterSettings.load()
        if not settings.label and not PlaceName.objects.exists():
            settings.label, settings.note, settings.licence = LABEL, NOTE, LICENCE
            settings.ordinary_words = ORDINARY_WORDS
            settings.save()
    if PlaceName.objects.exists():
        progress("地名数据已存在，未改动。")
    else:
        _names(progress)
    load_applications(progress)
    load_publications(progress)


def _names(progress: Callable[[str], None]) -> None:
    shapes = shapes_by_code(open_source(FOLDER / "shapes.geojson"))
    plan = make_plan(
        open_source(FOLDER / "place_names.csv"), shapes_by_code=shapes, progress=progress
    )
    try:
        apply_plan(plan, progress=progress)
    finally:
        plan.close()
    if not Sign.objects.exists():
        progress(f"地名标志：{import_signs(FOLDER / 'signs.csv')}")


def _features(name: str):
    with (FOLDER / name).open(encoding="utf-8") as file:
        for feature in json.load(file)["features"]:
            yield feature["properties"], feature["geometry"]


def _subdistricts() -> None:
    for facts, geometry in _features("subdistricts.geojson"):
        Subdistrict.objects.get_or_create(
            code=facts["code"],
            defaults={
                "name": facts["name"],
                "romanisation": facts["romanisation"],
                "area": facts["area_m2"],
                "geometry": geometry,
            },
        )


def _communities() -> None:
    if Community.objects.exists():
        return
    areas = dict(Subdistrict.objects.values_list("code", "pk"))
    with (FOLDER / "communities.csv").open(encoding="utf-8", newline="") as file:
        Community.objects.bulk_create(
            Community(code=r["code"], name=r["name"], subdistrict_id=areas[r["subdistrict"]])
            for r in csv.DictReader(file)
        )


def _lines() -> None:
    """The lines, each with a marker at its ends and the joint inspection of 2016–2020."""
    if BoundaryLine.objects.exists():
        return
    for name in ("boundary_lines.geojson", "district_lines.geojson"):
        import_lines(FOLDER / name)
    for line in BoundaryLine.objects.all():
        course = line.geometry["coordinates"]
        for number, (lon, lat) in enumerate((course[0], course[-1]), start=1):
            line.markers.add(
                BoundaryMarker(
                    number=f"{line.number}-{number}", lon=lon, lat=lat, description="示例"
                )
            )
        line.inspections.add(JointInspection(year=2020, result="clear", remarks="示例"))
        line.save()
