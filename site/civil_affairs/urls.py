"""Addresses of the whole site; `docs/architecture.md` lists them as a contract."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LogoutView
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.documents import EditView as DocumentEditView
from wagtail.images.views.images import EditView as ImageEditView

from home.models import SiteDocument, SiteImage
from home.staff.account import StaffAccountView
from home.staff.choosers import guarded_bulk_action, guarded_chosen_pages, guarded_move
from home.staff.login import StaffLoginView
from home.staff.media_edit import telling_why
from home.staff.site_history import SiteHistoryView
from home.views.shared_passwords import authenticate_for_document, authenticate_for_page

from . import errors, health
from .api import api
from .media import media
from .security_txt import security_txt

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    # Before Wagtail's own, which would give the admin's scripts only Wagtail's words.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "home"])),
    # Before Wagtail's own, which try a password as often as somebody likes.
    path("admin/login/", StaffLoginView.as_view()),
    # Before Wagtail's own, which answers GET with 405 and takes the cookie away all the same.
    path("admin/logout/", require_POST(LogoutView.as_view())),
    path("admin/account/", require_admin_access(StaffAccountView.as_view())),
    # Before Wagtail's own, which asks only for the right to carry out the action.
    path(
        "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/",
        require_admin_access(guarded_bulk_action),
    ),
    # Before Wagtail's own, which tell the title of a page to all staff.
    path("admin/choose-page/chosen-multiple/", require_admin_access(guarded_chosen_pages)),
    path(
        "admin/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/",
        require_admin_access(guarded_move),
    ),
    # Before Wagtail's own, which are open to all staff.
    path("admin/reports/site-history/", require_admin_access(SiteHistoryView.as_view())),
    path(
        "admin/reports/site-history/results/",
        require_admin_access(SiteHistoryView.as_view(results_only=True)),
    ),
    # Wagtail's own lead to the first page of the admin, without the reason.
    path(
        "admin/documents/edit/<int:document_id>/",
        require_admin_access(
            telling_why(DocumentEditView.as_view(), SiteDocument, "wagtaildocs:index")
        ),
    ),
    path(
        "admin/images/<int:image_id>/",
        require_admin_access(
            telling_why(ImageEditView.as_view(), SiteImage, "wagtailimages:index")
        ),
    ),
    # Wagtail's own raises an exception, for whoever asks.
    path("admin/failwhale/", errors.page_not_found),
    path("documents/authenticate_with_password/<int:restriction_id>/", authenticate_for_document),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_for_page,
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("place-names/", include("place_names.urls")),
    path("ogc/", include("place_names.ogc.urls")),
    path("reconcile/", include("place_names.reconciliation.urls")),
    path("marriage/", include("marriage.urls")),
    path("", include("guides.urls")),
    path("", include("home.urls")),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", media))
# What there is in English too has the same address under /en/.
urlpatterns += i18n_patterns(
    path("search/", include("search.urls")),
    path("feedback/", include("home.views.feedback_urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
