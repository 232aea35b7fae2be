"""Where pages of the demonstration lead on, and what they say of old amounts."""

import pytest

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.one_engine,
]

QUESTIONNAIRE = 'href="/guides/questions/benefits/"'


def words_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("area", "leads"),
    [
        ("social-assistance", True),
        ("disability", True),
        ("elder-care", True),
        ("children", True),
        ("marriage", False),
        ("place-names", False),
    ],
)
def test_areas_with_benefits_lead_to_the_questionnaire(client, area, leads):
    assert (QUESTIONNAIRE in words_of(client, f"/areas/{area}/")) == leads


@pytest.mark.parametrize(
    ("area", "amount"),
    [
        ("social-assistance", "1,080元/人/月"),
        ("social-assistance", "1,620元/人/月"),
        ("disability", "175元/人/月"),
        ("disability", "235元/人/月"),
        ("children", "2,570元/人/月"),
    ],
)
def test_amounts_on_areas_are_marked_as_guides_mark_them(client, area, amount):
    words = words_of(client, f"/areas/{area}/")
    assert amount in words
    assert "待复核" in words.split(amount)[1][:40]


@pytest.mark.parametrize(
    ("address", "lead"),
    [
        ("/life/falling-on-hard-times/", "/guides/minimum-living-allowance/"),
        ("/life/falling-on-hard-times/", "/guides/rescue-station-help/"),
    ],
)
def test_the_table_of_situations_leads_to_the_guides(client, address, lead):
    table = words_of(client, address).split("<table", 1)[1].split("</table>")[0]
    assert f'href="{lead}"' in table


def test_growing_old_leads_to_ones_own_subdistrict(client):
    body = words_of(client, "/life/growing-old/").split("<main", 1)[1].split("</main>")[0]
    assert 'href="/my-subdistrict/"' in body


def test_policies_are_filtered_by_areas_that_have_some(client):
    words = words_of(client, "/policies/")
    assert 'value="social-assistance"' in words
    assert 'value="elder-care"' not in words


def test_a_form_warns_of_new_tabs_where_no_script_runs(client):
    tools = words_of(client, "/guides/questions/benefits/").split('class="header__tools"')[1]
    assert tools.split("</form>")[0].count("<noscript>（新标签页）</noscript>") == 3
    tools = words_of(client, "/guides/").split('class="header__tools"')[1]
    assert "新标签页" not in tools.split("</form>")[0]
