from .boundary import BoundaryLine, BoundaryMarker, JointInspection
from .category import Category
from .checking import CheckRun, RegisterFault, WordingRule
from .consultation import NamingComment, NamingConsultation
from .decided_spelling import DecidedSpelling
from .former_code import FormerCode
from .import_record import ImportChange, ImportMapping, ImportRecord
from .naming import GenericRule, NamingKind, NamingSettings, Severity
from .naming_application import NamingApplication, NamingStep, normal_number
from .naming_letter import NamingLetter
from .non_standard import NonStandardName
from .place_name import PlaceName
from .place_parts import NameVariant, PlaceImage, PlaceSubdistrict
from .publication import PublicationIndexPage, PublicationPage
from .register_settings import RegisterSettings
from .sign import Sign
from .sign_order import SignOrder
from .subdistrict import Community, Subdistrict
from .succession import Succession

__all__ = [
    "BoundaryLine",
    "BoundaryMarker",
    "Category",
    "CheckRun",
    "Community",
    "DecidedSpelling",
    "FormerCode",
    "GenericRule",
    "ImportChange",
    "ImportMapping",
    "ImportRecord",
    "JointInspection",
    "NameVariant",
    "NamingApplication",
    "NamingComment",
    "NamingConsultation",
    "NamingKind",
    "NamingLetter",
    "NamingSettings",
    "NamingStep",
    "NonStandardName",
    "PlaceImage",
    "PlaceName",
    "PlaceSubdistrict",
    "PublicationIndexPage",
    "PublicationPage",
    "RegisterFault",
    "RegisterSettings",
    "Severity",
    "Sign",
    "SignOrder",
    "Subdistrict",
    "Succession",
    "WordingRule",
    "normal_number",
]
