from django.urls import path, register_converter

from .views import areas, names, one_name, shapes

app_name = "place_names"


class PlaceCode:
    """Exactly 20 ASCII digits."""

    regex = "[0-9]{20}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class SubdistrictCode(PlaceCode):
    regex = "[0-9]{9}"


register_converter(PlaceCode, "place_code")
register_converter(SubdistrictCode, "subdistrict_code")

urlpatterns = [
    path("", names.index, name="index"),
    path("subdistricts/", areas.subdistricts, name="subdistricts"),
    path("subdistricts/shapes.geojson", shapes.subdistricts, name="subdistrict_shapes"),
    path("subdistricts/<subdistrict_code:code>/", areas.subdistrict, name="subdistrict"),
    path("boundaries/", areas.boundaries, name="boundaries"),
    path("boundaries/shapes.geojson", shapes.boundaries, name="boundary_shapes"),
    path("<place_code:code>/", one_name.detail, name="place_name"),
    path("<place_code:code>/shape.geojson", shapes.place_name, name="place_name_shape"),
]
