from django.urls import path, re_path

from . import views

urlpatterns = [
    path("service-places/", views.directory, name="service_places"),
    re_path(r"^service-places/(?P<code>[0-9]{9})/$", views.subdistrict, name="subdistrict_places"),
    path("service-places/<slug:slug>/", views.place, name="service_place"),
]
