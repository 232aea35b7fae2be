from django.urls import path

from . import feedback

app_name = "feedback"

urlpatterns = [
    path("", feedback.report, name="report"),
    path("sent/", feedback.sent, name="sent"),
    path("status/", feedback.status, name="status"),
    path("opinion/", feedback.opinion, name="opinion"),
]
