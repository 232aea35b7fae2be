from django.urls import path

from . import views
from .feeds import PolicyFeed
from .questions.urls import urlpatterns as question_urls

app_name = "guides"

urlpatterns = [
    path("figures/", views.figure_index, name="figure_index"),
    path("figures/<slug:slug>/", views.figure, name="figure"),
    path("policies/feed/", PolicyFeed(), name="policy_feed"),
    *question_urls,
]
