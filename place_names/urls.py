app_name = "place_names"

urlpatterns: list = []
