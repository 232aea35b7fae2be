"""What closing a day or a part of it asks for."""

from datetime import time

from django import forms

from home.typed_text.fields import WrittenTimeField

from ..models.capacity import NOON

PARTS = {
    "day": ("全天", None, None),
    "morning": ("上午（12:00前）", time(0), NOON),
    "afternoon": ("下午（12:00后）", NOON, time(23, 59)),
    "hours": ("指定时间", None, None),
}


class ClosureForm(forms.Form):
    """Cleans to `reason`, `start` and `end`; both times None for the whole day."""

    part = forms.ChoiceField(
        label="停办多久",
        required=False,
        choices=[(key, label) for key, (label, _, _) in PARTS.items()],
        initial="day",
        widget=forms.RadioSelect,
    )
    start = WrittenTimeField(
        label="从", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    end = WrittenTimeField(
        label="到", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    reason = forms.CharField(
        label="原因（当事人会看到，也写进短信）",
        max_length=120,
        error_messages={"required": "请写明停办的原因，当事人会看到。"},
    )

    def clean(self):
        cleaned = super().clean()
        part = cleaned.get("part") or "day"
        if part != "hours":
            _, cleaned["start"], cleaned["end"] = PARTS[part]
        elif not self.errors:
            if not cleaned.get("start") or not cleaned.get("end"):
                self.add_error("start", "请填停办从几点到几点。")
            elif cleaned["end"] <= cleaned["start"]:
                self.add_error("end", "结束时间要晚于开始时间。")
        return cleaned

    def hours_in_words(self) -> str:
        """全天, 上午（12:00前）, or 10:00–11:30; after validation."""
        part = self.cleaned_data.get("part") or "day"
        if part != "hours":
            return PARTS[part][0]
        return f"{self.cleaned_data['start']:%H:%M}–{self.cleaned_data['end']:%H:%M}"
