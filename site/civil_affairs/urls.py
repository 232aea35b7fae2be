"""Addresses of the whole site; `docs/architecture.md` lists them as a contract."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from . import errors, health
from .api import api
from .media import media

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    # Before Wagtail's own, which would give the admin's scripts only Wagtail's words.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "home"])),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("search/", include("search.urls")),
    path("place-names/", include("place_names.urls")),
    path("marriage/", include("marriage.urls")),
    path("", include("guides.urls")),
    path("", include("home.urls")),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", media))
urlpatterns.append(path("", include(wagtail_urls)))
