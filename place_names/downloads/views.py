"""The page of downloads, and the files."""

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from home.cache.page_cache import public_page
from home.pages.sitemap import public_url
from home.table_export import csv_response
from home.visitors import within_limit
from place_names.models import PlaceName
from place_names.open_data.fields import PLACE_FIELDS
from place_names.open_data.http import json_response, open_data
from place_names.open_data.problems import RequestError

from . import edition as editions
from . import ranges, selection, snapshots
from .formats import FORMATS, Format, data_package, dictionary_rows, resource

GENERATED_IN_AN_HOUR = 60
"""Files that are made for one visitor; those that are kept may be fetched as often as wanted."""


def _base(request: HttpRequest) -> str:
    return public_url(request, "/").rstrip("/")


@public_page
def page(request: HttpRequest) -> HttpResponse:
    """All formats of the whole set, or of the search whose words are in the address."""
    try:
        chosen, wrong = selection.select(request.GET), ""
    except RequestError as problem:
        chosen, wrong = selection.Selection(selection.listing.Asked(), None), problem.chinese
    edition = editions.current(_base(request))
    kept = snapshots.get(edition.version) if chosen.is_whole else None
    words = chosen.asked.address()
    public = PlaceName.objects.published()
    context = {
        "breadcrumbs": [(reverse("place_names:index"), "地名"), (None, "下载地名数据")],
        "edition": edition,
        "chosen": chosen,
        "wrong": wrong,
        "formats": [_line(each, words, kept) for each in FORMATS.values()],
        "fields": PLACE_FIELDS,
        "standard": public.filter(status=PlaceName.Status.STANDARD).count(),
        "older": [each for each in snapshots.versions() if each != edition.version],
        "list_address": reverse("place_names:index") + (f"?{words}" if words else ""),
    }
    return render(request, "place_names/download.html", context)


def _line(of: Format, words: str, kept: snapshots.Snapshot | None) -> dict:
    address = reverse("place_names:download_file", args=[of.suffix])
    known = kept.files[of.file_name] if kept else {}
    return {
        "format": of,
        "address": f"{address}?{words}" if words else address,
        "bytes": known.get("bytes"),
        "hash": known.get("hash", "").removeprefix("sha256:"),
    }


@open_data
def file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The names that were asked for: from the files that are kept, else written as it is read."""
    of = FORMATS.get(suffix)
    if of is None:
        listed = ", ".join(FORMATS)
        raise RequestError(f"没有这种格式。有：{listed}。", f"Formats are {listed}.", 404)
    chosen = selection.select(request.GET)
    edition = editions.current(_base(request))
    if chosen.is_whole and (kept := snapshots.file_of(edition.version, of.file_name)):
        return _kept(request, kept, of.media_type)
    name = of.file_name if chosen.is_whole else f"place-names-search.{suffix}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Accept-Ranges": "none",  # It is written as it is read.
    }
    if request.method == "HEAD":
        return HttpResponse(content_type=of.media_type, headers=headers)
    if not within_limit(request, "download", GENERATED_IN_AN_HOUR):
        problem = RequestError(
            f"一小时内最多生成{GENERATED_IN_AN_HOUR}个文件，请过一小时再试。",
            f"At most {GENERATED_IN_AN_HOUR} files are made in an hour; try again later.",
            429,
        )
        return problem.response()
    blocks = of.write(chosen.rows(), edition)
    return StreamingHttpResponse(blocks, of.media_type, headers=headers)


def _kept(request: HttpRequest, kept: snapshots.KeptFile, media_type: str) -> HttpResponse:
    if kept.hash:
        return ranges.file_response(request, kept.path, media_type, f'"{kept.hash}"')
    name = kept.path.name
    return FileResponse(
        kept.path.open("rb"), as_attachment=True, filename=name, content_type=media_type
    )


@open_data
def kept_file(request: HttpRequest, version: str, file_name: str) -> HttpResponse:
    """A file of an earlier version, as long as it is kept."""
    kept = snapshots.file_of(version, file_name)
    if kept is None:
        raise RequestError(
            "没有这一版，或者已不再保留。请下载现在的数据。",
            "There is no such version, or it is no longer kept.",
            404,
        )
    of = next((each for each in FORMATS.values() if each.file_name == file_name), None)
    media_type = of.media_type if of else "application/json"
    response = _kept(request, kept, media_type)
    if response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=86400, immutable"
    return response


@open_data
def description(request: HttpRequest) -> HttpResponse:
    """The whole set as a Data Package; with sizes and hashes where the files are kept."""
    edition = editions.current(_base(request))
    if kept := snapshots.get(edition.version):
        return json_response(kept.description)
    return json_response(data_package(edition, [resource(each) for each in FORMATS.values()]))


@open_data
def dictionary(request: HttpRequest) -> HttpResponse:
    return csv_response(dictionary_rows(), "地名数据字典")
