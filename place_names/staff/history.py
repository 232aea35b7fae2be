"""Screens that change a name in time, and that correct or undo such a change."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.admin.widgets.button import Button

from place_names.models import PlaceName, Succession
from place_names.names.abolition import abolish, restore
from place_names.names.correcting import Correction, correct, undo
from place_names.names.dividing import divide, split_off
from place_names.names.duplicates import alike
from place_names.names.renaming import HistoryError, is_planned, merge, rename

from .history_forms import (
    AbolishForm,
    CorrectionForm,
    DivideForm,
    MergeForm,
    NamingForm,
    ReasonForm,
    RenameForm,
    SplitOffForm,
)

RIGHTS = ["place_names.publish_placename", "place_names.add_succession"]
DRAW = "请打开新的记录，画出它的位置。"


def rename_view(request, pk: int):
    def carry_out(place, form):
        data = form.cleaned_data
        new = rename(place, data["name"], data["year"], basis=data["basis"],
                     approval=form.approval, user=request.user)  # fmt: skip
        return new, f"“{place.name}”更名为“{new.name}”"

    return _change(
        request, pk, RenameForm, carry_out, "更名",
        "原记录保留为历史地名并注明废止年份，新名称另立一条记录，两条记录互相链接；"
        "地名标志随之转到新记录，牌面仍记原名，更换后再改。",
    )  # fmt: skip


def merge_view(request, pk: int):
    def carry_out(place, form):
        data = form.cleaned_data
        merge(place, data["into"], data["year"], basis=data["basis"], user=request.user)
        return data["into"], f"“{place.name}”并入“{data['into'].name}”"

    return _change(
        request, pk, MergeForm, carry_out, "并入其他地名",
        "原记录保留，状态改为已废止并注明年份，两条记录互相链接；地名标志转到并入的地名。",
    )  # fmt: skip


def divide_view(request, pk: int):
    def carry_out(place, form):
        data = form.cleaned_data
        made = divide(place, form.new_names, data["year"], basis=data["basis"],
                      approval=form.approval, user=request.user)  # fmt: skip
        listed = "、".join(f"“{each.name}”" for each in made)
        return place, f"“{place.name}”分立为{listed}。{DRAW}"

    return _change(
        request, pk, DivideForm, carry_out, "分立",
        "一个地名分成几个，原名不再使用：原记录保留，状态改为已废止，新名称各立一条记录。",
    )  # fmt: skip


def split_off_view(request, pk: int):
    def carry_out(place, form):
        data = form.cleaned_data
        new = split_off(place, data["name"], data["year"], basis=data["basis"],
                        approval=form.approval, user=request.user)  # fmt: skip
        return new, f"由“{place.name}”析出“{new.name}”。{DRAW}"

    return _change(
        request, pk, SplitOffForm, carry_out, "析出",
        "其中一部分另有新名称，原名继续使用：新名称另立一条记录，两条记录互相链接。",
    )  # fmt: skip


def abolish_view(request, pk: int):
    def carry_out(place, form):
        data = form.cleaned_data
        abolish(place, data["year"], data["basis"], user=request.user)
        return place, f"“{place.name}”废止"

    return _change(
        request, pk, AbolishForm, carry_out, "废止",
        "地名不再使用，也没有别的名称代替。记录保留，注明年份和依据。",
    )  # fmt: skip


def restore_view(request, pk: int):
    def carry_out(place, form):
        restore(place, form.cleaned_data["reason"], user=request.user)
        return place, f"“{place.name}”恢复为标准地名"

    return _change(
        request, pk, ReasonForm, carry_out, "撤销废止",
        "登记错的废止可以撤销：地名恢复为标准地名，撤销记入历史记录。",
    )  # fmt: skip


def correct_view(request, pk: int, link_pk: int):
    link = _link(pk, link_pk)

    def carry_out(place, form):
        data = form.cleaned_data
        correct(link, Correction(data["year"], data["basis"], data["name"]), user=request.user)
        return place, "变更已更正"

    return _change(
        request, pk, CorrectionForm, carry_out, "更正变更",
        f"{link}。年份、依据、新名称登记错的，在这里更正；有关的记录一起改。",
        initial={"year": link.year, "basis": link.basis},
    )  # fmt: skip


def undo_view(request, pk: int, link_pk: int):
    link = _link(pk, link_pk)

    def carry_out(place, form):
        undo(link, form.cleaned_data["reason"], user=request.user)
        return link.predecessor, f"已撤销，“{link.predecessor.name}”恢复为标准地名"

    return _change(
        request, pk, ReasonForm, carry_out, "撤销变更",
        f"{link}。原名恢复为标准地名，因变更新立的记录删去，它的网址转到原名；撤销记入历史记录。",
    )  # fmt: skip


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of a name, planned ones too, each with its correction."""
    _allow(request)
    place = get_object_or_404(PlaceName, pk=pk)
    own = Q(predecessor=place) | Q(successor=place)
    links = Succession.objects.filter(own).select_related("predecessor", "successor")
    ended_by = [link for link in links if link.predecessor_id == pk and link.kind != "split_off"]
    bases = [link.basis for link in ended_by if link.in_force and link.basis]
    context = {
        "place": place,
        "ground": place.abolition_ground or "；".join(dict.fromkeys(bases)),
        "links": links,
        "is_abolished": place.year_abolished is not None and not ended_by,
        "buttons": history_buttons(request, place),
        "edit": edit_url(place),
    }
    return render(request, "place_names/staff/history.html", context)


