from wagtail.snippets.models import register_snippet

from home.service_places.viewsets import ServicePlaceViewSet

register_snippet(ServicePlaceViewSet)
