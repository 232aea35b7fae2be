"""A clerk, a manager, and a slot of today."""

from datetime import time

import pytest
from django.utils import timezone

from marriage.models import Slot
from marriage.roles import CLERK, MANAGER
from tests.marriage.factories import make_office, make_service, make_working_days

from .pages import log_in


@pytest.fixture
def clerk(client, django_user_model):
    return log_in(client, django_user_model, CLERK)


@pytest.fixture
def manager(client, django_user_model):
    return log_in(client, django_user_model, MANAGER)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def slot(today):
    service = make_service()
    make_working_days(today, 60, is_working=True)
    return Slot.objects.create(
        office=make_office(service),
        service=service,
        date=today,
        start=time(0),
        end=time(23, 59),
        capacity=4,
    )
