from .boundary import BoundaryLine, BoundaryMarker, JointInspection
from .category import Category
from .checking import CheckRun, RegisterFault, WordingRule
from .import_record import ImportChange, ImportMapping, ImportRecord
from .place_name import NameVariant, PlaceImage, PlaceName, PlaceSubdistrict, Succession
from .publication import PublicationIndexPage, PublicationPage
from .register_settings import RegisterSettings
from .sign import Sign
from .subdistrict import Community, Subdistrict

__all__ = [
    "BoundaryLine",
    "BoundaryMarker",
    "Category",
    "CheckRun",
    "Community",
    "ImportChange",
    "ImportMapping",
    "ImportRecord",
    "JointInspection",
    "NameVariant",
    "PlaceImage",
    "PlaceName",
    "PlaceSubdistrict",
    "PublicationIndexPage",
    "PublicationPage",
    "RegisterFault",
    "RegisterSettings",
    "Sign",
    "Subdistrict",
    "Succession",
    "WordingRule",
]
