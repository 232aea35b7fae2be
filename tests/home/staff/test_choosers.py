"""Choosers and bulk actions show records only to those who may see them elsewhere."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail.snippets.models import get_snippet_models

from home.models import FeedbackReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = get_user_model().objects.create_user("clerk")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    return user


def named(model) -> str:
    return f"{model._meta.app_label}/{model._meta.model_name}"


def is_refused(response) -> bool:
    return response.status_code == 403 or response.get("Location", "").endswith("/admin/")


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
def test_without_the_right_no_record_is_shown(client, staff, model):
    choose = f"/admin/snippets/choose/{named(model)}"
    addresses = [
        f"{choose}/",
        f"{choose}/results/",
        f"{choose}/chosen/1/",
        f"{choose}/chosen-multiple/?id=1",
        f"/admin/bulk/{named(model)}/delete/?id=1",
        f"/admin/bulk/{named(model)}/delete/?id=all",
    ]
    assert [each for each in addresses if not is_refused(client.get(each))] == []
    permission = Permission.objects.get(
        content_type__app_label=model._meta.app_label, codename=f"view_{model._meta.model_name}"
    )
    staff.user_permissions.add(permission)
    assert [client.get(each).status_code for each in addresses[:2]] == [200, 200]


def test_the_number_of_a_report_stays_with_its_sender_and_the_editors(client, staff):
    report = FeedbackReport.objects.create(number="FK-2345-6789", kind="other", text="x", path="/")
    choose = "/admin/snippets/choose/home/feedbackreport"
    bulk = f"/admin/bulk/home/feedbackreport/delete/?id={report.pk}"
    for address in (f"{choose}/results/", f"{choose}/chosen/{report.pk}/", bulk):
        assert "2345" not in client.get(address, follow=True).content.decode()
    staff.user_permissions.add(Permission.objects.get(codename="view_feedbackreport"))
    assert "2345" in client.get(f"{choose}/results/").content.decode()
