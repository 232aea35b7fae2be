"""The demonstration of the five publications: drawn covers and sample chapters (示例).

Covers carry no writing, so no font is needed: the page sets the title over them. Sample
chapters are Word documents put together from the register.
"""

import io
import math
import tomllib
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db.models import Count
from PIL import Image, ImageDraw
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from demonstration.guides.files import sheet_of_a4
from demonstration.notation import blocks
from home.models import HomePage, SectionPage
from place_names.models import PlaceName, PublicationIndexPage, PublicationPage, Subdistrict

PATH = Path(__file__).with_name("publications.toml")
SIZE = WIDTH, HEIGHT = 720, 960
RIVER, LIGHT, GROUND, KAPOK = "#0b5563", "#8fc1c7", "#e3eff0", "#b3202c"
NOTE = "示例：本样章由演示数据生成，不是正式出版物，不作为任何依据。"
ROWS = 120


def load(progress=print):
    """Put the five on their shelf under the home page; what is there stays as it is."""
    home = HomePage.objects.first()
    if home is None or PublicationIndexPage.objects.exists():
        return
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    section = SectionPage.objects.filter(slug="place-names").first()
    shelf = _publish(home, PublicationIndexPage(**data["shelf"]))
    for book in data["book"]:
        motif = book.pop("motif")
        title = book["title"]
        page = PublicationPage(
            **{**book, "title": f"《{title}》", "body": blocks(book["body"])},
            section=section,
            compiler="海珠区第二次全国地名普查成果",
            is_sample=True,
            cover=_keep_image(title, cover(motif)),
            file=_keep_document(title, f"{book['slug']}-sample.docx", sample(motif, title)),
        )
        _publish(shelf, page)
    progress(f"  地名出版物：{len(data['book'])}种")


