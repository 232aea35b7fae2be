"""Forms of the counter."""

from django import forms
from django.utils import timezone

from ..identity import age_problem, parse
from ..models import BookingRules, Service
from ..persons import ID_CARD, OTHER_PAPER, check_name, check_paper, check_phone
from .people import ID_TYPES


class AcceptForm(forms.Form):
    """The receipt of an accepted application."""

    receipt_number = forms.CharField(
        label="受理回执编号", max_length=40, help_text="已按当日顺序生成，可改为纸质回执上的编号。"
    )
    accepted_on = forms.DateField(
        label="受理日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PaperReceiptForm(forms.Form):
    """A receipt of another system, as the clerk reads it from the paper."""

    receipt_number = forms.CharField(
        label="纸质回执编号", max_length=40, help_text="按回执原件填写，不要照抄预约时的编号。"
    )
    accepted_on = forms.DateField(
        label="受理日期",
        help_text="回执上的日期。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_seen = forms.BooleanField(
        label="已看回执原件：由本登记处受理，双方姓名、证件号码与到场的人一致",
        error_messages={"required": "请核对回执原件后勾选"},
    )


class WalkInForm(forms.Form):
    """Two people at the counter (or one, by the service)."""

    service = forms.ModelChoiceField(Service.objects.none(), label="业务", empty_label="请选择业务")

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = office.services.filter(is_offered=True)
        self.is_foreign_here = office.accepts_foreign
        for number, side in ((1, "甲方"), (2, "乙方")):
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"{side}姓名", required=number == 1
            )
            self.fields[f"id_type_{number}"] = forms.ChoiceField(
                label=f"{side}证件", choices=ID_TYPES.items(), initial=ID_CARD
            )
            self.fields[f"id_number_{number}"] = forms.CharField(
                label=f"{side}证件号码", required=number == 1
            )
            self.fields[f"phone_{number}"] = forms.CharField(
                label=f"{side}手机号码", required=False
            )

    def sides(self):
        """The fields of each person, for the template."""
        names = ("name", "id_type", "id_number", "phone")
        return [
            (side, [self[f"{name}_{number}"] for name in names])
            for number, side in ((1, "甲方"), (2, "乙方"))
        ]

    def clean(self):
        cleaned = super().clean()
        service = cleaned.get("service")
        count = service.party_count if service else 1
        self.checked = {
            number: person
            for number in (1, 2)
            if (number <= count or cleaned.get(f"id_number_{number}"))
            and (person := self._check_person(number))
        }
        if len(self.checked) == 2:
            self._check_couple(service)
        return cleaned

    def _check_person(self, number: int) -> dict | None:
        """The person as stored, or None with the faults beside the fields."""
        data = self.cleaned_data
        id_type = data.get(f"id_type_{number}", ID_CARD)
        person = {"id_type": id_type, "email": ""}
        checks = {
            "name": check_name,
            "id_number": lambda text: check_paper(id_type, text),
            "phone": lambda text: check_phone(text) if text else ("", ""),
        }
        is_good = True
        for name, check in checks.items():
            key = f"{name}_{number}"
            if key in self.errors:
                is_good = False
                continue
            person[name], problem = check(data.get(key, ""))
            if problem:
                self.add_error(key, problem)
                is_good = False
        if is_good and id_type == OTHER_PAPER and not self.is_foreign_here:
            self.add_error(f"id_type_{number}", "本登记处不办理涉外、涉港澳台和华侨登记")
            is_good = False
        return person if is_good else None

    def _check_couple(self, service) -> None:
        first, second = self.checked[1], self.checked[2]
        if first["id_number"] == second["id_number"]:
            self.add_error("id_number_2", "双方的证件号码相同，请核对")
        if service is None or service.kind != Service.Kind.MARRIAGE:
            return
        rules, today = BookingRules.load(), timezone.localdate()
        cards = {
            number: parse(person["id_number"])
            for number, person in self.checked.items()
            if person["id_type"] == ID_CARD
        }
        for number, card in cards.items():
            if problem := age_problem(card, today, rules.man_age, rules.woman_age):
                self.add_error(f"id_number_{number}", problem)
        if len(cards) == 2 and cards[1].sex is cards[2].sex:
            self.add_error(
                "id_number_2", "按身份证号码，双方性别相同，请核对（《民法典》第一千零四十六条）"
            )

    def people(self) -> list[dict]:
        """Return those filled in, as `marriage.booking.confirm` takes them."""
        return [self.checked[number] for number in sorted(self.checked)]

    def answers(self) -> dict:
        """What the papers tell, for the list of materials."""
        only_cards = all(person["id_type"] == ID_CARD for person in self.people())
        return {"origin": "mainland"} if only_cards else {}
