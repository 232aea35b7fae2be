from django.urls import path, re_path

from .cache.page_cache import public_page
from .pages import sitemap
from .views import (
    display,
    my_subdistrict,
    previews,
    service_places,
    sign_ups,
    site_map,
    subscriptions,
)
from .views.feeds import NoticeFeed

app_name = "home"

urlpatterns = [
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("preview/<str:token>/page/", previews.previewed_page, name="previewed_page"),
    path("display/", display.toggle, name="display"),
    path("display/words/", display.words, name="display_words"),
    path("my-subdistrict/", my_subdistrict.choose, name="my_subdistrict"),
    path("notices/sign-ups/", sign_ups.withdrawal, name="sign_up_withdrawal"),
    path("notices/<slug:slug>/sign-up/", sign_ups.sign_up_form, name="sign_up"),
    path("notices/<slug:slug>/signed-up/", sign_ups.signed_up, name="signed_up"),
    path("notices/feed/", public_page(NoticeFeed()), name="notice_feed"),
    path("subscriptions/", subscriptions.subscribe, name="subscribe"),
    path("subscriptions/asked/", subscriptions.asked, name="subscription_asked"),
    path("subscriptions/confirm/<str:token>/", subscriptions.confirm, name="subscription_confirm"),
    path("subscriptions/<str:token>/", subscriptions.subscriptions_of, name="subscriptions_of"),
    path("site-map/", site_map.site_map, name="site_map"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/<slug:name>-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", site_map.robots, name="robots"),
    path("service-places/", service_places.directory, name="service_places"),
    re_path(
        r"^service-places/(?P<code>[0-9]{9})/$",
        service_places.subdistrict,
        name="subdistrict_places",
    ),
    path("service-places/<slug:slug>/", service_places.place, name="service_place"),
]
