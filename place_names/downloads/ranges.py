"""Parts of a file by HTTP Range (RFC 9110, section 14).

A download that broke off goes on where it stopped, and GDAL reads from a GeoPackage what it needs.
"""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from whitenoise.responders import SlicedFile

from place_names.open_data.problems import RequestError

_ONE_RANGE = re.compile("bytes *= *([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


class UnsatisfiableError(ValueError):
    """A range that lies behind the end of the file."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte that are asked for; None where the whole file is the answer:
    for several ranges, other units and what is no range. Raises UnsatisfiableError."""
    match = _ONE_RANGE.fullmatch(header.strip())
    if not match or not any(match.groups()):
        return None
    start, end = match.groups()
    if not start:
        if int(end) == 0 or size == 0:
            raise UnsatisfiableError
        return max(0, size - int(end)), size - 1
    first, last = int(start), int(end) if end else size - 1
    if end and last < first:
        return None
    if first >= size:
        raise UnsatisfiableError
    return first, min(last, size - 1)


def file_response(request: HttpRequest, path: Path, media_type: str, tag: str) -> HttpResponse:
    """The file, the part of it that is asked for, or 304; `tag` is its strong ETag."""
    response = get_conditional_response(request, etag=tag) or _content(
        request, path, media_type, tag
    )
    response.headers["ETag"] = tag
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _content(request: HttpRequest, path: Path, media_type: str, tag: str) -> HttpResponse:
    file, size = path.open("rb"), path.stat().st_size
    try:
        part = _asked(request, size, tag)
    except UnsatisfiableError:
        file.close()
        return _unsatisfiable(size)
    first, last = part or (0, size - 1)
    response = FileResponse(
        SlicedFile(file, first, last) if part else file,
        as_attachment=True,
        filename=path.name,
        content_type=media_type,
        status=206 if part else 200,
    )
    if part:
        response.headers["Content-Length"] = str(last - first + 1)
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _asked(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    # After a change the rest of the new file would be glued to the start of the old one.
    is_same = request.headers.get("If-Range", tag) == tag
    if request.method != "GET" or not is_same:
        return None
    return read_range(request.headers.get("Range", ""), size)


def _unsatisfiable(size: int) -> HttpResponse:
    response = RequestError(
        f"所要的范围超出文件，文件共{size}字节。",
        f"The range lies outside the file, which has {size} bytes.",
        416,
    ).response()
    response.headers["Content-Range"] = f"bytes */{size}"
    return response
