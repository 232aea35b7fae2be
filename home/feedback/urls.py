from django.urls import path

from . import views

urlpatterns = [
    path("feedback/", views.report, name="feedback"),
    path("feedback/sent/", views.sent, name="feedback_sent"),
    path("feedback/status/", views.status, name="feedback_status"),
    path("feedback/opinion/", views.opinion, name="feedback_opinion"),
]
