from django.urls import path

from home.page_cache import public_page

from . import views
from .change_views import ChangesFeed, changes
from .feeds import PolicyFeed
from .questions.urls import urlpatterns as question_urls

app_name = "guides"

urlpatterns = [
    path("figures/", views.figure_index, name="figure_index"),
    path("figures/<slug:slug>/", views.figure, name="figure"),
    path("policies/feed/", public_page(PolicyFeed()), name="policy_feed"),
    *question_urls,
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
