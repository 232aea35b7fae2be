from django.urls import path

from . import views

app_name = "ogc"

_COLLECTION = "collections/<str:name>"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("api", views.api, name="api"),
    path("conformance", views.conformance, name="conformance"),
    path("collections", views.collections, name="collections"),
    path(_COLLECTION, views.collection, name="collection"),
    path(f"{_COLLECTION}/queryables", views.queryables, name="queryables"),
    path(f"{_COLLECTION}/sortables", views.sortables, name="sortables"),
    path(f"{_COLLECTION}/items", views.items, name="items"),
    path(f"{_COLLECTION}/items/<str:identifier>", views.item, name="item"),
    path("<path:path>", views.unknown),
]
