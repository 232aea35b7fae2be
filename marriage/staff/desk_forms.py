"""Forms of the counter."""

from django import forms
from django.utils import timezone

from home.typed_text import TypedError, person_name, telephone
from home.typed_text.fields import WrittenDateField

from ..availability.powers import power_problem
from ..booking.persons import from_outside, paper_of, problems_of
from ..divorce.receipt_typing import ReceiptTyping
from ..identity.papers import ID_CARD, MILITARY, PAPERS, read_paper
from ..materials.catalogue import QUESTIONS
from ..materials.questions import parties_of, stop_of
from ..models import Service


class AcceptForm(ReceiptTyping):
    """The receipt of an accepted application."""

    receipt_number = forms.CharField(
        label="受理回执编号", max_length=40, help_text="已按当日顺序生成，可改为纸质回执上的编号。"
    )
    accepted_on = WrittenDateField(
        label="受理日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, office, visit_day, **kwargs):
        super().__init__(*args, **kwargs)
        self.office, self.visit_day = office, visit_day

    def receipt_office(self):
        return self.office

    def closed(self, day):
        """The day on which the couple was received needs no second look."""
        return "" if day == self.visit_day else super().closed(day)


class PaperReceiptForm(ReceiptTyping):
    """A receipt of another system, as the clerk reads it from the paper."""

    receipt_number = forms.CharField(
        label="纸质回执编号", max_length=40, help_text="按回执原件填写，不要照抄预约时的编号。"
    )
    accepted_on = WrittenDateField(
        label="受理日期",
        help_text="回执上的日期。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_seen = forms.BooleanField(
        label="已看回执原件：由本登记处受理，双方姓名、证件号码与到场的人一致",
        error_messages={"required": "请核对回执原件后勾选"},
    )

    def __init__(self, *args, office, is_on_record=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        if is_on_record:
            self.fields["receipt_number"].label = "回执编号"
            self.fields["receipt_number"].help_text = "已按台账填好，请与回执原件核对。"
            self.fields["accepted_on"].help_text = "已按台账填好，请与回执原件核对。"

    def receipt_office(self):
        return self.office


def question_field(key: str, label: str) -> forms.ChoiceField:
    """A question of the citizens' pages, for the desk."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *QUESTIONS[key].options],
        required=False,
    )


class WalkInForm(forms.Form):
    """Two people at the counter, or one: by the service, and of a replacement by their marital
    status, which is asked as online."""

    FACTS = ("status", "lost")
    service = forms.ModelChoiceField(Service.objects.none(), label="业务", empty_label="请选择业务")
    status = question_field("status", "婚姻状况（补领要选）")
    lost = question_field("lost", "补领哪一本（补领要选）")

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = office.services.filter(is_offered=True)
        self.office = office
        replacements = self.fields["service"].queryset.filter(kind=Service.Kind.REPLACEMENT)
        if not replacements.exists():
            self.drop_facts()
        for number, side in ((1, "甲方"), (2, "乙方")):
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"{side}姓名", required=number == 1
            )
            self.fields[f"id_type_{number}"] = forms.ChoiceField(
                label=f"{side}证件",
                choices=[(kind.key, kind.title) for kind in PAPERS.values()],
                initial=ID_CARD,
                required=number == 1,
            )
            self.fields[f"id_number_{number}"] = forms.CharField(
                label=f"{side}证件号码", required=number == 1
            )
            self.fields[f"phone_{number}"] = forms.CharField(
                label=f"{side}手机号码", required=False
            )

    def drop_facts(self) -> None:
        for name in self.FACTS:
            self.fields.pop(name, None)

    def facts(self):
        """The fields of what is asked for a replacement, for the template."""
        return [self[name] for name in self.FACTS if name in self.fields]

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
        self._check_facts(service)
        count = parties_of(service, self._facts_given()) if service else 1
        if count == 1 and service and service.party_count > 1:
            self._refuse_second()
        self.checked = {
            number: person
            for number in (1, 2)
            if (number <= count or cleaned.get(f"id_number_{number}"))
            and (person := self._check_person(number))
        }
        for number, person in self.checked.items():
            others = [self.checked[1]] if number == 2 and 1 in self.checked else []
            self._check_together(number, person, others, service)
        return cleaned

    def _facts_given(self) -> dict:
        service = self.cleaned_data.get("service")
        if not service or service.kind != Service.Kind.REPLACEMENT:
            return {}
        return {name: self.cleaned_data[name] for name in self.FACTS if self.cleaned_data.get(name)}

    def _check_facts(self, service) -> None:
        """The same questions and the same ends as online."""
        if not service or service.kind != Service.Kind.REPLACEMENT:
            return
        facts = self._facts_given()
        for name in self.FACTS:
            if name not in facts and name not in self.errors:
                self.add_error(name, "补领要选这一项")
        for name in self.FACTS:
            if name in facts and (stop := stop_of(QUESTIONS[name], facts)):
                self.add_error(name, f"{stop.title}：{stop.text}（{stop.basis}）")

    def _refuse_second(self) -> None:
        for name in ("name_2", "id_number_2"):
            if self.cleaned_data.get(name):
                self.add_error(name, "离婚、丧偶的，由本人一个人办理，乙方不用填")

    def _check_person(self, number: int) -> dict | None:
        """The person as stored, or None with the faults beside the fields."""
        data = self.cleaned_data
        id_type = data.get(f"id_type_{number}") or ID_CARD
        person = {"id_type": id_type, "email": ""}
        readers = {
            "name": person_name,
            "id_number": lambda text: read_paper(id_type, text),
            "phone": lambda text: telephone(text) if text else "",
        }
        for name, reader in readers.items():
            key = f"{name}_{number}"
            if key in self.errors:
                continue
            try:
                person[name] = reader(data.get(key, ""))
            except TypedError as error:
                self.add_error(key, error.message)
        if len(person) < 5:
            return None
        paper = person["id_number"]
        return {**person, "id_type": paper.kind, "id_number": paper.number}

    def _check_together(self, number: int, person: dict, others: list[dict], service) -> None:
        """The same checks and the same power as at booking."""
        if from_outside([person]) and (problem := power_problem(self.office, service)):
            self.add_error(f"id_type_{number}", problem)
        elif service:
            problems = problems_of(number, person, others, service, {}, self.visit_day())
            for message in problems.values():
                self.add_error(f"id_number_{number}", message)

    def visit_day(self):
        """Return the day on which the people must be old enough."""
        return timezone.localdate()

    def people(self) -> list[dict]:
        """Return those filled in, as `marriage.booking.bookings.confirm` takes them."""
        return [self.checked[number] for number in sorted(self.checked)]

    def answers(self) -> dict:
        """What the papers tell, for the list of materials."""
        papers = [paper_of(person) for person in self.people()]
        origins = {paper.origin for paper in papers}
        if any(paper.kind == MILITARY for paper in papers):
            origins.add(MILITARY)
        return {"origin": sorted(origins), **self._facts_given()}


class PeopleCorrectionForm(WalkInForm):
    """The people of a number taken at the desk again; a side of which nothing is typed stays."""

    reason = forms.CharField(
        label="更正的原因",
        max_length=60,
        help_text="会记入操作记录，不要写个人信息。",
        error_messages={"required": "请写明更正的原因。"},
    )

    def __init__(self, *args, booking, **kwargs):
        self.booking = booking
        self.stored = {party.position: party.person for party in booking.parties.all()}
        super().__init__(*args, office=booking.office, **kwargs)
        self.drop_facts()
        for field in self.fields.values():
            field.required = False
        self.fields["reason"].required = True

    def clean_service(self):
        return self.booking.service

    def _facts_given(self) -> dict:
        answers = self.booking.details.get("answers", {})
        return {name: answers[name] for name in self.FACTS if name in answers}

    def _check_facts(self, service) -> None:
        """They were asked when the number was taken."""

    def _check_person(self, number: int) -> dict | None:
        stored = self.stored.get(number)
        names = ("name", "id_number", "phone")
        if stored and not any(self.cleaned_data.get(f"{name}_{number}") for name in names):
            return stored
        person = super()._check_person(number)
        if person and stored and not person["phone"]:
            person["phone"] = stored.get("phone", "")
        return person

    def clean(self):
        cleaned = super().clean()
        if not self.errors and set(self.checked) != set(self.stored):
            self.add_error(None, "人数和取号时不同。请取消这个号，再重新取号。")
        return cleaned
