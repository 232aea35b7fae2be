import pytest

pytestmark = pytest.mark.django_db


def test_a_view_is_kept_and_shown_on_the_html_element(client):
    response = client.post(
        "/display/", {"toggle": "elderly"}, headers={"referer": "http://testserver/nowhere/"}
    )
    assert response.status_code == 302
    assert response.url == "http://testserver/nowhere/"
    assert '<html lang="zh-CN" data-elderly>' in client.get("/nowhere/").content.decode()

    client.post("/display/", {"toggle": "contrast"})
    assert "data-elderly data-contrast>" in client.get("/nowhere/").content.decode()

    client.post("/display/", {"toggle": "elderly"})
    assert '<html lang="zh-CN" data-contrast>' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client, referer):
    assert client.post("/display/", {"toggle": "elderly"}, headers={"referer": referer}).url == "/"


def test_an_unknown_view_changes_nothing(client):
    response = client.post("/display/", {"toggle": "<script>"})
    assert response.cookies["display"].value == ""
