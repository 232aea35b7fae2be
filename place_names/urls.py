from django.urls import path, register_converter

from .comparing import views as comparing
from .downloads import views as downloads
from .identity import views as identity
from .map import picture, tiles
from .map import views as great_map
from .naming import applying, progress
from .naming import views as naming
from .statistics import views as statistics
from .views import areas, names, non_standard, one_name, proposals, shapes

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
    path(
        "subdistricts/<subdistrict_code:code>.<str:suffix>",
        identity.subdistrict,
        name="subdistrict_representation",
    ),
    path("boundaries/", areas.boundaries, name="boundaries"),
    path("boundaries/shapes.geojson", shapes.boundaries, name="boundary_shapes"),
    path("map/", great_map.page, name="map"),
    path("map/district-<int:width>.<slug:kind>", picture.picture, name="map_picture"),
    path("map/list/", great_map.list_part, name="map_list"),
    path("map/here/", great_map.here, name="map_here"),
    path("map/names.json", tiles.description, {"tiles": "names"}, name="map_names_described"),
    path("map/base.json", tiles.description, {"tiles": "base"}, name="map_base_described"),
    path("map/names/<str:zoom>/<str:x>/<str:y>.mvt", tiles.names, name="map_names"),
    path("map/base/<str:zoom>/<str:x>/<str:y>.mvt", tiles.base_map, name="map_base"),
    path("compare/", comparing.page, name="compare"),
    path("statistics/", statistics.page, name="statistics"),
    path("statistics/<slug:key>.csv", statistics.table, name="statistic_table"),
    path("statistics/<slug:key>.svg", statistics.picture, name="statistic_picture"),
    path("check/", naming.page, name="naming_check"),
    path("check/apply/", applying.page, name="naming_apply"),
    path("check/apply/sent/", applying.applied, name="naming_applied"),
    path("check/progress/", progress.page, name="naming_progress"),
    path("proposals/", proposals.index, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/shape.geojson", proposals.shape, name="proposal_shape"),
    path("non-standard/", non_standard.non_standard, name="non_standard"),
    path("download/", downloads.page, name="download"),
    path("download/place-names.<str:suffix>", downloads.file, name="download_file"),
    path("download/datapackage.json", downloads.description, name="download_description"),
    path("download/dictionary.csv", downloads.dictionary, name="data_dictionary"),
    path("download/<str:version>/<str:file_name>", downloads.kept_file, name="kept_file"),
    path("<place_code:code>/", one_name.detail, name="place_name"),
    path("<place_code:code>.<str:suffix>", identity.representation, name="representation"),
    path("<place_code:code>/shape.geojson", shapes.place_name, name="place_name_shape"),
]
