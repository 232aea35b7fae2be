from django.urls import path

from home.service_places.urls import urlpatterns as service_place_urls

from . import display

app_name = "home"

urlpatterns = [
    path("display/", display.toggle, name="display"),
    *service_place_urls,
]
