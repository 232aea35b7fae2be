from django.urls import path

from . import views

urlpatterns = [
    path("guides/questions/<slug:slug>/result/", views.benefits, name="benefits"),
]
