from django import forms
from wagtail.models import Page

from home.models import SectionPage
from home.pages.visibility import is_open_to_all

from ..one_time import OneTimeForm
from ..typed_text.fields import MailField

ALL = "all"


def choices(page: Page | None) -> list[tuple[str, str]]:
    """What can be followed: (key of the page or ALL, label). With a page, it and its section."""
    found = []
    if page is not None and not isinstance(page, SectionPage):
        found.append((str(page.pk), f"只要这一页：{page.title}"))
    section = page if isinstance(page, SectionPage) else getattr(page, "section", None)
    if section is not None and is_open_to_all(section):
        sections = [section]
    else:
        sections = SectionPage.areas() if page is None else []
    found += [(str(each.pk), f"{each.title}的指南和政策") for each in sections]
    return [*found, (ALL, "全部指南和政策")]


class SubscriptionForm(OneTimeForm):
    what = forms.ChoiceField(
        label="想收到哪些更新",
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择想收到哪些更新。",
            "invalid_choice": "请选择想收到哪些更新。",
        },
    )
    email = MailField(
        label="您的邮箱",
        max_length=254,
        help_text="例如 name@example.com。我们先发一封信请您确认。",
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        ),
        error_messages={
            "required": "请填写邮箱。",
            "invalid": "邮箱的格式不对，应像 name@example.com 这样。",
            "max_length": "邮箱太长，请对照后再填。",
        },
    )

    def __init__(self, *args, page: Page | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices(page)
        self.fields["what"].initial = self.fields["what"].choices[0][0] if page else None

    @property
    def followed(self) -> int | None:
        """The primary key of the chosen page; None for everything."""
        what = self.cleaned_data["what"]
        return None if what == ALL else int(what)


class AddressForm(forms.Form):
    """For staff: the address of somebody who wants to be deleted and cannot do it."""

    email = MailField(
        label="邮箱", error_messages=SubscriptionForm.base_fields["email"].error_messages
    )
