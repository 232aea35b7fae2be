"""What would be right for a parameter, in Chinese and English: by its schema, or by the error of
pydantic, which reads more than a number (` 12.0`, `1_0`)."""

from place_names.literals import WHOLE_NUMBER, read_day, read_number

from .problems import shown

# {} stands for a value of the error's context.
_WORDS = {
    "missing": ("必须给出", "it is required"),
    "int_parsing": ("应为整数", "it is a whole number"),
    "int_type": ("应为整数", "it is a whole number"),
    "int_from_float": ("应为整数", "it is a whole number"),
    "float_parsing": ("应为数字", "it is a number"),
    "float_type": ("应为数字", "it is a number"),
    "finite_number": ("应为有限的数字", "it is a finite number"),
    "bool_parsing": ("应为true或false", "it is true or false"),
    "string_type": ("应为文字", "it is a text"),
    "list_type": ("应为列表", "it is a list"),
    "greater_than_equal": ("不能小于{ge}", "it is at least {ge}"),
    "less_than_equal": ("不能大于{le}", "it is at most {le}"),
    "string_too_long": ("最多{max_length}个字", "it has at most {max_length} characters"),
    "too_long": ("一次最多{max_length}个", "it has at most {max_length} items at a time"),
    "date": ("应为日期，例如2026-01-31", "it is a date, e.g. 2026-01-31"),
    "literal_error": ("可以是{listed}", "it is one of {listed}"),
}
_OTHERWISE = "请看接口说明/api/v1/docs"


def what_is_right(error: dict) -> tuple[str, str]:
    """Without a full stop; of an error that is not known, pydantic's own words in English."""
    context = dict(error.get("ctx") or {})
    if "expected" in context:  # 'a', 'b' or 'c'
        values = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        context["listed"] = ", ".join(filter(None, values))
    told = _WORDS.get(str(error.get("type")))
    if told is None:
        return _OTHERWISE, shown(str(error.get("msg", "")), 200)
    chinese, english = told
    return chinese.format(**context), english.format(**context)


def misspelt(schema: dict, text: str) -> tuple[str, str] | None:
    """What would be right where a number or a day is not written as one; else None."""
    parts = [schema, *schema.get("anyOf", ())]
    types = {part.get("format", part.get("type")) for part in parts}
    if "integer" in types and not WHOLE_NUMBER.fullmatch(text):
        return _WORDS["int_parsing"]
    if "number" in types and read_number(text) is None:
        return _WORDS["float_parsing"]
    if "date" in types and read_day(text) is None:
        return _WORDS["date"]
    return None
