from .boundary import BoundaryLine, BoundaryMarker, JointInspection
from .category import Category
from .checking import CheckRun, RegisterFault, WordingRule
from .import_record import ImportChange, ImportMapping, ImportRecord
from .place_name import PlaceName
from .place_parts import NameVariant, PlaceImage, PlaceSubdistrict
from .publication import PublicationIndexPage, PublicationPage
from .register_settings import RegisterSettings
from .sign import Sign
from .subdistrict import Community, Subdistrict
from .succession import Succession

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
