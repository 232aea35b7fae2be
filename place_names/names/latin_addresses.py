"""Addresses in Latin letters, for those who do not read Chinese.

The road is written as the gazetteer writes it (`romanisation`), without tone marks, as on the
signs of the streets; the order is that of English: number, road, district. What follows the
number (floor, counter) is left out: the Chinese address stands beside.
"""

import re

from .romanisation import ROADS, plain, romanise

_ADDRESS = re.compile(
    r"(?:广州市)?(?:海珠区)?(?P<subdistrict>[\u4e00-\u9fff]{2,3}街道)?"
    r"(?P<road>[\u4e00-\u9fff]+?(?:大道|马路|大街|路|街|巷|里|约|坊)[东西南北中]?)(?P<number>\d+)号"
)


def latin_address(address: str) -> str:
    """海珠区新港西路135号 → 135 Xingang Xilu, Haizhu District, Guangzhou; "" for what is no
    address with a road and a number."""
    found = _ADDRESS.match(address)
    if not found:
        return ""
    road = plain(romanise(found["road"], category=ROADS))
    return f"{found['number']} {road}, Haizhu District, Guangzhou"


def latin_name(name: str) -> str:
    """A name in pinyin without tone marks."""
    return plain(romanise(name))
