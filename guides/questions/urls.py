from django.urls import path

from . import views

urlpatterns = [
    path("guides/questions/<slug:slug>/answer/", views.answer, name="answer"),
]
