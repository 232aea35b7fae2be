from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from ..drafts import kinds_for, may_replace_text
from .views import ReviewView, WordImportView


class WordImportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bool(kinds_for(request.user))


@hooks.register("register_admin_urls")
def word_import_urls():
    return [
        path("word-import/", WordImportView.as_view(), name="word_import"),
        path("word-import/<uuid:key>/", ReviewView.as_view(), name="word_import_review"),
        path(
            "pages/<int:page>/word-import/", WordImportView.as_view(), name="word_import_into_page"
        ),
    ]


@hooks.register("register_admin_menu_item")
def word_import_menu_item():
    return WordImportMenuItem("导入Word", reverse("word_import"), icon_name="upload", order=315)


@hooks.register("register_page_header_buttons")
def word_import_button(page, user, view_name, next_url=None):
    if page.pk and may_replace_text(user, page):
        url = reverse("word_import_into_page", args=[page.pk])
        yield Button("用Word文件换掉正文", url, icon_name="upload", priority=67)
