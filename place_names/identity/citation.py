"""How to cite a name: by GB/T 7714-2015 in words, as BibTeX and as RIS.

Each names the version of the register, since a name may change, and the day it was read.
"""

import re
from collections.abc import Callable

from place_names.downloads.edition import PUBLISHER, TITLE

from .record import Record

_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_BIBTEX |= {sign: f"\\{sign}" for sign in "{}&%$#_"}


def in_words(record: Record) -> str:
    """An electronic database, as GB/T 7714 writes it: [DB/OL], date of change, date of reading."""
    changed = record.values["updated"]
    return (
        f"{PUBLISHER}. {record.values['name']}[DB/OL]//{_title(record)}. "
        f"版本{record.edition.version}. ({changed:%Y-%m-%d})[{record.today:%Y-%m-%d}]. "
        f"{record.address}."
    )


def as_bibtex(record: Record) -> str:
    changed = record.values["updated"]
    fields = {
        "author": "{" + _latex(PUBLISHER) + "}",
        "title": "{" + _latex(f"{record.values['name']}（{record.values['code']}）") + "}",
        "howpublished": _latex(_title(record)),
        "version": _latex(record.edition.version),
        "year": f"{changed:%Y}",
        "month": f"{changed:%m}",
        "url": record.address,
        "urldate": f"{record.today:%Y-%m-%d}",
        "language": "chinese",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{haizhu-{record.values['code']},\n{lines}\n}}\n"


def as_ris(record: Record) -> str:
    changed = record.values["updated"]
    lines = [
        ("TY", "DATA"),
        ("AU", PUBLISHER),
        ("TI", record.values["name"]),
        ("T2", _title(record)),
        ("AN", record.values["code"]),
        ("ET", record.edition.version),
        ("PY", f"{changed:%Y}"),
        ("DA", f"{changed:%Y/%m/%d}"),
        ("PB", PUBLISHER),
        ("UR", record.address),
        ("Y2", f"{record.today:%Y/%m/%d}"),
        ("LA", "zh"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(text.split())}\r\n" for tag, text in lines)


def _title(record: Record) -> str:
    """The name of the data set, which says so where it is a sample."""
    return f"{TITLE}（{record.edition.label}）" if record.edition.label else TITLE


def _latex(text: str) -> str:
    return re.sub(r"[\\{}&%$#_~^]", lambda match: _BIBTEX[match[0]], " ".join(text.split()))


TEXT_FORMATS: dict[str, tuple[str, Callable[[Record], str]]] = {
    "bib": ("application/x-bibtex", as_bibtex),
    "ris": ("application/x-research-info-systems", as_ris),
}
