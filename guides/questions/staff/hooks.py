from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_editor_js")
def help_with_codes_in_trees():
    return format_html('<script src="{}" defer></script>', static("js/question-tree.js"))
