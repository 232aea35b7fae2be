from home.feedback.models import FeedbackReport, FeedbackSettings, PageOpinion
from home.sign_ups.models import EventPlaces, SignUp, SignUpSettings

from .base import BasePage, ContentPage
from .dead_links import DeadLink
from .duties import SectionDuty, SectionReviewTask
from .jobs import JobRun
from .media import SiteDocument, SiteImage, SiteRendition
from .notices import DownloadPage, EventPage, NoticeIndexPage, NoticePage
from .pages import ApplicationPage, HomePage, PlainPage, SectionPage
from .service_places import ServiceHours, ServiceHoursException, ServicePlace
from .site_settings import SiteSettings

__all__ = [
    "ApplicationPage",
    "BasePage",
    "ContentPage",
    "DeadLink",
    "DownloadPage",
    "EventPage",
    "EventPlaces",
    "FeedbackReport",
    "FeedbackSettings",
    "HomePage",
    "JobRun",
    "NoticeIndexPage",
    "NoticePage",
    "PageOpinion",
    "PlainPage",
    "SectionDuty",
    "SectionPage",
    "SectionReviewTask",
    "ServiceHours",
    "ServiceHoursException",
    "ServicePlace",
    "SignUp",
    "SignUpSettings",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
]
