from django.contrib import messages
from wagtail import hooks

from ..completeness import gaps
from ..models import GuidePage


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_else_is_usual(request, page):
    """After submission or publication: what a guide usually says and this one does not yet."""
    sent = "action-submit" in request.POST or "action-publish" in request.POST
    if not sent or not isinstance(page, GuidePage):
        return
    usual = [gap.label for gap in gaps(page.get_latest_revision_as_object()) if not gap.blocks]
    if usual:
        messages.info(request, f"不影响发布，但最好也写上：{'、'.join(usual)}。")
