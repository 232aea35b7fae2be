"""Invented households and what they get, worked out by hand from the guides and the laws that
these cite, before the rules were written.

低保 1,080 yuan and 低收入 1,620 yuan a head (2020) are the standards that the guides have; both
are due for review, so that an income up to half as much above them is not refused but “看情况”.
"""

BASE = {
    "户籍": "都在海珠区",
    "居住": "住在海珠区",
    "财产": "没有超过",
    "认定": "都没有",
    "重残人数": "",
    "其他残疾人数": "",
    "工伤护理费": "没有",
    "无人赡养": "没有",
    "孩子": "没有这样的孩子",
    "孩子人数": "",
    "急难": "没有",
    "流落": "没有",
    "照顾": "没有",
    "仍有困难": "没有",
    "去世": "没有",
    "逝者户籍": "",
    "逝者困难": "",
    "骨灰": "",
}

DIBAO, TEKUN, LOW = "最低生活保障（低保）", "特困人员救助供养", "低收入困难家庭"
TEMPORARY, CHARITY, RESCUE = "临时救助", "慈善帮扶", "救助站救助"
LIVING, CARE = "困难残疾人生活补贴", "重度残疾人护理补贴"
ORPHAN, UNSUPPORTED = "孤儿基本生活费", "事实无人抚养儿童基本生活补贴"
LONGEVITY, MEALS, HOME_CARE = "长寿保健金", "长者饭堂", "居家养老服务"
FUNERAL, SEA = "殡葬基本项目减免", "骨灰撒海补贴"

