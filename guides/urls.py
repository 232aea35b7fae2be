from django.urls import path

from home.cache.page_cache import public_page

from .benefit_finder.urls import urlpatterns as finder_urls
from .figures import views as figures
from .policies.feeds import PolicyFeed
from .questions.urls import urlpatterns as question_urls
from .versions.views import ChangesFeed, changes

app_name = "guides"

urlpatterns = [
    path("figures/", figures.figure_index, name="figure_index"),
    path("figures/<slug:slug>/", figures.figure, name="figure"),
    path("policies/feed/", public_page(PolicyFeed()), name="policy_feed"),
    *question_urls,
    *finder_urls,
    *(
        entry
        for kind in ("guides", "policies")
        for entry in (
            path(f"{kind}/<slug:slug>/changes/", changes, {"kind": kind}, name="changes"),
            path(
                f"{kind}/<slug:slug>/changes/feed/",
                public_page(ChangesFeed()),
                {"kind": kind},
                name="changes_feed",
            ),
        )
    ),
]
