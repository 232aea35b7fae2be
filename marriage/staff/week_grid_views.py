"""The week grid: all templates of one service at one office, edited and previewed at once."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from home.typed_text.fields import WrittenTimeField

from ..planning import slot_generation, week_grid
from . import shown
from .base import StaffView, chosen_day, chosen_office

MIN_ROWS, SPARE_ROWS = 4, 2
PREVIEW_DAYS = 28
NAMES = "一二三四五六日"


class BandForm(forms.Form):
    """One band of the grid; left out when it has no hours."""

    start = WrittenTimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    end = WrittenTimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    slot_minutes = forms.IntegerField(required=False, min_value=5, max_value=480, initial=30)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for weekday, name in enumerate(NAMES):
            self.fields[f"day_{weekday}"] = forms.IntegerField(
                required=False, min_value=0, max_value=500, label=f"星期{name}"
            )
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label or "")

    def clean(self):
        cleaned = super().clean()
        if self.is_empty():
            return cleaned
        for name, words in (("start", "开始"), ("end", "结束"), ("slot_minutes", "每段分钟")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"请填{words}。")
        return cleaned

    def is_empty(self) -> bool:
        capacities = (self.cleaned_data.get(f"day_{weekday}") for weekday in range(7))
        has_hours = self.cleaned_data.get("start") or self.cleaned_data.get("end")
        return not has_hours and not any(capacities) and not self.errors

    def band(self) -> week_grid.Band:
        data = self.cleaned_data
        capacities = tuple(data.get(f"day_{weekday}") or 0 for weekday in range(7))
        return week_grid.Band(data["start"], data["end"], data["slot_minutes"], capacities)


BandFormSet = forms.formset_factory(BandForm, extra=0, max_num=20, absolute_max=20)


class WeekGridView(StaffView):
    page_title = "每周号源（整周编辑）"
    template_name = "marriage/staff/week_grid.html"
    permission_required = "marriage.change_weeklytemplate"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        tomorrow = timezone.localdate() + timedelta(days=1)
        self.first: date = max(chosen_day(request, "first", tomorrow), tomorrow)

    def choose(self):
        self.office = chosen_office(self.request)
        services = list(self.office.services.all()) if self.office else []
        wanted = self.request.POST.get("service") or self.request.GET.get("service", "")
        chosen = (each for each in services if str(each.pk) == wanted)
        self.service = next(chosen, next(iter(services), None))
        self.services = services

    def get(self, request):
        self.choose()
        if not self.service:
            messages.error(request, "请先给登记处选择办理的业务。")
            return redirect("marriage_staff:capacity")
        bands = week_grid.read(self.office, self.service, self.first)
        rows = [
            {
                "start": f"{band.start:%H:%M}",
                "end": f"{band.end:%H:%M}",
                "slot_minutes": band.slot_minutes,
                **{f"day_{day}": number or "" for day, number in enumerate(band.capacities)},
            }
            for band in bands
        ]
        rows += [{}] * max(MIN_ROWS - len(rows), SPARE_ROWS)
        return self.show(BandFormSet(initial=rows))

    def version(self) -> str:
        """What stands for the templates that the page shows; a grid replaces all of them."""
        return shown.token(*week_grid.in_force(self.office, self.service, self.first).values_list())

    def show(self, formset, faults=(), preview=None, seen="", is_outdated=False, status=200):
        """`is_outdated` shows the bands in force beside what was typed, which counts from then
        on as typed with them in sight."""
        sent = self.request.POST.get("shown")
        return self.render(
            shown=sent if sent and not is_outdated else self.service and self.version(),
            in_force=week_grid.read(self.office, self.service, self.first) if is_outdated else [],
            is_outdated=is_outdated,
            status=status,
            office=self.office,
            offices=self.offices(),
            service=self.service,
            services=self.services,
            first=self.first,
            formset=formset,
            faults=faults,
            preview=preview,
            seen=seen,
            names=NAMES,
        )

    def post(self, request):
        self.choose()
        formset = BandFormSet(request.POST)
        if not self.service or not formset.is_valid():
            return self.show(formset, status=422)
        if request.POST.get("act") == "save" and request.POST.get("shown") != self.version():
            return self.show(formset, is_outdated=True, status=409)
        bands = [form.band() for form in formset if not form.is_empty()]
        try:
            if request.POST.get("act") == "save":
                last = slot_generation.horizon()
                preview = week_grid.preview(self.office, self.service, bands, self.first, last)
                seen = _token(bands, self.first, preview)
                if preview.needs_a_look and request.POST.get("seen") != seen:
                    return self.show(formset, preview=preview, seen=seen)
                done = week_grid.save(self.office, self.service, bands, self.first, last)
                kept = (
                    f"；{len(done.refused)}个时段约的人比新方案多，照旧保留" if done.refused else ""
                )
                messages.success(
                    request,
                    f"已保存，从{self.first.year}年{self.first.month}月{self.first.day}日起执行：新增{len(done.added)}个、"
                    f"调整{len(done.changed)}个、撤销{len(done.dropped)}个时段{kept}。",
                )
                return redirect(
                    f"{reverse('marriage_staff:capacity')}?office={self.office.pk}"
                    f"&month={self.first:%Y-%m}"
                )
            last = self.first + timedelta(days=PREVIEW_DAYS - 1)
            preview = week_grid.preview(self.office, self.service, bands, self.first, last)
        except week_grid.GridError as refusal:
            faults = [
                f"第{number + 1}行：{text}" if number is not None else text
                for number, text in refusal.faults
            ]
            return self.show(formset, faults=faults, status=422)
        return self.show(formset, preview=preview)


def _token(bands, first: date, preview: week_grid.Preview) -> str:
    """Stands for what was shown of the other services: a second press counts for that only."""
    others = [(service.pk, before, after) for service, before, after in preview.others]
    return shown.token(bands, first, others, preview.by_hand, preview.withdrawn)