# ages | income of the household a month | what differs from BASE | got | depends | amounts
HOUSEHOLDS = [
    ("72", 3000, {}, {LONGEVITY, MEALS}, set(), {LONGEVITY: "30元/月"}),
    ("72、70", 6000, {}, {LONGEVITY, MEALS}, set(), {LONGEVITY: "60元/月"}),
    ("85", 2500, {"照顾": "独居"}, {LONGEVITY, MEALS, HOME_CARE}, set(), {LONGEVITY: "100元/月"}),
    ("92、66", 5200, {}, {LONGEVITY, MEALS, HOME_CARE}, set(), {LONGEVITY: "200元/月"}),
    (
        "101、75、50",
        9000,
        {},
        {LONGEVITY, MEALS, HOME_CARE},
        set(),
        {LONGEVITY: "30元/月 300元/月"},
    ),
    ("69", 2600, {}, {MEALS}, set(), {}),
    # The example of the guide: 780 yuan a head, 300 less than the standard, three people.
    ("45、43、12", 2340, {}, {DIBAO}, set(), {DIBAO: "约900元/月"}),
    # At 1,080 and 1,620 yuan a head: 低保 may be higher by now, so neither is sure.
    ("45、43、12", 3240, {}, set(), {LOW, DIBAO}, {}),
    ("40、10", 3240, {}, set(), {LOW, DIBAO}, {}),
    ("40、10", 3300, {}, set(), {LOW}, {}),
    ("40、10", 4862, {}, set(), set(), {}),
    ("40、10", 4860, {}, set(), {LOW}, {}),
    ("30", 0, {}, {DIBAO}, set(), {DIBAO: "约1,080元/月"}),
    ("30", 500, {"财产": "超过了"}, set(), set(), {}),
    ("30", 500, {"财产": "不清楚"}, set(), {DIBAO}, {DIBAO: "约580元/月"}),
    ("30", 500, {"户籍": "不在广州"}, set(), set(), {}),
    ("30、28", 800, {"户籍": "有的在海珠区，有的不在"}, set(), {DIBAO}, {DIBAO: "约1,360元/月"}),
    ("66", 0, {"无人赡养": "有"}, {DIBAO, TEKUN, MEALS}, set(), {TEKUN: "1,728元/人/月"}),
    ("55", 0, {"无人赡养": "有", "重残人数": "1"}, {DIBAO, TEKUN, CARE}, {LIVING}, {}),
    ("55", 0, {"无人赡养": "有"}, {DIBAO}, set(), {}),
    (
        "12",
        0,
        {"无人赡养": "不清楚", "孩子": "父母都去世，或者找不到亲生父母", "孩子人数": "1"},
        {DIBAO, ORPHAN},
        {TEKUN},
        {ORPHAN: "2,570元/月"},
    ),
    (
        "35、8",
        6000,
        {"孩子": "父母都不能抚养", "孩子人数": "1"},
        {UNSUPPORTED},
        set(),
        {UNSUPPORTED: "2,570元/月"},
    ),
    ("60、8", 6000, {"孩子": "只有一方不能抚养"}, {MEALS}, set(), {}),
    (
        "60、8",
        6000,
        {
            "户籍": "在广州其他区",
            "孩子": "父母都去世，或者找不到亲生父母",
            "孩子人数": "1",
        },
        {MEALS},
        set(),
        {},
    ),
    ("40", 4000, {"重残人数": "1"}, {CARE}, set(), {CARE: "235元/月"}),
    ("40", 4000, {"重残人数": "1", "工伤护理费": "有"}, set(), set(), {}),
    (
        "40",
        1000,
        {"重残人数": "1", "认定": "低保"},
        {LIVING, CARE},
        set(),
        {LIVING: "175元/月", CARE: "235元/月"},
    ),
    ("40", 900, {"其他残疾人数": "1", "认定": "低保"}, {LIVING}, {CARE}, {}),
    ("40", 1500, {"其他残疾人数": "1", "认定": "低收入"}, set(), {DIBAO, LIVING, CARE}, {}),
    ("40", 0, {"重残人数": "1", "认定": "特困"}, set(), set(), {}),
    ("40", 4000, {"重残人数": "1", "户籍": "不在广州"}, set(), {CARE}, {}),
    ("40、38、5", 9000, {"急难": "有", "仍有困难": "有"}, {TEMPORARY, CHARITY}, set(), {}),
    (
        "28",
        3000,
        {"户籍": "不在广州", "急难": "有", "流落": "有"},
        {TEMPORARY, RESCUE},
        set(),
        {},
    ),
    (
        "28",
        3000,
        {"户籍": "不在广州", "居住": "不住在海珠区", "急难": "有"},
        set(),
        {TEMPORARY},
        {},
    ),
    (
        "50、48",
        8000,
        {
            "去世": "在广州火化",
            "逝者户籍": "广州户籍",
            "逝者困难": "不是",
            "骨灰": "寄存、树葬或者其他方式",
        },
        {FUNERAL},
        set(),
        {FUNERAL: "1,680元"},
    ),
    (
        "50、48",
        8000,
        {"去世": "在广州火化", "逝者户籍": "不是广州户籍，在广州去世", "逝者困难": "不是"},
        {FUNERAL},
        set(),
        {FUNERAL: "1,330元"},
    ),
    (
        "50、48",
        8000,
        {"去世": "在广州火化", "逝者户籍": "广州户籍", "逝者困难": "是", "骨灰": "撒海"},
        {FUNERAL, SEA},
        set(),
        {FUNERAL: "3,540元", SEA: "2,000元"},
    ),
    (
        "50、48",
        8000,
        # Nothing was said of the ashes: the subsidy for burial at sea stays open.
        {"去世": "在外地火化，超过三个月", "逝者户籍": "广州户籍", "逝者困难": "不是"},
        set(),
        {SEA},
        {},
    ),
    (
        "50、48",
        8000,
        {
            "去世": "在外地火化，不到三个月",
            "逝者户籍": "广州户籍",
            "逝者困难": "不是",
            "骨灰": "撒海",
        },
        {FUNERAL, SEA},
        set(),
        {FUNERAL: "1,680元", SEA: "2,000元"},
    ),
    ("75、70", 8000, {"户籍": "在广州其他区"}, {MEALS}, {LONGEVITY}, {}),
    ("75", 2500, {"户籍": "不在广州"}, {MEALS}, set(), {}),
    ("75", 2500, {"居住": "不住在海珠区"}, {LONGEVITY}, set(), {LONGEVITY: "30元/月"}),
    (
        "50",
        4000,
        {"去世": "在外地火化，不到三个月", "逝者户籍": "其他", "逝者困难": "不是"},
        set(),
        set(),
        {},
    ),
]
