from .base import BasePage
from .jobs import JobRun
from .pages import ApplicationPage, HomePage, PlainPage, SectionPage
from .service_places import ServiceHours, ServiceHoursException, ServicePlace
from .site_settings import SiteSettings

__all__ = [
    "ApplicationPage",
    "BasePage",
    "HomePage",
    "JobRun",
    "PlainPage",
    "SectionPage",
    "ServiceHours",
    "ServiceHoursException",
    "ServicePlace",
    "SiteSettings",
]
