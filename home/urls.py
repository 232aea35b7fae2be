from django.urls import path

from home.feedback.urls import urlpatterns as feedback_urls
from home.service_places.urls import urlpatterns as service_place_urls
from home.sign_ups.urls import urlpatterns as sign_up_urls

from . import display, site_map, sitemap
from .feeds import NoticeFeed
from .page_cache import public_page

app_name = "home"

urlpatterns = [
    path("display/", display.toggle, name="display"),
    *feedback_urls,
    *sign_up_urls,
    path("notices/feed/", public_page(NoticeFeed()), name="notice_feed"),
    path("site-map/", site_map.site_map, name="site_map"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/<slug:name>-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", site_map.robots, name="robots"),
    *service_place_urls,
]
