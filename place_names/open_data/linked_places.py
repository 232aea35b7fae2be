"""A place name in the Linked Places Format (GeoJSON-LD, version 1.3), as gazetteers exchange it.

https://github.com/LinkedPasts/linked-places-format
"""

import csv
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
CLASS_FILE = Path(__file__).parents[1] / "data" / "feature_classes.csv"
LANGUAGES = {"foreign": "en", "dialect": "yue-Latn-jyutping"}


@lru_cache(maxsize=1)
def feature_classes() -> dict[str, str]:
    """Feature classes of GeoNames by the first digits of a class of GB/T 18521."""
    with CLASS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: row["feature_class"] for row in csv.DictReader(file)}


def feature_class(category: str) -> str:
    """The class by the longest prefix that is listed."""
    known = feature_classes()
    prefixes = (category[:length] for length in range(len(category), 0, -1))
    return next((known[prefix] for prefix in prefixes if prefix in known), "S")


def linked_place(values: dict, geometry: dict | None, base: str) -> dict:
    """The record as a feature; `values` as `place_rows` gives them, `base` the site's address."""
    address = base + reverse("place_names:place_name", args=[values["code"]])
    own = _when(values["year_established"], values["year_abolished"])
    # The format wants some time of each place: at the latest, it was there when last recorded.
    own = own or _when(None, values["updated"].year, is_over=False)
    names = [{"toponym": values["name"], "lang": "zh-Hans"}]
    if values["romanisation"]:
        names.append({"toponym": values["romanisation"], "lang": "zh-Latn-pinyin"})
    for variant in values["variants"]:
        named = {"toponym": variant.name, "lang": LANGUAGES.get(variant.kind, "zh-Hans")}
        names.append(named | _when(variant.year_from, variant.year_to))
    category = f"{base}{reverse('place_names:index')}?category={values['category']}"
    feature = {
        "@id": address,
        "type": "Feature",
        "properties": {
            "title": values["name"],
            "ccodes": ["CN"],
            "fclasses": [feature_class(values["category"])],
            "code": values["code"],
            "status": values["status"],
        },
        "names": names,
        "types": [{"identifier": category, "label": values["category_name"]}],
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": base + reverse("place_names:subdistrict", args=[code]),
            }
            for code in values["subdistricts"]
        ],
        "descriptions": [
            {"value": " ".join(values[name].split()), "lang": "zh-Hans"}
            for name in ("meaning", "origin", "history", "description")
            if values[name].strip()
        ],
        "geometry": geometry,
    }
    return {key: value for key, value in (feature | own).items() if value != [] or key == "names"}


def _when(start: int | None, end: int | None, is_over: bool = True) -> dict:
    """The years as a timespan; nothing where none is known.

    A start is required; where only the end is known, it is no later than that.
    """
    if start is None and end is None:
        return {}
    span = {"start": {"latest": f"{end:04d}"} if start is None else {"in": f"{start:04d}"}}
    if end is not None and is_over:
        span["end"] = {"in": f"{end:04d}"}
    return {"when": {"timespans": [span]}}
