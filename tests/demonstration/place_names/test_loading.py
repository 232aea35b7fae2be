import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from demonstration.place_names import loading
from place_names.models import (
    BoundaryLine,
    Community,
    NamingApplication,
    NamingComment,
    PlaceName,
    RegisterSettings,
    Subdistrict,
)
from place_names.naming import procedure
from place_names.roles import OFFICERS, set_up_roles

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_whole_labelled_and_never_run_over():
    loading.load(progress=lambda message: None)
    assert PlaceName.objects.count() == 5832
    assert PlaceName.objects.filter(category__code="23510").count() == 4387
    assert Subdistrict.objects.count() == 18
    assert Community.objects.count() == 265
    assert BoundaryLine.objects.filter(kind="subdistrict").count() == 38
    assert BoundaryLine.objects.filter(kind="district").exists()
    assert RegisterSettings.load().label == "示例数据"
    place = PlaceName.objects.first()
    place.name = "编辑改过"
    place.save()
    loading.load(progress=lambda message: None)
    place.refresh_from_db()
    assert place.name == "编辑改过"

    applications = NamingApplication.objects.prefetch_related("steps")
    assert len(applications) == 10
    assert {"received", "supplement", "visited", "consulted", "approved", "filed", "announced",
            "declined", "refused"} == {each.state for each in applications}  # fmt: skip
    due = [procedure.due(each, procedure.terms()) for each in applications]
    assert sum(bool(each) and each.is_overdue(timezone.localdate()) for each in due) >= 3
    assert NamingComment.objects.filter(state="new").exists()


def test_officers_may_keep_names_but_are_no_superusers():
    set_up_roles()
    set_up_roles()
    names = set(Group.objects.get(name=OFFICERS).permissions.values_list("codename", flat=True))
    assert {"add_placename", "publish_placename", "access_admin"} <= names
    assert not names & {"add_user", "change_group", "delete_subdistrict"}
