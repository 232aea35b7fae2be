"""Plain functions that make records of the register for tests."""

from io import BytesIO
from itertools import count

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model

from place_names.models import BoundaryLine, Category, PlaceName, PlaceSubdistrict, Subdistrict

_serial = count(1)

SQUARE = [[113.26, 23.09], [113.28, 23.09], [113.28, 23.11], [113.26, 23.11], [113.26, 23.09]]


def make_category(code="23510", name="道路、街巷", **fields) -> Category:
    return Category.objects.get_or_create(code=code, defaults={"name": name, **fields})[0]


def make_subdistrict(code="440105004", name="江南中街道", ring=None, **fields) -> Subdistrict:
    geometry = {"type": "Polygon", "coordinates": [ring or SQUARE]}
    found, _ = Subdistrict.objects.get_or_create(
        code=code, defaults={"name": name, "geometry": geometry, **fields}
    )
    return found


def make_place(name="江南大道中", *, subdistricts=None, category=None, **fields) -> PlaceName:
    """A published name; `subdistricts` in order, the first is the main one."""
    category = category or make_category()
    subdistricts = [make_subdistrict()] if subdistricts is None else subdistricts
    part = subdistricts[0].code[6:] if len(subdistricts) == 1 else "000"
    fields.setdefault("code", f"440105{part}{category.code}{next(_serial):06d}")
    fields.setdefault("geometry", {"type": "Point", "coordinates": [113.265, 23.1]})
    place = PlaceName(name=name, category=category, **fields)
    place.place_subdistricts = [
        PlaceSubdistrict(subdistrict=each, sort_order=order)
        for order, each in enumerate(subdistricts)
    ]
    place.save()
    return place


def make_line(left, right, number="01", **fields) -> BoundaryLine:
    fields.setdefault(
        "geometry", {"type": "LineString", "coordinates": [[113.28, 23.09], [113.28, 23.11]]}
    )
    fields.setdefault("length_m", 2215.0)
    return BoundaryLine.objects.create(number=number, left=left, right=right, **fields)


def jpeg(size=(1600, 1200)) -> BytesIO:
    """A real photograph as far as Pillow can tell."""
    file = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return file


def make_picture(title="街景", description="海珠区街景示例"):
    return get_image_model().objects.create(
        title=title, description=description, file=ImageFile(jpeg(), name="street.jpg")
    )
