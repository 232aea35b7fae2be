"""Where a text uses a name that is not the standard one, and where it only tells of it."""

import pytest

from place_names.standard_names.avoided import Avoided, Names
from place_names.standard_names.mentions import mentions


def avoided(name, *instead):
    return Avoided(name, "别名", instead)


NAMES = Names(
    {
        one.name: one
        for one in (
            avoided("小蛮腰", "广州塔"),
            avoided("新电视塔", "广州塔"),
            avoided("漱珠涌"),
            avoided("和平里", "安宁里"),
            avoided("河南大道", "江南大道"),
            avoided("欧洲城", "矮凳桥小区"),
            avoided("加州花园", "兴隆东里"),
            avoided("南翔府", "彭南小区"),
            avoided("长寿路", "长寿西路"),
            avoided("芳村区"),
            avoided("TIT", "T.I.T创意园"),
        )
    },
    longer=("河南大道中", "长寿路一巷"),
)

# The first part has sentences of newspapers, encyclopaedias and notices (广州日报 2022, 温州 2019,
# 厦门 2019, descriptions of 广州塔), shortened; the second was made for the rules.
CASES = [
    ("这座闻名遐迩的小蛮腰究竟位于广州的哪个区域呢？", ["小蛮腰"]),
    ("总而言之，广州小蛮腰属于海珠区。", ["小蛮腰"]),
    ("被市民亲切地称为“小蛮腰”。", []),
    ("广州塔又称广州新电视塔，昵称小蛮腰。", []),
    ("塔身纤细而优雅，因此得名“小蛮腰”。", []),
    ("广州塔（小蛮腰）位于阅江中路。", []),
    ("芳村区：历史地名，现已不再使用；芳村区于2005年撤销。", ["芳村区"]),
    ("2005年芳村区并入荔湾区。", []),
    ("例如我市的“欧洲城”，标准名称为矮凳桥小区。", ["欧洲城"]),
    ("加州花园已规范为兴隆东里。", []),
    ("如“长寿路”更名为“长寿西路”，以适应规划。", []),
    ("清代，漱珠涌两岸商铺林立。", []),
    ("漱珠涌沿岸的居民请到社区服务中心。", ["漱珠涌"]),
    ("请到和平里5号办理。", ["和平里"]),
    ("活动在南翔府举行，从河南大道步行五分钟。", ["南翔府", "河南大道"]),
    ("河南大道，河南大道", ["河南大道", "河南大道"]),
    ("从河南大道中走到长寿路一巷。", []),
    ("《关于河南大道改造的通知》", []),
    ("《通知》要求河南大道施工，见《附件》。", ["河南大道"]),
    ("江南大道，原名河南大道。", []),
    ("江南大道（原河南大道）", []),
    ("曾用名：和平里、河南大道", []),
    ("由河南大道改称江南大道。", []),
    ("河南大道（现江南大道）1号", []),
    ("二十世纪五十年代，河南大道通车。", []),
    ("和平里小学、和平里社区、小蛮腰公园", []),
    ("官员又称赞小蛮腰的灯光。", ["小蛮腰"]),
    ("看TITLE一栏", []),
    ("到TIT办理", ["TIT"]),
    ("关于销名“河南大道”的公告", []),
    ("标准名称\n江南大道\n原名称\n河南大道\n位置\n和平里以东", ["和平里"]),
    ("没有地名的一句话", []),
    ("", []),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_uses_are_found_and_history_is_not(words, expected):
    assert [name for name, _ in mentions(words, NAMES)] == expected


def test_the_words_around_say_where_it_stands():
    ((_, around),) = mentions("请带身份证\n到南翔府，\n一楼大厅办理", NAMES)
    assert around == "请带身份证 到南翔府， 一楼大厅办理"


def test_without_names_nothing_is_found():
    assert list(mentions("河南大道", Names({}))) == []
