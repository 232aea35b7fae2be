"""The kinds of faults that the checks of the register find, in the order in which they are listed."""

DUPLICATE, HOMOPHONE, VARIANT_TAKEN = "duplicate", "homophone", "variant_taken"
NO_ROMANISATION, SPELLING = "no_romanisation", "spelling"
CODE, WORDING = "code", "wording"
OUTSIDE, LINE_APART, NO_LOCATION = "outside", "line_apart", "no_location"
LINE_UNLISTED, LINE_LENGTH, LINE_SIDES = "line_unlisted", "line_length", "line_sides"
KINDS = {
    DUPLICATE: "重名",
    HOMOPHONE: "同音",
    VARIANT_TAKEN: "别名与标准地名相同",
    NO_ROMANISATION: "缺罗马字母拼写",
    SPELLING: "罗马字母拼写待定",
    CODE: "代码与登记不符",
    OUTSIDE: "坐标不在所在街道",
    LINE_APART: "线或面不在所在街道",
    LINE_UNLISTED: "线或面经过未登记的街道",
    LINE_LENGTH: "长度与图形不符或者不合理",
    LINE_SIDES: "界线左右两侧写反",
    NO_LOCATION: "缺坐标",
    WORDING: "用词不规范",
}
