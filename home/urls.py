from django.urls import path

from home.feedback.urls import urlpatterns as feedback_urls
from home.service_places.urls import urlpatterns as service_place_urls

from . import display

app_name = "home"

urlpatterns = [
    path("display/", display.toggle, name="display"),
    *feedback_urls,
    *service_place_urls,
]
