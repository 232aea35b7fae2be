"""Form fields that read what was typed with the readers of this package.

The cleaned value is the one to store. A value that cannot be read stays in the form as it was
typed, with the reader's message beside it.
"""

from collections.abc import Callable

from django import forms
from django.core.validators import EmailValidator

from . import characters, codes, dates, mail, names, telephones, times


class ReadField(forms.CharField):
    """A line of text for a reader: a function that returns the value or raises TypedError."""

    read: Callable[[str], str] = staticmethod(characters.one_line)

    def __init__(self, *args, missing: str = "", attributes: dict | None = None, **kwargs):
        if missing:
            kwargs.setdefault("error_messages", {})["required"] = missing
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"spellcheck": "false", **(attributes or {})}

    def to_python(self, value):
        text = characters.one_line(str(value)) if value not in self.empty_values else ""
        if not text:
            return self.empty_value
        try:
            return self.read(text)
        except characters.TypedError as error:
            raise forms.ValidationError(error.message)


class LineField(ReadField):
    """One line of text without invisible characters."""


class PersonNameField(ReadField):
    read = staticmethod(names.person_name)


class TelephoneField(ReadField):
    read = staticmethod(telephones.telephone)


class ContactNumberField(ReadField):
    """A mobile or a fixed line: where somebody is called, and no message is sent."""

    read = staticmethod(telephones.contact_number)


class PublicMailValidator(EmailValidator):
    """Refuses boxes of this network: a host without a domain, an address in brackets."""

    def __init__(self):
        super().__init__(allowlist=[])

    def validate_domain_part(self, domain_part):
        return not domain_part.startswith("[") and super().validate_domain_part(domain_part)


class MailField(forms.EmailField):
    """A mail address, see `mail.mail_address`; validated as Django does."""

    default_validators = (PublicMailValidator(),)

    def to_python(self, value):
        return super().to_python(mail.mail_address(value) if isinstance(value, str) else value)


class PaperNumberField(ReadField):
    read = staticmethod(codes.paper_number)


class ReferenceField(ReadField):
    """A reference of this site, see `codes.reference`."""

    def __init__(self, *args, sizes: tuple[int, ...], prefix: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.sizes, self.prefix = sizes, prefix

    def read(self, text: str) -> str:
        # What holds no letter or digit at all is a wrong reference, not a missing one.
        return codes.reference(text, self.sizes, self.prefix) or text[:40]


class ParagraphField(forms.CharField):
    """Several lines of running text."""

    widget = forms.Textarea

    def to_python(self, value):
        return characters.paragraphs(str(value)) if value not in self.empty_values else ""


class WrittenDateField(forms.DateField):
    """A date in any of the ways in which it is written, see `dates.date_from`."""

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        if not characters.one_line(value):
            return None
        try:
            return dates.date_from(value)
        except characters.TypedError as error:
            raise forms.ValidationError(error.message)


class WrittenTimeField(forms.TimeField):
    """A time of day as it is written, see `times.time_from`."""

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        if not characters.one_line(value):
            return None
        try:
            return times.time_from(value)
        except characters.TypedError as error:
            raise forms.ValidationError(error.message)
