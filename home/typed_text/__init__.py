"""What people type or paste into forms, brought into one form before anything checks it.

`characters`   invisible and control characters, look-alikes, radicals, spaces
`names`        names of people, as they stand on their papers
`telephones`   mobile numbers of the mainland, and numbers with a country code
`codes`        numbers of papers and references of this site
`mail`         mail addresses
`dates`        dates in the ways in which they are written in China
`times`        times of day
`fields`       form fields built on these

Each reader returns the value as it is stored, or raises `TypedError` with a message for the
person who typed. All forms of the site use them, so that a number pasted from an address book
or a message is good everywhere or nowhere.
"""

from .characters import TypedError, compact, one_line, paragraphs
from .codes import paper_number, reference
from .dates import date_from
from .mail import mail_address
from .names import person_name
from .telephones import telephone
from .times import time_from

__all__ = [
    "TypedError",
    "compact",
    "date_from",
    "mail_address",
    "one_line",
    "paper_number",
    "paragraphs",
    "person_name",
    "reference",
    "telephone",
    "time_from",
]