def _publish(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _keep_image(title, content):
    image = get_image_model()(
        title=f"《{title}》封面（示例）",
        description=f"《{title}》封面，示例",
        file=ImageFile(io.BytesIO(content), name="cover.png"),
    )
    image.save()
    return image


def _keep_document(title, name, content):
    kept = get_document_model()(title=f"《{title}》样章（示例）")
    kept.file.save(name, ContentFile(content), save=False)
    kept._set_document_file_metadata()  # size and hash, as an upload in the admin sets them
    kept.save()
    return kept


def cover(motif):
    """A cover as PNG bytes, the same each time: a quiet pattern in the colours of the site."""
    picture = Image.new("RGB", SIZE, RIVER)
    draw = ImageDraw.Draw(picture)
    _MOTIFS[motif](draw)
    draw.rectangle((0, HEIGHT - 40, WIDTH, HEIGHT), fill=KAPOK)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _waves(draw):
    for row in range(14):
        level = 380 + row * 42
        points = [(x, level + 16 * math.sin(x / 58 + row * 0.9)) for x in range(0, WIDTH + 1, 8)]
        draw.line(points, fill=LIGHT, width=3 + row // 3)


def _lines(draw):
    for row in range(15):
        y = 400 + row * 36
        draw.line((72, y, 72 + 140 + (row * 97) % 160, y), fill=GROUND, width=8)
        draw.line((400, y, 400 + 90 + (row * 61) % 150, y), fill=LIGHT, width=8)


def _tiles(draw):
    for row in range(5):
        for column in range(6):
            x, y = 66 + column * 102, 390 + row * 104
            fill = LIGHT if (row + column) % 2 else GROUND
            draw.rounded_rectangle((x, y, x + 82, y + 84), 10, fill=fill)


def _arcs(draw):
    for index in range(11):
        radius = 90 + index * 44
        box = (WIDTH / 2 - radius, 920 - radius, WIDTH / 2 + radius, 920 + radius)
        draw.arc(box, 180, 360, fill=LIGHT if index % 2 else GROUND, width=12)


def _map(draw):
    outlines = Subdistrict.objects.exclude(geometry=None).order_by("code")
    draw_areas(draw, [area.geometry for area in outlines], (50, 400, WIDTH - 50, 860))


_MOTIFS = {"waves": _waves, "lines": _lines, "tiles": _tiles, "arcs": _arcs, "map": _map}


def draw_areas(draw, geometries, box):
    """Draw polygons into a box of pixels, north up and undistorted at this latitude."""
    rings = [
        ring
        for geometry in geometries
        for polygon in (
            [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        )
        for ring in polygon[:1]
    ]
    if not rings:
        return
    lons, lats = zip(*[point[:2] for ring in rings for point in ring], strict=True)
    west, north = min(lons), max(lats)
    squeeze = math.cos(math.radians(sum(lats) / len(lats)))
    scale = min(
        (box[2] - box[0]) / ((max(lons) - west) * squeeze), (box[3] - box[1]) / (north - min(lats))
    )
    fills = (GROUND, LIGHT, "#c5e0e2")
    for number, ring in enumerate(rings):
        points = [
            (box[0] + (x - west) * squeeze * scale, box[1] + (north - y) * scale)
            for x, y, *_ in ring
        ]
        draw.polygon(points, fill=fills[number % 3], outline=RIVER, width=3)


def sample(motif, title):
    """A sample chapter as the bytes of a Word document."""
    from docx.shared import Cm

    document = sheet_of_a4()
    document.core_properties.title = f"《{title}》样章（示例）"
    document.add_heading(f"《{title}》样章", 0)
    document.add_paragraph(NOTE)
    if motif == "map":
        picture = Image.new("RGB", (1400, 800), "white")
        areas = Subdistrict.objects.exclude(geometry=None).order_by("code")
        shapes = [area.geometry for area in areas]
        draw_areas(ImageDraw.Draw(picture), shapes, (30, 30, 1370, 770))
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        out.seek(0)
        document.add_picture(out, width=Cm(15))
        document.add_paragraph("海珠区十八个街道示意图，非勘界依据。")
    heading, rows = _CONTENTS[motif]()
    table = document.add_table(rows=1, cols=len(heading), style="Table Grid")
    for cells, texts in ((table.rows[0].cells, heading), *((None, row) for row in rows)):
        for cell, text in zip(cells or table.add_row().cells, texts, strict=True):
            cell.text = str(text or "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _published():
    return PlaceName.objects.published().select_related("category", "subdistrict")


def _annals():
    places = _published().exclude(meaning="").exclude(history="")[:ROWS]
    rows = [(p.name, p.romanisation, p.meaning, p.history) for p in places]
    return ("名称", "罗马字母拼写", "含义", "沿革"), rows


def _listed():
    places = _published().filter(category__code="23510")[:ROWS]
    rows = [(p.name, p.romanisation, p.category.name, p.subdistrict) for p in places]
    return ("名称", "罗马字母拼写", "类别", "街道"), rows


def _dictionary():
    places = _published().filter(variants__isnull=False).distinct().prefetch_related("variants")
    chosen = sorted(
        places.order_by("romanisation_plain")[:ROWS], key=lambda p: p.romanisation_plain
    )
    rows = [
        (p.name, p.romanisation, p.subdistrict, "、".join(v.name for v in p.variants.all()))
        for p in chosen
    ]
    return ("词条", "罗马字母拼写", "街道", "其他名称"), rows


def _digest():
    counts = _published().values_list("category__name").annotate(n=Count("id")).order_by("-n")
    return ("类别", "地名数"), list(counts)


def _areas_table():
    areas = Subdistrict.objects.order_by("code")
    rows = [(a.code, a.name, a.romanisation, f"{(a.area or 0) / 1e6:.2f}") for a in areas]
    return ("代码", "街道", "罗马字母拼写", "面积（平方千米，示例）"), rows


_CONTENTS = {
    "waves": _annals,
    "lines": _listed,
    "tiles": _dictionary,
    "arcs": _digest,
    "map": _areas_table,
}
