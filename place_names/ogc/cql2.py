"""CQL2 JSON as a condition for Django, from a list of what may be asked.

As in SQL, a record without a value answers neither a comparison nor its negation: NOT is
therefore carried down to the comparisons, each of which knows its opposite.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import shapely
from django.db.models import F, Q, QuerySet
from shapely.errors import ShapelyError
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from place_names.literals import read_day, read_instant
from place_names.open_data.fields import Field
from place_names.open_data.keyset import NOTHING
from place_names.open_data.problems import RequestError, shown

from . import cost, crs, spatial
from .collections import Collection

EVERYTHING = ~NOTHING
MAX_POSITIONS = 10_000
OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
LOOKUP = {"=": "exact", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
GEOMETRY = "geometry"


def wrong(chinese: str, english: str) -> RequestError:
    return RequestError(chinese, english, parameter="filter")


@dataclass(frozen=True)
class _Operand:
    """A property or a value, and whether case is to be ignored."""

    field: Field | None = None
    value: object = None
    ignore_case: bool = False

    @property
    def is_text(self) -> bool:
        return self.field.type == "string" if self.field else isinstance(self.value, str)


class Translator:
    """Makes the condition of one request; `records` are those it will be asked of."""

    def __init__(
        self, collection: Collection, records: QuerySet, decimals: int, filter_crs: str = crs.CRS84
    ):
        self.collection = collection
        self.records = records
        self.decimals = decimals
        self.filter_crs = filter_crs
        self.cost = cost.Cost()

    def condition(self, node: object, negated: bool = False, depth: int = 0) -> Q:
        """The condition of an expression, or of its negation. Raises RequestError."""
        self.cost.add(cost.CONDITION, depth)
        if isinstance(node, bool):
            return EVERYTHING if node is not negated else NOTHING
        op, args = _operation(node)
        if op in ("and", "or"):
            if len(args) < 2:
                raise wrong(f"{op}至少要两个条件。", f"{op} needs at least two conditions.")
            parts = [self.condition(arg, negated, depth + 1) for arg in args]
            joined = "or" if negated == (op == "and") else "and"
            return Q(*parts, _connector=Q.OR if joined == "or" else Q.AND)
        if op == "not":
            [inner] = _counted(op, args, 1)
            return self.condition(inner, not negated, depth + 1)
        if op in OPPOSITE:
            return self.comparison(OPPOSITE[op] if negated else op, *_counted(op, args, 2))
        if op == "isNull":
            field = self.property_of(_counted(op, args, 1)[0])
            return self.is_null(field, negated)
        if op in spatial.PREDICATES or op == "s_disjoint":
            return self.spatial(op, negated, *_counted(op, args, 2))
        rule = {"like": self.like, "between": self.between, "in": self.listed}.get(op)
        if rule is None:
            raise wrong(f"不支持“{shown(op)}”。", f'"{shown(op)}" is not supported.')
        found, field = rule(op, args)
        return self.is_null(field, True) & ~found if negated else found

    # Scalars

    def comparison(self, op: str, left: object, right: object) -> Q:
        one, two = self.operand(left), self.operand(right)
        if one.field is None and two.field is not None:
            one, two, op = two, one, MIRRORED[op]
        if one.field is None:
            return EVERYTHING if _holds(op, one, two) else NOTHING
        if two.field is not None:
            return self.between_properties(op, one.field, two.field)
        path, value = one.field.path, _value_for(one.field, two.value)
        known = self.is_null(one.field, True)
        if one.ignore_case or two.ignore_case:
            if op not in ("=", "<>"):
                raise wrong(
                    "casei只能和=、<>、LIKE、IN一起用。", "Use casei with = <> LIKE IN only."
                )
            same = self.equal_but_for_case(one.field, [value])
            return same if op == "=" else known & ~same
        if one.field.type == "date-time" and isinstance(value, date | datetime):
            return _moment(op, path, value, known)
        if op == "<>":
            return known & ~Q(**{path: value})
        return known & Q(**{f"{path}__{LOOKUP[op]}": value})

    def between_properties(self, op: str, one: Field, two: Field) -> Q:
        numbers = ("integer", "number")
        if one.type != two.type and not (one.type in numbers and two.type in numbers):
            raise wrong("两个属性的类型不同，不能比较。", "The two properties differ in type.")
        known = self.is_null(one, True) & self.is_null(two, True)
        if op == "<>":
            return known & ~Q(**{one.path: F(two.path)})
        return known & Q(**{f"{one.path}__{LOOKUP[op]}": F(two.path)})

    def like(self, op: str, args: list) -> tuple[Q, Field]:
        one, two = (self.operand(arg) for arg in _counted(op, args, 2))
        if one.field is None or one.field.type != "string" or not isinstance(two.value, str):
            raise wrong(
                "LIKE的左边是文字属性，右边是样式，例如 name LIKE '%大道'。",
                "LIKE takes a text property and a pattern, e.g. name LIKE '%大道'.",
            )
        self.cost.add(cost.LIKE)
        lookup = "cql_ilike" if one.ignore_case or two.ignore_case else "cql_like"
        known = self.is_null(one.field, True)
        return known & Q(**{f"{one.field.path}__{lookup}": two.value}), one.field

    def between(self, op: str, args: list) -> tuple[Q, Field]:
        one, low, high = (self.operand(arg) for arg in _counted(op, args, 3))
        if one.field is None or one.field.type not in ("integer", "number"):
            raise wrong("BETWEEN只用于数字属性。", "BETWEEN takes a numeric property.")
        limits = (_value_for(one.field, low.value), _value_for(one.field, high.value))
        return Q(**{f"{one.field.path}__range": limits}), one.field

    def listed(self, op: str, args: list) -> tuple[Q, Field]:
        first, values = _counted(op, args, 2)
        one = self.operand(first)
        if one.field is None or not isinstance(values, list):
            raise wrong(
                "IN的左边是属性，右边是一列值。", "IN takes a property and a list of values."
            )
        self.cost.add(cost.LISTED * len(values))
        listed = [self.operand(value) for value in values]
        plain = [_value_for(one.field, each.value) for each in listed]
        if one.ignore_case or any(each.ignore_case for each in listed):
            return self.equal_but_for_case(one.field, plain), one.field
        return Q(**{f"{one.field.path}__in": plain}), one.field

    def equal_but_for_case(self, field: Field, values: list) -> Q:
        self.cost.add(cost.CASEI)
        return Q(**{f"{field.path}__cql_casei": values}) if values else NOTHING

    def is_null(self, field: Field, negated: bool) -> Q:
        """Whether a value is missing; an empty text is no value."""
        if field.type == "string" and not field.nullable and not field.values:
            return ~Q(**{field.path: ""}) if negated else Q(**{field.path: ""})
        return Q(**{f"{field.path}__isnull": not negated})

    def operand(self, node: object) -> _Operand:
        if isinstance(node, dict) and node.get("op") == "casei":
            [inner] = _counted("casei", node.get("args"), 1)
            found = self.operand(inner)
            if not found.is_text:
                raise wrong("casei只用于文字。", "casei takes text only.")
            return _Operand(found.field, found.value, True)
        if isinstance(node, dict) and "property" in node:
            return _Operand(self.property_of(node))
        if isinstance(node, dict) and ("date" in node or "timestamp" in node):
            return _Operand(value=_time_of(node))
        if isinstance(node, dict) and "op" in node:
            op = shown(str(node["op"]))
            raise wrong(f"不支持“{op}”。", f'"{op}" is not supported.')
        if isinstance(node, str | int | float | bool):
            return _Operand(value=node)
        raise wrong("条件里应为属性或值。", "A property or a value is expected.")

    def property_of(self, node: object) -> Field:
        name = node.get("property") if isinstance(node, dict) else None
        field = self.collection.queryables.get(name) if isinstance(name, str) else None
        if field is None:
            names = ", ".join([*self.collection.queryables, GEOMETRY])
            raise wrong(
                f"没有可查询的属性“{shown(str(name))}”。可查询的有：{names}。",
                f'There is no queryable "{shown(str(name))}"; there are {names}.',
            )
        return field

    # Geometry

    def spatial(self, op: str, negated: bool, left: object, right: object) -> Q:
        sides = [_is_geometry_property(side) for side in (left, right)]
        if sum(sides) != 1:
            raise wrong(
                f"{op.upper()}的一边是geometry，另一边是图形。",
                f"{op.upper()} compares geometry with a geometry that is given.",
            )
        self.cost.add(cost.SPATIAL)
        other = self.figure(right if sides[0] else left)
        found = spatial.related(
            self.collection, op, other, self.records, self.decimals, other_first=sides[1]
        )
        return spatial.has_geometry(self.collection) & ~found if negated else found

    def figure(self, node: object) -> BaseGeometry:
        try:
            figure = _figure(node, self.filter_crs)
            west, south, east, north = figure.bounds
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, ShapelyError):
            figure = None
        if (
            figure is None
            or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90)
            or shapely.get_num_coordinates(figure) > MAX_POSITIONS
            or not figure.is_valid
        ):
            raise wrong(
                "filter里的图形不成立，或坐标超出经纬度范围，或坐标顺序与filter-crs不符。",
                "The geometry of the filter is not valid, lies outside longitude and latitude, "
                "or its axes are not in the order of filter-crs.",
            )
        return figure


def _figure(node: object, filter_crs: str) -> BaseGeometry:
    if not isinstance(node, dict):
        raise TypeError
    if "bbox" in node:
        corners = list(node["bbox"])
        if any(isinstance(each, bool) or not isinstance(each, int | float) for each in corners):
            raise TypeError
        if len(corners) == 6:
            corners = [*corners[:2], *corners[3:5]]
        west, south, east, north = crs.box_in_lon_lat(tuple(corners), filter_crs)
        if west > east:
            return shapely.union(box(west, south, 180, north), box(-180, south, east, north))
        return box(west, south, east, north)
    figure = shape(crs.in_axis_order(node, filter_crs))
    return shapely.force_2d(figure)


def _is_geometry_property(node: object) -> bool:
    return isinstance(node, dict) and node.get("property") == GEOMETRY


def _operation(node: object) -> tuple[str, list]:
    op = node.get("op") if isinstance(node, dict) else None
    args = node.get("args") if isinstance(node, dict) else None
    if not isinstance(op, str) or not isinstance(args, list):
        raise wrong(
            "filter应为条件，例如 {\"op\": \"=\", \"args\": [{\"property\": \"status\"}, \"standard\"]}。",
            "A filter is a condition with op and args.",
        )  # fmt: skip
    return op, args


def _counted(op: str, args: object, number: int) -> list:
    if not isinstance(args, list) or len(args) != number:
        raise wrong(f"{op}要{number}个参数。", f"{op} takes {number} arguments.")
    return args


def _holds(op: str, one: _Operand, two: _Operand) -> bool:
    """A comparison of two values that are given."""
    left, right = one.value, two.value
    if isinstance(left, str) and isinstance(right, str) and (one.ignore_case or two.ignore_case):
        left, right = left.casefold(), right.casefold()
    try:
        return {
            "=": lambda: left == right,
            "<>": lambda: left != right,
            "<": lambda: left < right,
            ">": lambda: left > right,
            "<=": lambda: left <= right,
            ">=": lambda: left >= right,
        }[op]()
    except TypeError:
        raise wrong("两个值的类型不同，不能比较。", "The two values differ in type.") from None


def _value_for(field: Field, value: object):
    """A value that can be compared with the property. Raises RequestError."""
    if field.type == "string":
        fits = isinstance(value, str)
    elif field.type in ("date", "date-time"):
        fits = isinstance(value, date | datetime)
        if field.type == "date" and isinstance(value, datetime):
            value = value.date()
    else:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        fits = fits and abs(value) < 2**53  # type: ignore[arg-type]
    if not fits:
        kinds = {
            "string": ("文字", "text"),
            "date": ("DATE", "a date"),
            "date-time": ("DATE或TIMESTAMP", "a date or timestamp"),
        }
        chinese, english = kinds.get(field.type, ("数字", "a number"))
        raise wrong(f"{field.name}要和{chinese}比较。", f"{field.name} compares with {english}.")
    if field.values and value not in field.values:
        known = ", ".join(field.values)
        raise wrong(f"{field.name}的值有：{known}。", f"The values of {field.name}: {known}.")
    return value


def _moment(op: str, path: str, value: date | datetime, known: Q) -> Q:
    """Compares a moment with a day or a second, both of which last a while."""
    if isinstance(value, datetime):
        return known & ~Q(**{path: value}) if op == "<>" else Q(**{f"{path}__{LOOKUP[op]}": value})
    start = datetime.combine(value, time.min, UTC)
    end = datetime.combine(value, time.max, UTC)
    within = Q(**{f"{path}__range": (start, end)})
    return {
        "=": within,
        "<>": known & ~within,
        "<": Q(**{f"{path}__lt": start}),
        ">=": Q(**{f"{path}__gte": start}),
        ">": Q(**{f"{path}__gt": end}),
        "<=": Q(**{f"{path}__lte": end}),
    }[op]


def _time_of(node: dict) -> date | datetime:
    text = node.get("date", node.get("timestamp"))
    try:
        found = read_day(text) if "date" in node else read_instant(text)
    except TypeError:
        found = None
    if found is None:
        raise wrong(
            "时间写作 DATE('2026-01-31') 或 TIMESTAMP('2026-01-31T08:00:00Z')。",
            "Times are DATE('2026-01-31') or TIMESTAMP('2026-01-31T08:00:00Z').",
        )
    return found
