"""CQL2 text as CQL2 JSON (OGC 21-065r2): the part of the grammar that can be answered.

Own code because no library served: `pygeofilter` reads an older draft, and the parser of
`cql2` ends the process on deeply nested brackets. `cql2.py` decides what may be asked.
"""

import re
from dataclasses import dataclass

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping

from place_names.open_data.problems import RequestError, shown

MAX_LENGTH, MAX_DEPTH = 4000, 30
SPATIAL = (
    "S_INTERSECTS", "S_EQUALS", "S_DISJOINT", "S_TOUCHES", "S_WITHIN", "S_OVERLAPS",
    "S_CROSSES", "S_CONTAINS",
)  # fmt: skip
GEOMETRIES = (
    "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
)  # fmt: skip
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>'(?:[^'\\]|''|\\.)*')
    | (?P<quoted>"[^"]*")
    | (?P<number>[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[:_A-Za-z\u00c0-\U000effff][\w:.\u00b7]*)
    | (?P<sign><>|<=|>=|[=<>(),])
    )""",
    re.VERBOSE,
)
_KEYWORDS = {"AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL"}


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def upper(self) -> str:
        return self.text.upper() if self.kind in ("word", "sign") else ""


def parse(text: str) -> dict | bool:
    """The expression as CQL2 JSON. Raises RequestError that says where it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise RequestError(
            f"filter最多{MAX_LENGTH}个字符。",
            f"A filter has at most {MAX_LENGTH} characters.",
            parameter="filter",
        )
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the tokens; each method reads one rule of the grammar."""

    def __init__(self, text: str):
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *words: str) -> bool:
        """Read these keywords or signs if they come next."""
        ahead = self.tokens[self.at : self.at + len(words)]
        if [token.upper for token in ahead] != list(words):
            return False
        self.at += len(words)
        return True

    def need(self, word: str) -> None:
        if not self.take(word):
            raise self.wrong(f"“{word}”", f'"{word}"')

    def wrong(self, chinese: str, english: str) -> RequestError:
        token = self.token
        there = shown(token.text, 20)
        found = (f"“{there}”", f'"{there}"') if token.kind != "end" else ("结尾", "the end")
        return RequestError(
            f"filter第{token.start + 1}个字符处应为{chinese}，现在是{found[0]}。",
            f"At character {token.start + 1} of the filter {english} is expected, not {found[1]}.",
            parameter="filter",
        )

    def whole(self) -> dict | bool:
        expression = self.disjunction()
        if self.token.kind != "end":
            raise self.wrong("AND、OR或结尾", "AND, OR or the end")
        return expression

    def disjunction(self) -> dict | bool:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RequestError(
                f"filter的括号最多{MAX_DEPTH}层。",
                f"A filter has at most {MAX_DEPTH} levels of brackets.",
                parameter="filter",
            )
        parts = [self.conjunction()]
        while self.take("OR"):
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else {"op": "or", "args": parts}

    def conjunction(self) -> dict | bool:
        parts = [self.negation()]
        while self.take("AND"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else {"op": "and", "args": parts}

    def negation(self) -> dict | bool:
        if self.take("NOT"):
            return {"op": "not", "args": [self.primary()]}
        return self.primary()

    def primary(self) -> dict | bool:
        if self.take("("):
            expression = self.disjunction()
            self.need(")")
            return expression
        if self.token.upper in SPATIAL:
            return self.spatial()
        return self.predicate(self.scalar())

    def spatial(self) -> dict:
        op = self.token.upper.lower()
        self.at += 1
        self.need("(")
        first = self.spatial_operand()
        self.need(",")
        second = self.spatial_operand()
        self.need(")")
        return {"op": op, "args": [first, second]}

    def spatial_operand(self) -> dict:
        word = self.token.upper
        if word == "BBOX":
            self.at += 1
            return {"bbox": [_number(number) for number in self.listed(self.number)]}
        if word in GEOMETRIES:
            return self.geometry()
        return self.property_name()

    def geometry(self) -> dict:
        """A geometry in WKT, which runs to the bracket that closes it."""
        start = self.token.start
        first = self.at
        self.at += 1
        depth = 0
        while self.token.kind != "end":
            depth += {"(": 1, ")": -1}.get(self.token.text, 0)
            self.at += 1
            if depth == 0 and self.tokens[self.at - 1].text == ")":
                break
        wkt = self.text[start : self.token.start]
        try:
            return _as_json(mapping(shapely.from_wkt(wkt)))
        except (ShapelyError, ValueError, TypeError, KeyError):
            self.at = first
            raise self.wrong("一个WKT图形", "a geometry in WKT") from None

    def predicate(self, left) -> dict | bool:
        for sign in ("=", "<>", "<=", ">=", "<", ">"):
            if self.take(sign):
                return {"op": sign, "args": [left, self.scalar()]}
        if self.take("IS", "NOT", "NULL"):
            return _not({"op": "isNull", "args": [left]})
        if self.take("IS", "NULL"):
            return {"op": "isNull", "args": [left]}
        negated = self.take("NOT")
        found: dict | bool
        if self.take("LIKE"):
            found = {"op": "like", "args": [left, self.scalar()]}
        elif self.take("BETWEEN"):
            low = self.scalar()
            self.need("AND")
            found = {"op": "between", "args": [left, low, self.scalar()]}
        elif self.take("IN"):
            found = {"op": "in", "args": [left, self.listed(self.scalar)]}
        elif isinstance(left, bool) and not negated:
            return left
        else:
            raise self.wrong(
                "=、<>、<、>、<=、>=、LIKE、BETWEEN、IN或IS NULL",
                "one of = <> < > <= >= LIKE BETWEEN IN IS NULL",
            )
        return _not(found) if negated else found

    def listed(self, read) -> list:
        self.need("(")
        found = [read()]
        while self.take(","):
            found.append(read())
        self.need(")")
        return found

    def scalar(self):
        token = self.token
        word = token.upper
        if token.kind == "string":
            return self.string()
        if token.kind == "number":
            return _number(self.number())
        if word in ("TRUE", "FALSE"):
            self.at += 1
            return word == "TRUE"
        if word in ("DATE", "TIMESTAMP"):
            return {word.lower(): self.arguments(self.string)[0]}
        if word in ("CASEI", "ACCENTI"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.wrong("一个值", "a value")
            inner = self.arguments(self.scalar)[0]
            self.depth -= 1
            return {"op": word.lower(), "args": [inner]}
        return self.property_name()

    def arguments(self, read) -> list:
        self.at += 1
        found = self.listed(read)
        if len(found) != 1:
            self.at -= 1
            raise self.wrong("一个参数", "one argument")
        return found

    def string(self) -> str:
        if self.token.kind != "string":
            raise self.wrong("单引号里的文字", "text in single quotes")
        text = self.token.text[1:-1]
        self.at += 1
        return text.replace("''", "'").replace("\\'", "'")

    def number(self) -> str:
        if self.token.kind != "number":
            raise self.wrong("一个数", "a number")
        self.at += 1
        return self.tokens[self.at - 1].text

    def property_name(self) -> dict:
        token = self.token
        if token.kind == "quoted":
            self.at += 1
            return {"property": token.text[1:-1]}
        if token.kind == "word" and token.upper not in _KEYWORDS:
            if self.tokens[self.at + 1].text == "(":
                raise self.wrong("支持的函数", "a function that is supported")
            self.at += 1
            return {"property": token.text}
        raise self.wrong("属性名或值", "a property or a value")


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            start = len(text) - len(text[at:].lstrip())
            raise RequestError(
                f"filter第{start + 1}个字符“{shown(text[start], 1)}”无法识别。"
                "文字要放在一对单引号里。",
                f"Character {start + 1} of the filter cannot be read; "
                "text stands between single quotes.",
                parameter="filter",
            )
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return [*found, _Token("end", "", len(text))]


def _number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,15}", text) else float(text)


def _not(expression) -> dict:
    return {"op": "not", "args": [expression]}


def _as_json(value):
    """Tuples as lists, as JSON would give them."""
    if isinstance(value, dict):
        return {key: _as_json(each) for key, each in value.items()}
    return [_as_json(each) for each in value] if isinstance(value, list | tuple) else value
