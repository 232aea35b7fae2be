from .boundary import BoundaryLine, BoundaryMarker, JointInspection
from .category import Category
from .import_record import ImportChange, ImportMapping, ImportRecord
from .place_name import NameVariant, PlaceImage, PlaceName, PlaceSubdistrict, Succession
from .register_settings import RegisterSettings
from .subdistrict import Community, Subdistrict

__all__ = [
    "BoundaryLine",
    "BoundaryMarker",
    "Category",
    "Community",
    "ImportChange",
    "ImportMapping",
    "ImportRecord",
    "JointInspection",
    "NameVariant",
    "PlaceImage",
    "PlaceName",
    "PlaceSubdistrict",
    "RegisterSettings",
    "Subdistrict",
    "Succession",
]
