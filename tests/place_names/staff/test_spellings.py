"""An officer decides on a doubtful spelling, once, and the findings follow."""

import pytest
from django.urls import reverse

from place_names.checks import check_runs
from place_names.models import CheckRun, DecidedSpelling, RegisterFault
from place_names.names.decided_spellings import spell
from tests.place_names.factories import make_place

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_place_names_decidedspelling:add"


@pytest.fixture
def places():
    first = make_place(name="祥乐街", romanisation="Xiánglè Jiē")
    second = make_place(name="祥乐二巷", romanisation="Xiánglè 2 Xiàng")
    check_runs.run()
    return first, second


def spelling_faults():
    return RegisterFault.objects.filter(run=CheckRun.objects.first(), kind="spelling")


def test_a_finding_leads_to_the_form_filled_in(admin_client, places):
    assert spelling_faults().count() == 2
    page = admin_client.get(reverse("place_name_checks:index"), {"kind": "spelling"})
    text = page.content.decode()
    assert "“乐”有几种读音" in text
    assert "第8条" in text
    assert "定下拼写" in text
    given = {"kind": "reading", "text": "祥乐", "spelling": "xiáng lè"}
    form = admin_client.get(reverse(ADD), given).context["form"]
    assert {name: form[name].value() for name in given} == given


def test_a_decision_settles_all_names_with_the_text(admin_client, admin_user, places):
    data = {"kind": "reading", "text": "祥乐", "spelling": "xiáng lè", "source": "地名普查表"}
    assert admin_client.post(reverse(ADD), data).status_code == 302
    decision = DecidedSpelling.objects.get()
    assert decision.decided_by == admin_user
    assert not spelling_faults().exists()
    check_runs.run()
    assert not spelling_faults().exists()


def test_another_reading_is_asked_for_in_each_name(admin_client, places):
    data = {"kind": "reading", "text": "祥乐", "spelling": "xiáng yuè", "source": "当地人读音"}
    admin_client.post(reverse(ADD), data)
    assert ["Xiángyuè" in fault.message for fault in spelling_faults()] == [True, True]
    assert all("按已定的拼写写作" in fault.message for fault in spelling_faults())
    assert spell("祥乐东街", category="23510") == "Xiángyuè Dōngjiē"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"spelling": "xiánglè"}, "须有2个音节"),
        ({"spelling": "Xiáng Lè"}, "读音用小写"),
        ({"spelling": "xiáng 乐"}, "拼写中不能有汉字"),
        ({"text": "祥le"}, "请只填汉字"),
        ({"spelling": "xiáng qq"}, "不是汉语拼音的音节"),
        ({"kind": "name", "text": "K2荟公寓", "spelling": "K"}, "对不上"),
        ({"kind": "name", "text": "陈寅恪故居", "spelling": "Chén Yín qq 5"}, "对不上"),
    ],
)
def test_a_decision_that_cannot_be_used_is_refused(admin_client, given, told):
    data = {"kind": "reading", "text": "祥乐", "spelling": "xiáng lè", "source": "普查"} | given
    page = admin_client.post(reverse(ADD), data)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert not DecidedSpelling.objects.exists()


def test_a_decision_from_a_page_out_of_date_is_refused(admin_client):
    decision = DecidedSpelling.objects.create(text="祥乐", spelling="xiáng lè", source="普查")
    address = reverse(DecidedSpelling.snippet_viewset.get_url_name("edit"), args=[decision.pk])
    told = dict(admin_client.get(address).context["form"].initial)
    DecidedSpelling.objects.update(source="地名志")
    page = admin_client.post(address, told | {"spelling": "xiáng yuè"})
    assert "同事改过" in page.text
    decision.refresh_from_db()
    assert (decision.spelling, decision.source) == ("xiáng lè", "地名志")
