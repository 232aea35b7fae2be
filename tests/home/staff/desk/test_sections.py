"""Who looks after certain sections touches nothing of the others: pages, nor what they share."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image

import guides.roles
import home.roles
from guides.models import Figure, FigureUse, GuidePage
from home.models import (
    FeedbackReport,
    NoticeIndexPage,
    NoticePage,
    SectionPage,
    ServicePlace,
    SiteImage,
    SiteSettings,
)
from tests.home.factories import make_area, make_home, publish

from .test_editing import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    """(own section, foreign section, a notice in each, a reviewer of the own section)."""
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    home.roles.set_up_roles()
    guides.roles.set_up_roles()
    own, foreign = make_area("elder-care", "养老服务"), make_area("charity", "慈善事业")
    pages = [
        publish(index, NoticePage(slug=area.slug, title=area.title, section=area))
        for area in (own, foreign)
    ]
    return own, foreign, *pages, Person(home.roles.REVIEWER, section=own)


def show_picture_in(page) -> SiteImage:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    picture = SiteImage(title="图", description="图", file=ImageFile(file, name="p.png"))
    picture.save()
    page.body = [("picture", {"image": picture, "caption": ""})]
    page.save_revision().publish()
    return picture


def test_a_picture_that_another_section_shows_is_not_changed(offices, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    _, _, mine, theirs, person = offices
    for page, allowed in ((mine, True), (theirs, False)):
        picture = show_picture_in(page)
        form = {"title": "换了", "description": "图", "collection": picture.collection_id}
        person.browser.post(reverse("wagtailimages:edit", args=[picture.pk]), form)
        picture.refresh_from_db()
        assert (picture.title == "换了") is allowed
        bulk = f"/admin/bulk/home/siteimage/delete/?id={picture.pk}&next=/admin/"
        person.browser.post(bulk)  # Public pages show it: nobody deletes it.
        assert SiteImage.objects.filter(pk=picture.pk).exists()
        if allowed:
            page.unpublish()
            person.browser.post(bulk)  # Its draft still does.
            assert SiteImage.objects.filter(pk=picture.pk).exists()
            page.delete()
            person.browser.post(bulk)
            assert not SiteImage.objects.filter(pk=picture.pk).exists()


@pytest.mark.parametrize("kind", ["figure", "report", "place"])
def test_what_pages_of_another_section_show_is_not_opened(offices, kind):
    _, _, mine, theirs, person = offices
    for page, allowed in ((mine, True), (theirs, False)):
        if kind == "figure":
            thing = Figure.objects.create(slug=page.slug, name=page.title, source="计划")
            FigureUse.objects.create(figure=thing, page=page)
        elif kind == "report":
            thing = FeedbackReport.objects.create(page=page, kind="wrong", text="错", path="/")
        else:
            thing = make_place_of(page)
        address = thing.snippet_viewset.get_url_name("edit")
        response = person.browser.get(reverse(address, args=[thing.pk]), follow=True)
        assert ("关系到别的业务领域" not in response.content.decode()) is allowed


def make_place_of(page) -> ServicePlace:
    """A place where the guide of a section is done."""
    place = ServicePlace.objects.create(
        slug=f"place-{page.pk}", name=page.title, kind="hall", address="示例路1号"
    )
    guide = GuidePage(slug=f"guide-{page.pk}", title="指南", section=page.section, live=False)
    make_home().add_child(instance=guide)
    guide.places = [place]
    guide.save()
    return place


def test_reports_of_other_sections_are_not_listed(offices):
    _, _, mine, theirs, person = offices
    reports = [
        FeedbackReport.objects.create(page=page, kind="wrong", text="错", path=page.url)
        for page in (mine, theirs)
    ]
    listed = person.browser.get(reverse("wagtailsnippets_home_feedbackreport:list"))
    assert reports[0].number in listed.content.decode()
    assert reports[1].number not in listed.content.decode()


def test_settings_of_the_site_are_for_those_of_the_whole_site(offices):
    *_, person = offices
    person.user.user_permissions.add(Permission.objects.get(codename="change_sitesettings"))
    address = reverse("wagtailsettings:edit", args=["home", "sitesettings", 1])
    SiteSettings.for_site(make_home().get_site())
    refused = person.browser.get(address, follow=True)
    assert "这是全站的设置" in refused.content.decode()
    chief = Person(home.roles.REVIEWER, "chief")
    assert chief.browser.get(address, follow=True).redirect_chain == []


def test_nothing_is_added_to_the_section_of_others_nor_a_section_copied(offices):
    own, foreign, *_, person = offices
    assert not foreign.permissions_for_user(person.user).can_add_subpage()
    assert not own.permissions_for_user(person.user).can_copy_to(own.get_parent())
    form = {"new_title": "抄", "new_slug": "copy", "new_parent_page": own.get_parent().pk}
    person.browser.post(reverse("wagtailadmin_pages:copy", args=[own.pk]), form)
    assert not SectionPage.objects.filter(slug="copy").exists()
