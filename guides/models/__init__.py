from .figures import Figure, FigureUse, FigureValue
from .pages import GuideIndexPage, GuidePage, TopicPage
from .policies import InterpretationPage, PolicyIndexPage, PolicyPage, PolicyState

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
    "TopicPage",
]
