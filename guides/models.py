"""All models of the app, for Django; each feature defines its own."""

from .benefit_finder.models import BenefitFinderPage
from .figures.models import Figure, FigureUse, FigureValue
from .pages.models import GuideIndexPage, GuidePage, TopicPage
from .policies.models import InterpretationPage, PolicyIndexPage, PolicyPage, PolicyState
from .questions.models import QuestionIndexPage, QuestionTreePage
from .versions.models import PublishedVersion
from .word_import.models import WordImportSettings, WordUpload

__all__ = [
    "BenefitFinderPage",
    "Figure",
    "FigureUse",
    "FigureValue",
    "GuideIndexPage",
    "GuidePage",
    "InterpretationPage",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyState",
    "PublishedVersion",
    "QuestionIndexPage",
    "QuestionTreePage",
    "TopicPage",
    "WordImportSettings",
    "WordUpload",
]
