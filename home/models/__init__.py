from home.service_places.models import ServiceHours, ServiceHoursException, ServicePlace

from .base import BasePage, ContentPage
from .dead_links import DeadLink
from .feedback import FeedbackReport, FeedbackSettings, PageOpinion
from .home_page import HomePage
from .jobs import JobRun
from .media import SiteDocument, SiteImage, SiteRendition
from .notices import DownloadPage, EventPage, NoticeIndexPage, NoticePage
from .pages import ApplicationPage, PlainPage, SectionPage
from .rate_counts import RateCount
from .section_permissions import SectionPermission
from .section_review import SectionReviewTask
from .security_settings import SecuritySettings
from .sign_ups import EventPlaces, SignUp, SignUpSettings
from .site_settings import SiteSettings
from .subscriptions import (
    Announcement,
    Subscriber,
    Subscription,
    SubscriptionMail,
    SubscriptionSettings,
)
from .teamwork import Assignment, PreviewComment, PreviewLink
from .traditional_forms import TraditionalForm
from .trash import TrashedPage
from .wording import FindingAnswer, WordingRule

__all__ = [
    "Announcement",
    "ApplicationPage",
    "Assignment",
    "BasePage",
    "ContentPage",
    "DeadLink",
    "DownloadPage",
    "EventPage",
    "EventPlaces",
    "FeedbackReport",
    "FeedbackSettings",
    "FindingAnswer",
    "HomePage",
    "JobRun",
    "NoticeIndexPage",
    "NoticePage",
    "PageOpinion",
    "PlainPage",
    "PreviewComment",
    "PreviewLink",
    "RateCount",
    "SectionPage",
    "SectionPermission",
    "SectionReviewTask",
    "SecuritySettings",
    "ServiceHours",
    "ServiceHoursException",
    "ServicePlace",
    "SignUp",
    "SignUpSettings",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "Subscriber",
    "Subscription",
    "SubscriptionMail",
    "SubscriptionSettings",
    "TraditionalForm",
    "TrashedPage",
    "WordingRule",
]
