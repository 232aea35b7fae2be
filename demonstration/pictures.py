"""Cover pictures of the demonstration, drawn here: the river, and what a page is about.

Nothing is copied from anywhere, and the same name always gives the same picture.
"""

import math
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from home.models import SiteImage

WIDTH, HEIGHT = 1440, 640
FINE = 2  # Drawn larger and then made smaller, so that edges are smooth.
GROUND, RIVER, LIGHT, PALE = "#FBFAF7", "#0B5563", "#E3EFF0", "#BFD9DC"
KAPOK, DARK, GOLD = "#B3202C", "#8E1822", "#E9B949"


class Canvas:
    """A picture whose units are those of the finished one."""

    def __init__(self):
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), GROUND)
        self.draw = ImageDraw.Draw(self.image)

    def shape(self, points, fill: str) -> None:
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.oval(x, y, radius, radius, fill)

    def oval(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        box = [(x - wide) * FINE, (y - high) * FINE, (x + wide) * FINE, (y + high) * FINE]
        self.draw.ellipse(box, fill=fill)

    def ring(self, x: float, y: float, radius: float, colour: str, width: int) -> None:
        box = [(x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE]
        self.draw.ellipse(box, outline=colour, width=width * FINE)

    def line(self, points, colour: str, width: int) -> None:
        self.draw.line(
            [(x * FINE, y * FINE) for x, y in points],
            fill=colour,
            width=width * FINE,
            joint="curve",
        )

    def wave(self, top: float, swing: float, length: float, shift: float, fill: str) -> None:
        """Everything below a wave."""
        edge = [(x, top + swing * math.sin(x / length + shift)) for x in range(0, WIDTH + 9, 8)]
        self.shape([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], fill)


def landscape(canvas: Canvas, shift: float) -> None:
    """The sky, a low sun, the other bank and the river."""
    canvas.shape([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], "#F3F6F3")
    canvas.disc(1130, 190, 86, "#F6E3B4")
    canvas.wave(330, 34, 190, shift, "#DCE8E6")
    canvas.wave(372, 22, 130, shift + 2, "#C9DDDD")
    canvas.wave(430, 10, 150, shift, PALE)
    canvas.wave(478, 12, 170, shift + 1.4, "#7FB0B6")
    canvas.wave(532, 12, 140, shift + 2.6, "#3F818B")
    canvas.wave(584, 10, 190, shift + 0.6, RIVER)


def bank(canvas: Canvas) -> None:
    """Ground to stand on, in front of the river."""
    canvas.wave(548, 5, 240, 1.2, "#8DB39A")
    canvas.wave(592, 6, 200, 2.4, "#6F9C80")


def flower(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A kapok blossom of five petals."""
    for number in range(5):
        turn = math.tau * number / 5 - math.pi / 2
        petal = [
            (
                x
                + size * (0.62 + 0.52 * math.cos(a)) * math.cos(turn)
                - size * 0.34 * math.sin(a) * math.sin(turn),
                y
                + size * (0.62 + 0.52 * math.cos(a)) * math.sin(turn)
                + size * 0.34 * math.sin(a) * math.cos(turn),
            )
            for a in (math.tau * step / 48 for step in range(48))
        ]
        canvas.shape(petal, KAPOK if number % 2 else "#C63A3F")
    canvas.disc(x, y, size * 0.26, DARK)
    for number in range(11):
        turn = math.tau * number / 11
        canvas.disc(
            x + size * 0.19 * math.cos(turn), y + size * 0.19 * math.sin(turn), size * 0.035, GOLD
        )


def branch(canvas: Canvas) -> None:
    canvas.line([(0, 120), (170, 150), (330, 120), (470, 170)], "#6B5648", 14)
    canvas.line([(250, 136), (330, 220), (420, 250)], "#6B5648", 9)
    for x, y, size in ((180, 150, 62), (336, 116, 54), (470, 172, 70), (424, 252, 48)):
        flower(canvas, x, y, size)


def rings(canvas: Canvas) -> None:
    for x in (330, 450):
        canvas.ring(x, 270, 116, GOLD, 20)
    # The left ring passes over the right one at the upper crossing.
    canvas.draw.arc(
        [(330 - 116) * FINE, (270 - 116) * FINE, (330 + 116) * FINE, (270 + 116) * FINE],
        300,
        345,
        fill="#D9A52F",
        width=20 * FINE,
    )
    flower(canvas, 620, 420, 60)
    flower(canvas, 190, 430, 44)


def lilies(canvas: Canvas) -> None:
    """White flowers on the water, for parting."""
    for x, y, size in ((260, 470, 90), (470, 520, 64), (120, 545, 52)):
        canvas.oval(x, y + size * 0.3, size * 1.2, size * 0.3, "#2F6F68")
        for number in range(7):
            turn = math.pi * (0.12 + 0.76 * number / 6)
            tip = (x - size * math.cos(turn), y - size * math.sin(turn) * 0.9)
            side = size * 0.22
            fill = "#FFFFFF" if number % 2 else "#EDF2F0"
            canvas.shape([(x - side, y + size * 0.12), tip, (x + side, y + size * 0.12)], fill)
        canvas.oval(x, y + size * 0.05, size * 0.2, size * 0.14, GOLD)


def kite(canvas: Canvas) -> None:
    bank(canvas)
    canvas.line([(420, 250), (380, 380), (300, 470), (262, 548)], "#6B5648", 4)
    canvas.shape([(420, 60), (520, 150), (420, 260), (320, 150)], KAPOK)
    canvas.shape([(420, 60), (520, 150), (420, 150)], GOLD)
    canvas.shape([(320, 150), (420, 150), (420, 260)], "#0B6B7C")
    for step in range(3):
        y = 306 + 48 * step
        x = 404 - 18 * step
        canvas.shape([(x - 22, y - 10), (x, y), (x - 22, y + 12)], KAPOK)
        canvas.shape([(x + 22, y - 10), (x, y), (x + 22, y + 12)], KAPOK)
    child(canvas, 250, 560)


def child(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y - 62, 19, "#5B4337")
    canvas.shape([(x - 22, y), (x - 14, y - 46), (x + 14, y - 46), (x + 22, y)], GOLD)
    canvas.line([(x + 8, y - 38), (x + 14, y - 14)], GOLD, 9)


def bench(canvas: Canvas) -> None:
    """A banyan with a bench under it."""
    bank(canvas)
    canvas.shape([(300, 560), (322, 330), (368, 330), (396, 560)], "#6B5648")
    for x, y, radius in ((230, 260, 96), (345, 190, 120), (460, 260, 100), (345, 290, 110)):
        canvas.disc(x, y, radius, "#2F6F5B")
    for x, y, radius in ((270, 220, 54), (400, 180, 60), (430, 290, 40)):
        canvas.disc(x, y, radius, "#3F8A70")
    canvas.shape([(470, 470), (700, 470), (700, 486), (470, 486)], "#8A6A4F")
    canvas.shape([(470, 420), (700, 420), (700, 436), (470, 436)], "#8A6A4F")
    for x in (490, 672):
        canvas.shape([(x, 420), (x + 12, 420), (x + 12, 556), (x, 556)], "#5B4337")


def lamp(canvas: Canvas) -> None:
    """A house with light in its window, and a way to its door."""
    bank(canvas)
    canvas.shape([(200, 330), (380, 200), (560, 330)], DARK)
    canvas.shape([(230, 330), (530, 330), (530, 560), (230, 560)], "#F1E6D2")
    canvas.shape([(270, 380), (350, 380), (350, 460), (270, 460)], GOLD)
    canvas.line([(310, 380), (310, 460)], "#8A6A4F", 5)
    canvas.line([(270, 420), (350, 420)], "#8A6A4F", 5)
    canvas.shape([(410, 400), (490, 400), (490, 560), (410, 560)], RIVER)
    canvas.disc(474, 484, 6, GOLD)
    canvas.shape([(410, 560), (490, 560), (640, 640), (330, 640)], "#EAD9B5")


def roofs(canvas: Canvas) -> None:
    """A street of arcade houses."""
    bank(canvas)
    colours = ("#F1E6D2", "#E8D3C4", "#DCE3D5", "#EFE0BF", "#E3EFF0")
    for number, colour in enumerate(colours):
        left, top = 60 + number * 150, 250 + (number % 3) * 36
        canvas.shape([(left, top), (left + 140, top), (left + 140, 560), (left, 560)], colour)
        canvas.shape(
            [(left - 6, top), (left + 146, top), (left + 146, top - 18), (left - 6, top - 18)], DARK
        )
        for row in range(2):
            for column in range(2):
                x, y = left + 24 + column * 58, top + 34 + row * 78
                canvas.shape([(x, y), (x + 34, y), (x + 34, y + 50), (x, y + 50)], "#7FB0B6")
        canvas.shape(
            [(left + 20, 560), (left + 20, 478), (left + 120, 478), (left + 120, 560)], RIVER
        )
        canvas.oval(left + 70, 480, 50, 26, RIVER)


def sign(canvas: Canvas) -> None:
    """A street with its sign."""
    roofs(canvas)
    canvas.shape([(896, 300), (908, 300), (908, 600), (896, 600)], "#55606A")
    canvas.shape([(800, 230), (1004, 230), (1004, 300), (800, 300)], "#0B6B7C")
    for left, width in ((824, 156), (850, 104)):
        y = 252 if left == 824 else 276
        canvas.shape(
            [(left, y), (left + width, y), (left + width, y + 9), (left, y + 9)], "#FFFFFF"
        )


def ramp(canvas: Canvas) -> None:
    """A way without steps to a door, and somebody in a wheelchair on it."""
    bank(canvas)
    canvas.shape([(560, 220), (860, 220), (860, 560), (560, 560)], "#F1E6D2")
    canvas.shape([(540, 220), (880, 220), (880, 196), (540, 196)], DARK)
    canvas.shape([(600, 330), (690, 330), (690, 500), (600, 500)], RIVER)
    canvas.shape([(750, 300), (820, 300), (820, 380), (750, 380)], "#7FB0B6")
    canvas.shape([(90, 584), (560, 500), (720, 500), (720, 584)], "#C9C2B2")
    canvas.line([(150, 520), (560, 446), (600, 446)], "#55606A", 8)
    for x, y in ((170, 516), (300, 493), (430, 470), (556, 447)):
        canvas.line([(x, y), (x, y + 56)], "#55606A", 6)
    canvas.ring(330, 482, 52, "#1C2326", 8)
    canvas.disc(330, 482, 7, "#1C2326")
    canvas.disc(338, 316, 27, "#5B4337")
    canvas.shape([(308, 352), (358, 346), (366, 440), (306, 446)], KAPOK)
    canvas.line([(330, 446), (404, 438), (416, 500)], "#1C2326", 18)
    canvas.line([(298, 372), (276, 372)], "#1C2326", 9)
    canvas.line([(298, 366), (306, 450)], "#1C2326", 9)


def boat(canvas: Canvas) -> None:
    """A dragon boat: many who row together."""
    canvas.shape([(150, 470), (960, 470), (900, 530), (230, 530)], KAPOK)
    canvas.shape([(150, 470), (960, 470), (952, 482), (162, 482)], GOLD)
    canvas.line([(950, 480), (1010, 440), (1030, 390)], KAPOK, 34)
    canvas.disc(1046, 378, 34, KAPOK)
    canvas.disc(1056, 368, 8, "#FFFFFF")
    canvas.line([(1076, 388), (1110, 392)], GOLD, 14)
    canvas.line([(1030, 346), (1000, 312)], GOLD, 9)
    canvas.line([(160, 476), (110, 430), (120, 390)], KAPOK, 22)
    for number in range(6):
        x = 270 + number * 100
        canvas.disc(x, 366, 24, "#5B4337")
        canvas.shape(
            [(x - 26, 470), (x - 20, 396), (x + 20, 396), (x + 26, 470)], ROWERS[number % 3]
        )
        canvas.line([(x + 14, 408), (x + 52, 446), (x + 40, 566)], "#8A6A4F", 9)
    canvas.wave(556, 9, 150, 0.8, "#3F818B")
    canvas.wave(594, 8, 180, 2.2, RIVER)


def bridge(canvas: Canvas) -> None:
    """A stone bridge on which two people meet."""
    angles = [math.radians(turn) for turn in range(0, 181, 3)]
    above = [(520 - 340 * math.cos(turn), 560 - 262 * math.sin(turn)) for turn in angles]
    below = [(520 - 290 * math.cos(turn), 560 - 196 * math.sin(turn)) for turn in angles]
    canvas.shape([*above, *reversed(below)], "#C9BFA8")
    canvas.shape([(90, 560), (205, 500), (240, 600), (90, 620)], "#8DB39A")
    canvas.shape([(950, 560), (835, 500), (800, 600), (950, 620)], "#8DB39A")
    for x, y, colour in ((470, 302, GOLD), (570, 302, KAPOK)):
        canvas.disc(x, y - 74, 22, "#5B4337")
        canvas.shape([(x - 25, y), (x - 16, y - 52), (x + 16, y - 52), (x + 25, y)], colour)
    canvas.line([(486, 268), (520, 282), (554, 268)], "#5B4337", 9)
    canvas.wave(590, 8, 170, 0.4, RIVER)


def sapling(canvas: Canvas) -> None:
    """A watering can over young plants."""
    bank(canvas)
    for x, high in ((300, 120), (440, 84), (560, 104)):
        canvas.line([(x, 566), (x, 566 - high)], "#2F6F5B", 9)
        for way in (-1, 1):
            canvas.oval(x + way * 26, 566 - high * 0.7, 26, 12, "#3F8A70")
        flower(canvas, x, 560 - high, 26)
    canvas.shape([(640, 236), (800, 236), (780, 380), (660, 380)], RIVER)
    canvas.line([(650, 350), (540, 262), (520, 270)], RIVER, 22)
    canvas.ring(812, 300, 56, RIVER, 14)
    canvas.shape([(640, 236), (800, 236), (800, 222), (640, 222)], DARK)
    for x, y in (
        (500, 300),
        (470, 340),
        (510, 350),
        (450, 380),
        (490, 400),
        (430, 300),
        (460, 290),
    ):
        canvas.oval(x, y, 5, 11, "#3F818B")


def umbrella(canvas: Canvas) -> None:
    """Two people under one umbrella."""
    for x, y in ((150, 90), (260, 150), (700, 100), (800, 170), (880, 80), (120, 250), (840, 300)):
        canvas.line([(x, y), (x - 14, y + 44)], "#7FB0B6", 6)
    bank(canvas)
    canvas.line([(500, 200), (500, 470)], "#5B4337", 10)
    canvas.draw.pieslice([(270 * FINE, 120 * FINE), (730 * FINE, 520 * FINE)], 180, 360, fill=KAPOK)
    for x in (347, 500, 653):
        canvas.oval(x, 320, 77, 22, DARK if x == 500 else "#A32630")
    for x, colour, high in ((430, "#0B6B7C", 176), (580, GOLD, 150)):
        canvas.disc(x, 568 - high - 24, 27, "#5B4337")
        canvas.shape(
            [(x - 44, 572), (x - 26, 572 - high), (x + 26, 572 - high), (x + 44, 572)], colour
        )
    canvas.line([(452, 430), (500, 452), (556, 452)], "#5B4337", 10)


ROWERS = ("#0B6B7C", GOLD, "#F1E6D2")

# name: (what is drawn in front, title, words for people who do not see it)
PICTURES = {
    "getting-married": (rings, "插画：双环与木棉", "珠江边的两枚金环和红色木棉花的插画。"),
    "losing-a-relative": (lilies, "插画：水上白花", "平静江面上三朵白花的插画。"),
    "having-a-child-in-need": (kite, "插画：放风筝", "孩子在江边放红黄蓝三色风筝的插画。"),
    "growing-old": (bench, "插画：榕树与长椅", "江边大榕树和树下长椅的插画。"),
    "falling-on-hard-times": (lamp, "插画：亮灯的家", "江边一座窗里亮着灯的小屋的插画。"),
    "moving-in": (roofs, "插画：骑楼街", "江边一排骑楼的插画。"),
    "signs": (sign, "插画：街巷路牌", "骑楼街和一块路牌的插画。"),
    "ramp": (ramp, "插画：无障碍坡道", "江边一条通到门口的坡道，坡道上有一个坐轮椅的人的插画。"),
    "boat": (boat, "插画：龙舟", "珠江上六个人一起划龙舟的插画。"),
    "bridge": (bridge, "插画：石桥相会", "两个人在石拱桥上牵手的插画。"),
    "sapling": (sapling, "插画：浇花", "江边给三株花苗浇水的插画。"),
    "umbrella": (umbrella, "插画：同一把伞", "雨中两个人同撑一把红伞的插画。"),
    "kapok": (branch, "插画：木棉", "江上一枝盛开木棉的插画。"),
}

AREAS = {
    "marriage": "getting-married",
    "funerals": "losing-a-relative",
    "place-names": "signs",
    "social-assistance": "falling-on-hard-times",
    "disability": "ramp",
    "elder-care": "growing-old",
    "children": "having-a-child-in-need",
    "communities": "moving-in",
    "organisations": "boat",
    "social-work": "bridge",
    "charity": "sapling",
    "rescue": "umbrella",
}
"""Slug of an area: name of its picture."""


def draw(name: str) -> bytes:
    """The picture with this name as JPEG, 1440 by 640 pixels."""
    motif, _title, _words = PICTURES[name]
    canvas = Canvas()
    landscape(canvas, shift=float(sum(map(ord, name)) % 7))
    motif(canvas)
    data = BytesIO()
    small = canvas.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    small.save(data, "JPEG", quality=88)
    return data.getvalue()


def picture(name: str) -> SiteImage:
    """The picture as an image of the site; drawn once, then found again by its title."""
    _motif, title, words = PICTURES[name]
    found = SiteImage.objects.filter(title=title).first()
    if found:
        return found
    file = ImageFile(BytesIO(draw(name)), name=f"{name}.jpg")
    return SiteImage.objects.create(
        title=title, description=words, file=file, width=WIDTH, height=HEIGHT
    )


def picture_block(name: str) -> dict:
    """The picture as raw StreamField data; nothing where there is none of this name."""
    return {"type": "picture", "value": {"image": picture(name).pk, "caption": ""}}
