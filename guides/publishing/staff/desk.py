"""The desk list of pages that cannot be published yet."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser

from home.pages.publishing_checks import PublishingChecks
from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable


def not_ready(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Pages (the draft where there is one) that fail their publishing checks."""
    for model in apps.get_models():
        if not issubclass(model, PublishingChecks):
            continue
        pages = editable(user, model.objects.all())
        if model.publishing_errors is PublishingChecks.publishing_errors:
            pages = pages.filter(has_unpublished_changes=True)  # The public ones have passed.
        for page in pages.order_by("title"):
            latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
            if errors := latest.publishing_errors():
                yield DeskItem(latest.title, edit_url(page), "".join(errors))
