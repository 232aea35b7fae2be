"""Renaming and merging of names: the officer's forms."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.snippets.widgets import AdminSnippetChooser

from place_names.history import HistoryError, merge, rename
from place_names.models import PlaceName
from place_names.years import EARLIEST, LATEST

RIGHTS = ["place_names.publish_placename", "place_names.add_succession"]


class ChangeForm(forms.Form):
    year = forms.IntegerField(label="年份", min_value=EARLIEST, max_value=LATEST)
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="批准文号、公告等。"
    )


class RenameForm(ChangeForm):
    name = forms.CharField(label="新的标准名称", max_length=60)
    field_order = ["name", "year", "basis"]


class PlaceNameChooser(AdminSnippetChooser):
    """Shows nothing chosen for a key that cannot be one; the field then says what is wrong."""

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except ValueError:
            return None


class MergeForm(ChangeForm):
    into = forms.ModelChoiceField(
        label="并入的地名",
        queryset=PlaceName.objects.standard(),
        widget=PlaceNameChooser(PlaceName),
    )
    field_order = ["into", "year", "basis"]


def rename_view(request, pk: int):
    def carry_out(place, data):
        return rename(place, data["name"], data["year"], basis=data["basis"], user=request.user)

    return _change(
        request, pk, RenameForm, carry_out, "更名",
        "原记录保留为历史地名并注明废止年份，新名称另立一条记录，两条记录互相链接。",
    )  # fmt: skip


def merge_view(request, pk: int):
    def carry_out(place, data):
        merge(place, data["into"], data["year"], basis=data["basis"], user=request.user)
        return data["into"]

    return _change(
        request, pk, MergeForm, carry_out, "并入其他地名",
        "原记录保留，状态改为已废止并注明年份，两条记录互相链接。",
    )  # fmt: skip


def _change(request, pk: int, form_class, carry_out, title: str, meaning: str):
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied
    place = get_object_or_404(PlaceName, pk=pk)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            result = carry_out(place, form.cleaned_data)
        except HistoryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{place.name}”已{title}，现行地名为“{result.name}”。")
            return redirect(edit_address(result))
    context = {
        "place": place,
        "form": form,
        "title": title,
        "meaning": meaning,
        "back": edit_address(place),
    }
    return render(request, "place_names/admin/change_name.html", context)


def edit_address(place: PlaceName) -> str:
    return reverse(PlaceName.snippet_viewset.get_url_name("edit"), args=[place.pk])


def urls():
    return [
        path("<int:pk>/rename/", rename_view, name="rename"),
        path("<int:pk>/merge/", merge_view, name="merge"),
    ]
