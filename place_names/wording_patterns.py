"""Which regular expressions may be rules on wording."""

import re

PROBES = ("江南大道中", "聚礼花园", "海印桥", "石溪社区居委会")
"""Ordinary names, which no rule should all object to."""
MAX_REPEATS, MAX_OPTIONAL = 2, 8
_ATOMS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_REPEAT = re.compile(r"[*+]|\{[0-9,]+\}")
_OPTIONAL = re.compile(r"(?<!\()\?")


def refusal(pattern: str) -> str:
    """Why the expression cannot be a rule, in words, or "".

    Repeated groups, and many repeats in a row, can take a backtracking matcher minutes on thirty
    characters; the public pre-check would stand still.
    """
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        return f"正则表达式写法有误：{problem}"
    plain = _ATOMS.sub("x", pattern)
    if (
        re.search(r"\)(?:[*+]|\{)", plain)
        or len(_REPEAT.findall(plain)) > MAX_REPEATS
        or len(_OPTIONAL.findall(plain)) > MAX_OPTIONAL
    ):
        return (
            "这样的表达式匹配起来可能很慢：“*”“+”“{}”只能跟在一个字或者一个方括号后面，"
            f"最多用{MAX_REPEATS}处。"
        )
    if compiled.search("") or all(compiled.search(name) for name in PROBES):
        return "这个表达式什么名称都符合，请写得具体一些。"
    return ""
