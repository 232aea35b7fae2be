"""Handing a page to a colleague, and saying that it is done."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import Assignment
from home.trash import is_in_trash
from home.typed_text.fields import WrittenDateField

from ..desk.lists import DeskItem, edits_pages
from ..desk.pages import edit_url

MADE, DONE = "home.assignment_made", "home.assignment_done"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.get_full_name() or person.get_username()


class AssignmentForm(forms.ModelForm):
    """Offers the colleagues who may edit the page."""

    person = PersonField(get_user_model().objects.none(), label="交给谁")

    class Meta:
        model = Assignment
        fields = ["person", "task", "due_on"]
        field_classes = {"due_on": WrittenDateField}
        widgets = {"due_on": AdminDateInput()}

    def __init__(self, *args, page: Page, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True)
        people = people.filter(Q(is_superuser=True) | Q(groups__isnull=False)).distinct()
        able = [p.pk for p in people if page.permissions_for_user(p).can_edit()]
        self.fields["person"].queryset = get_user_model().objects.filter(pk__in=able)

    def clean_due_on(self):
        if self.cleaned_data["due_on"] < timezone.localdate():
            raise forms.ValidationError("这一天已经过去了。")
        return self.cleaned_data["due_on"]


def assign(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lists what is asked for of a page; POST asks a colleague."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = AssignmentForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        form.instance.page, form.instance.made_by = page, request.user
        form.save()
        log(page, MADE, user=request.user)
        messages.success(request, "已交办，对方登录后在首页看得到。")
        return redirect("wagtailadmin_pages:edit", page.pk)
    open_ones = Assignment.objects.filter(page=page, done_at=None).select_related("person")
    context = {"page": page, "form": form, "assignments": open_ones}
    return TemplateResponse(request, "home/staff/assign.html", context)


@require_POST
def finish(request: HttpRequest, number: int) -> HttpResponse:
    """Done: by the person who was asked, or by who asked."""
    own = Q(person=request.user) | Q(made_by=request.user)
    assignment = get_object_or_404(Assignment.objects.filter(own, done_at=None), pk=number)
    assignment.done_at = timezone.now()
    assignment.save(update_fields=["done_at"])
    log(assignment.page, DONE, user=request.user)
    messages.success(request, f"“{assignment.task}”已标为完成。")
    return redirect("wagtailadmin_pages:edit", assignment.page_id)


def assigned_to(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Desk list: what this person is asked to do, the most urgent first."""
    waiting = Assignment.objects.filter(person=user, done_at=None).select_related("page")
    for assignment in waiting:
        if is_in_trash(assignment.page):
            continue
        late = assignment.due_on < timezone.localdate()
        due = f"{assignment.due_on:%Y-%m-%d}{'（已过期）' if late else ''}"
        title = f"{assignment.task}：{assignment.page.get_admin_display_title()}"
        yield DeskItem(title, edit_url(assignment.page), due)


def tell_what_is_asked(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before_edit_page: on the form stands what was asked, with a button to finish it."""
    if request.method != "GET" or not edits_pages(request.user):
        return
    for assignment in Assignment.objects.filter(page_id=page.pk, person=request.user, done_at=None):
        messages.info(
            request,
            f"请您在{assignment.due_on:%Y-%m-%d}以前：{assignment.task}。做完了请到“交办”里标为完成。",
        )
