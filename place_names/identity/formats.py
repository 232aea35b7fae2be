"""The formats of one kind of record: by suffix, or by the Accept header at its address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from place_names.downloads.edition import Edition
from place_names.open_data.http import HTML, json_response
from place_names.open_data.problems import RequestError


class Identified(Protocol):
    """A record with a permanent address."""

    edition: Edition

    @property
    def code(self) -> str: ...

    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class Formats:
    """Media type and writer by suffix, the most usual format of each media type first."""

    json: dict[str, tuple[str, Callable[..., dict]]]
    text: dict[str, tuple[str, Callable[..., str]]] = field(default_factory=dict)

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (*self.json, *self.text)

    def preferred(self, request: HttpRequest) -> str | None:
        """The suffix of the format that a program asks for by Accept; None for people."""
        by_media_type: dict[str, str] = {}
        for suffix, (media_type, _) in [*self.json.items(), *self.text.items()]:
            by_media_type.setdefault(media_type, suffix)
        found = request.get_preferred_type([HTML, *by_media_type])
        return by_media_type.get(found or HTML)

    def check(self, suffix: str) -> None:
        """Raises RequestError for a suffix of no format."""
        if suffix not in self.suffixes:
            listed = ", ".join(self.suffixes)
            raise RequestError(f"没有这种格式。有：{listed}。", f"Formats are {listed}.", 404)

    def response(self, record: Identified, suffix: str) -> HttpResponse:
        if suffix in self.json:
            media_type, make = self.json[suffix]
            response = json_response(make(record), media_type)
        else:
            media_type, write = self.text[suffix]
            response = HttpResponse(write(record), f"{media_type}; charset=utf-8")
            name = f"{record.code}.{suffix}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Link"] = f'<{record.address}>; rel="canonical"'
        return response


def about(edition: Edition) -> dict[str, str]:
    """What a record says of the state of the register that it is from."""
    parts = {"version": edition.version, "label": edition.label, "licence": edition.licence}
    return {name: text for name, text in parts.items() if text}
