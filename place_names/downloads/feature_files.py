"""GeoJSON, Linked Places Format and KML, written feature by feature."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from place_names.open_data.fields import PLACE_FIELDS, as_feature
from place_names.open_data.linked_places import CONTEXT, linked_place

from .edition import TITLE, Edition
from .selection import Rows
from .tables import cell

FEATURES_IN_A_BLOCK = 200
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def geojson_file(rows: Rows, edition: Edition) -> Iterator[bytes]:
    head = {"type": "FeatureCollection", "name": TITLE, **_about(edition)}
    features = (as_feature(values["code"], values, geometry) for values, geometry in rows)
    yield from _collection(head, features)


def linked_places_file(rows: Rows, edition: Edition) -> Iterator[bytes]:
    head = {"type": "FeatureCollection", "@context": CONTEXT, **_about(edition)}
    features = (linked_place(values, geometry, edition.base) for values, geometry in rows)
    yield from _collection(head, features)


def _about(edition: Edition) -> dict[str, str]:
    about = {"version": edition.version, "label": edition.label, "licence": edition.licence}
    return {name: text for name, text in about.items() if text}


def _collection(head: dict, features: Iterable[dict]) -> Iterator[bytes]:
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "features": [\n'
    texts = (json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    separator = ""
    while some := list(islice(texts, FEATURES_IN_A_BLOCK)):
        yield (separator + ",\n".join(some)).encode("utf-8", "replace")
        separator = ",\n"
    yield b"\n]}\n"


def kml_file(rows: Rows, edition: Edition) -> Iterator[bytes]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{_xml(TITLE)}</name><description>{_xml(edition.statement)}</description>\n"
    ).encode()
    texts = (_placemark(values, geometry) for values, geometry in rows)
    while some := list(islice(texts, FEATURES_IN_A_BLOCK)):
        yield "".join(some).encode("utf-8", "replace")
    yield b"</Document></kml>\n"


def _placemark(values: dict, geometry: dict | None) -> str:
    data = "".join(
        f'<Data name="{field.name}"><displayName>{field.title}</displayName>'
        f"<value>{_xml(cell(field.name, values[field.name]))}</value></Data>"
        for field in PLACE_FIELDS
        if values[field.name] not in ("", None, [])
    )
    return (
        f'<Placemark id="p{values["code"]}"><name>{_xml(values["name"])}</name>'
        f"<ExtendedData>{data}</ExtendedData>{_kml_geometry(geometry)}</Placemark>\n"
    )


def _kml_geometry(geometry: dict | None) -> str:
    if geometry is None:
        return ""
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return f"<Point>{_positions([parts])}</Point>"
    if kind == "LineString":
        return f"<LineString>{_positions(parts)}</LineString>"
    if kind == "Polygon":
        rings = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(parts) - 1)]
        return "<Polygon>" + "".join(
            f"<{name}><LinearRing>{_positions(ring)}</LinearRing></{name}>"
            for name, ring in zip(rings, parts, strict=True)
        ) + "</Polygon>"  # fmt: skip
    inner = kind.removeprefix("Multi")
    members = (_kml_geometry({"type": inner, "coordinates": part}) for part in parts)
    return f"<MultiGeometry>{''.join(members)}</MultiGeometry>"


def _positions(positions: list) -> str:
    text = " ".join(f"{position[0]},{position[1]}" for position in positions)
    return f"<coordinates>{text}</coordinates>"


def _xml(value) -> str:
    return escape(_NOT_IN_XML.sub("", str(value)))
