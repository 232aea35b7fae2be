from home.service_places.urls import urlpatterns as service_place_urls

app_name = "home"

urlpatterns = [*service_place_urls]
