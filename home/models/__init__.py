from .base import BasePage
from .jobs import JobRun
from .pages import ApplicationPage, HomePage, PlainPage, SectionPage
from .site_settings import SiteSettings

__all__ = [
    "ApplicationPage",
    "BasePage",
    "HomePage",
    "JobRun",
    "PlainPage",
    "SectionPage",
    "SiteSettings",
]
