from django.urls import path

from . import views

app_name = "reconciliation"

urlpatterns = [
    path("", views.service, name="service"),
    path("preview", views.preview, name="preview"),
    path("suggest/entity", views.suggest_entity, name="suggest_entity"),
    path("suggest/type", views.suggest_type, name="suggest_type"),
    path("suggest/property", views.suggest_property, name="suggest_property"),
    path("extend/propose", views.propose, name="propose"),
]