def history_buttons(request: HttpRequest, place: PlaceName) -> list[Button]:
    """The changes that a name in force may undergo, for those who may make them."""
    if not request.user.has_perms(RIGHTS):
        return []
    shown = [("overview", "沿革", "history", 39)]
    if place.status == PlaceName.Status.STANDARD:
        shown += [
            ("rename", "更名", "edit", 40),
            ("merge", "并入其他地名", "link", 41),
            ("divide", "分立", "duplicate", 42),
            ("split_off", "析出", "plus", 43),
            ("abolish", "废止", "cross", 44),
        ]
    return [
        Button(
            label,
            url=reverse(f"place_name_history:{name}", args=[place.pk]),
            icon_name=icon,
            priority=priority,
        )
        for name, label, icon, priority in shown
    ]


def edit_url(place: PlaceName) -> str:
    return reverse(PlaceName.snippet_viewset.get_url_name("edit"), args=[place.pk])


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied


def _link(pk: int, link_pk: int) -> Succession:
    own = Q(predecessor=pk) | Q(successor=pk)
    links = Succession.objects.select_related("predecessor", "successor")
    return get_object_or_404(links.filter(own), pk=link_pk)


def _change(
    request: HttpRequest,
    pk: int,
    form_class: type[forms.Form],
    carry_out: Callable[[PlaceName, forms.Form], tuple[PlaceName, str]],
    title: str,
    meaning: str,
    initial: dict | None = None,
) -> HttpResponse:
    _allow(request)
    place = get_object_or_404(PlaceName, pk=pk)
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _acknowledged(form, place):
        try:
            result, done = carry_out(place, form)
        except HistoryError as error:
            form.add_error(None, str(error))
        else:
            year = form.cleaned_data.get("year")
            when = f"（{year}年生效）" if year and is_planned(year) else ""
            messages.success(request, f"{done.rstrip('。')}{when}。")
            return redirect(edit_url(result))
    context = {
        "place": place,
        "form": form,
        "title": title,
        "meaning": meaning,
        "back": edit_url(place),
    }
    return render(request, "place_names/staff/change_name.html", context)


def _acknowledged(form: forms.Form, place: PlaceName) -> bool:
    """Names that sound like others are given only by somebody who knows it."""
    if not isinstance(form, NamingForm) or form.cleaned_data["acknowledged"]:
        return True
    found = [
        (name, alike(name, place.category, year=form.cleaned_data["year"], besides=place))
        for name in map(str.strip, form.new_names)
    ]
    warning = "".join(f"“{name}”{each.warning}" for name, each in found if each.warning)
    if warning:
        form.ask_to_acknowledge(warning)
    return not warning


def urls():
    return [
        path("<int:pk>/", overview, name="overview"),
        path("<int:pk>/rename/", rename_view, name="rename"),
        path("<int:pk>/merge/", merge_view, name="merge"),
        path("<int:pk>/divide/", divide_view, name="divide"),
        path("<int:pk>/split-off/", split_off_view, name="split_off"),
        path("<int:pk>/abolish/", abolish_view, name="abolish"),
        path("<int:pk>/restore/", restore_view, name="restore"),
        path("<int:pk>/<int:link_pk>/correct/", correct_view, name="correct"),
        path("<int:pk>/<int:link_pk>/undo/", undo_view, name="undo"),
    ]
