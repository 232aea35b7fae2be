"""Pictures from outside, made fit to be shown.

Needs no Django, so that readers in a child process may use it.
"""

from io import BytesIO

# A plugin that is not imported here would make Pillow import all of them.
from PIL import (
    AvifImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)
from pillow_heif import HeifImagePlugin  # noqa: F401

# Pillow opens dozens of formats; no browser shows the others. A JPEG may turn out to be MPO, as
# many phones write it: a second picture stands behind the first.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "HEIF")
AS_JPEG = ("JPEG", "MPO", "HEIF")
"""Stored as JPEG: no browser but Safari shows HEIF, in which iPhones store photographs."""
# What a picture needs to look the same; its other notes may name people, devices and places.
KEPT = ("background", "disposal", "dpi", "duration", "gamma", "icc_profile", "loop", "transparency")
NOTES = ("comment", "exif", "xmp")
MARKERS_WITHOUT_NOTES = ("APP0", "APP14")  # of a JPEG: JFIF and Adobe's colour transform
QUALITY = 92


def fit(file, max_pixels: int, max_edge: int) -> tuple[str, bytes | None] | None:
    """(extension, bytes to store instead of the file or None); None if it cannot be shown.

    A picture is stored again where it must be: upright (phones store it lying, with a note of
    how to turn it), without notes (where it was taken, and more), its longer edge at most
    `max_edge`. `file` is open and is rewound.
    """
    try:
        file.seek(0)
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > max_pixels:
                return None
            kind = "JPEG" if picture.format in AS_JPEG else picture.format
            extension = "jpg" if kind == "JPEG" else kind.lower()
            return extension, _stored_again(picture, kind, max_edge)
    except Exception:  # Pillow raises what its many decoders happen to raise.
        return None
    finally:
        file.seek(0)


def _stored_again(picture: Image.Image, kind: str, max_edge: int) -> bytes | None:
    """None where the picture is fit as it is; read to its last line in either case."""
    is_moving = kind != "JPEG" and getattr(picture, "is_animated", False)
    is_large = max(picture.size) > max_edge and not is_moving
    if is_large:
        picture.draft(None, (max_edge, max_edge))  # Of a JPEG a half or a quarter is decoded.
    picture.load()
    if not (is_large or _has_notes(picture) or picture.format == "HEIF"):
        return None
    made = picture if is_moving else ImageOps.exif_transpose(picture)
    if is_large:
        if made.mode == "P":
            made = made.convert("RGBA")
        made.thumbnail((max_edge, max_edge), Image.Resampling.LANCZOS)
    if picture.format == "HEIF":
        made = made.convert("RGB")
    made.info = {name: made.info[name] for name in KEPT if name in made.info}
    profile = {"icc_profile": made.info["icc_profile"]} if "icc_profile" in made.info else {}
    content = BytesIO()
    made.save(content, kind, quality=QUALITY, save_all=is_moving, **profile)
    return content.getvalue()


def _has_notes(picture: Image.Image) -> bool:
    if any(picture.info.get(name) for name in NOTES) or getattr(picture, "text", None):
        return True
    if picture.format == "GIF":
        name, _ = picture.info.get("extension", (b"NETSCAPE2.0", 0))
        return name != b"NETSCAPE2.0"
    return picture.format == "MPO" or any(
        marker not in MARKERS_WITHOUT_NOTES and not content.startswith(b"ICC_PROFILE")
        for marker, content in getattr(picture, "applist", ())
    )
