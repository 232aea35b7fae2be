from .figures import Figure, FigureUse, FigureValue
from .pages import GuideIndexPage, GuidePage, TopicPage
from .policies import InterpretationPage, PolicyIndexPage, PolicyPage, PolicyState
from .questions import QuestionIndexPage, QuestionTreePage
from .versions import PublishedVersion
from .word_import import WordImportSettings

__all__ = [
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
]
