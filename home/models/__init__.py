from .base import BasePage
from .pages import ApplicationPage, HomePage, PlainPage, SectionPage
from .site_settings import SiteSettings

__all__ = ["ApplicationPage", "BasePage", "HomePage", "PlainPage", "SectionPage", "SiteSettings"]
