"""Where a text uses a name to avoid as the name of a place of today.

No finding: part of a longer name, the title of a document, history (“原名…”, “…更名为…”, “清代”), a
name beside the standard one in brackets.
"""

import re
from collections.abc import Iterable, Iterator

from .avoided import Names

AROUND = 30
_NAMED = (
    "原名|原称|原为|原叫|曾用名|曾用|曾名|曾称|曾叫|曾为|旧称|旧名|旧为|旧时|古称|古名|古为|初名|本名|"
    "故称|故名|俗称|俗名|又称(?![赞道呼])|又名|亦称|亦名|也称|也叫|别称|别名|简称|前称|前名|前身|"
    "昵称|爱称|美称|称为|称作|称之为|得名|誉为|叫做|叫作|以前叫|过去叫|从前叫|当时叫|时称|史称|昔称|习称|民间称|人称|老地名|不再使用|停止使用"
)
_TIME = (
    "民国|清代|清朝|明代|明朝|宋代|清末|明末|[宋元明清][^，。；]{0,6}年间|上世纪|二十世纪|20世纪|19世纪|"
    "\\d0年代|解放前|解放初|新中国成立前|旧时|昔日|昔时|从前|历史上|当年|古时"
)
_DIRECTLY = re.compile('(?:^|[^平高草荒])(?:原|旧|昔|昔日|老地名|销名|撤销|注销|废止)[“‘「『"]?$')
_LED = re.compile(
    f'(?:{_NAMED})[^，。；！？\n]{{0,12}}$|(?:{_NAMED})[：:]?[^，。；！？\n]{{0,40}}[、和及与][“‘「『"]?$'
)
# The heading of a row, with the name in the cell below or beside it.
_HEADED = re.compile(f"(?:^|\n)[^\n]{{0,6}}(?:原名称|{_NAMED})[^\n]{{0,4}}\n$")
_IN_TIME = re.compile(_TIME)
_AFTER = re.compile(
    '[”’」』"]?(?:（[^）]{0,20}）)?(?:现已|后来|后又|已经|已|现|今|后|曾|于[^，。；]{0,14}|在[^，。；]{0,14})?(?:被|经批准)?'
    "(?:更名|改名|改称|易名|改为|正名|规范为|变更为|并入|撤销|销名|注销|废止|停用|拆除|消失|湮没)"
    '|[”’」』"]?(?:（|\\()(?:现|今|即|已|后改|后称)'
    '|[”’」』"]?(?:即今|今为|今称|现为|现称|就是现在|之名|一名|这个名|的旧称|的原名|的旧址|的名称|的叫法|的来历|的由来)'
)
_LONGER = re.compile(
    "(?:[东西南北中上下左右前后新直横]|[一二三四五六七八九十]{1,3})?"
    "(?:路(?![过面边口上段灯])|大街|街(?![道口边])|巷(?![口内])|大道|桥(?![头上下边])|村(?![民口里内中头委])|站(?![在点])|"
    "小学|中学|学校|幼儿园|医院|公司|酒店|酒家|社区|居委会|派出所|党支部|公园|广场|码头|市场|小区|花园|大厦|大学|遗址|旧址)"
)
_LATIN = re.compile("[A-Za-z0-9]")


def mentions(words: str, names: Names) -> Iterator[tuple[str, str]]:
    """(name, the words around it) for each use, in the order of the text."""
    there = [name for name in names.avoided if name in words]
    if not there:
        return
    longer = [each for each in (*names.longer, *there) if each in words]
    spans = sorted((start, name) for name in there for start in _starts(words, name))
    for start, name in spans:
        if not _is_covered(words, start, name, longer) and not _is_excused(
            words, start, name, names.avoided[name].instead
        ):
            around = words[max(start - AROUND // 2, 0) : start + len(name) + AROUND // 2]
            yield name, " ".join(around.split())


def _starts(words: str, name: str) -> Iterator[int]:
    start = words.find(name)
    while start >= 0:
        yield start
        start = words.find(name, start + len(name))


def _is_covered(words: str, start: int, name: str, longer: Iterable[str]) -> bool:
    """Whether the name stands there as a part of a longer one."""
    return any(
        words.startswith(each, start - at)
        for each in longer
        if len(each) > len(name)
        for at in range(len(each) - len(name) + 1)
        if start >= at and each.startswith(name, at)
    )


def _is_excused(words: str, start: int, name: str, instead: tuple[str, ...]) -> bool:
    end = start + len(name)
    before, after = words[:start], words[end:]
    if _LATIN.match(name[0]) and _LATIN.match(before[-1:]):
        return True
    if _LATIN.match(name[-1]) and _LATIN.match(after):
        return True
    if before.rfind("《") > before.rfind("》") and "》" in after:
        return True
    if _LONGER.match(after) or _AFTER.match(after):
        return True
    sentence = re.split("[。；！？\n]", before)[-1]
    if not sentence and _HEADED.search(before[-40:]):
        return True
    if _DIRECTLY.search(sentence) or _LED.search(sentence) or _IN_TIME.search(sentence):
        return True
    return any(
        re.search(f"{re.escape(each)}[”’」』]?[（(][^）)]{{0,10}}$", sentence) for each in instead
    )
