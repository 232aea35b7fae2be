"""Problem documents (RFC 9457): what was wrong with a request, in Chinese and English."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse

PROBLEM_TYPE = "application/problem+json"
TITLES = {
    400: ("请求有误", "Bad request"),
    404: ("没有找到", "Not found"),
    405: ("不支持这种请求方法", "Method not allowed"),
    406: ("没有所要的格式", "Not acceptable"),
    413: ("内容过大", "Content too large"),
    415: ("不支持这种内容类型", "Unsupported media type"),
    416: ("所要的范围不存在", "Range not satisfiable"),
    422: ("参数有误", "Unprocessable content"),
    403: ("不允许", "Forbidden"),
    500: ("服务器出错", "Server error"),
    503: ("暂时不能提供服务，请稍后再试", "Temporarily unavailable"),
    429: ("请求过于频繁", "Too many requests"),
}


@dataclass
class RequestError(Exception):
    """A request that cannot be answered; says what would be right, in both languages."""

    chinese: str
    english: str
    status: int = 400
    parameter: str = ""

    def __str__(self):
        return f"{self.chinese} {self.english}"

    def document(self) -> dict:
        title = " / ".join(TITLES.get(self.status, TITLES[400]))
        body = {
            "type": "about:blank",
            "title": title,
            "status": self.status,
            "detail": str(self),
            "detail_zh": self.chinese,
            "detail_en": self.english,
        }
        return body | ({"parameter": self.parameter} if self.parameter else {})

    def response(self) -> HttpResponse:
        text = json.dumps(self.document(), ensure_ascii=False)
        return HttpResponse(text, PROBLEM_TYPE, self.status, headers={"Cache-Control": "no-store"})


def no_such(parameter: str, text: str, known: Iterable[str], see: str = "") -> RequestError:
    """A value that a parameter cannot have, with those that it can, or where they are listed."""
    listed = see or ", ".join(known)
    return RequestError(
        f"参数{parameter}没有“{shown(text)}”这个值。可用的{'见' if see else '有'}：{listed}。",
        f'Parameter {parameter} cannot be "{shown(text)}"; {"see" if see else "it is one of"} {listed}.',
        422,
        parameter,
    )


def shown(text: str, limit: int = 60) -> str:
    """What was typed, short enough for a message and on one line."""
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= limit else text[:limit] + "…"
