"""Which side of a boundary line a subdistrict lies on.

`left` and `right` of a line are those of somebody who goes along it as its points are ordered.
"""

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

ASIDE = 0.00005
"""Degrees, about 5 m: how far beside the line is looked."""


def is_on_the_left(line: BaseGeometry, area: BaseGeometry) -> bool | None:
    """Whether the area lies left of a line; None where it is along neither side for half of it."""
    left = right = total = 0.0
    shapely.prepare(area)
    for part in getattr(line, "geoms", [line]):
        points = shapely.get_coordinates(shapely.remove_repeated_points(part))
        steps, middles = numpy.diff(points, axis=0), (points[:-1] + points[1:]) / 2
        lengths = numpy.hypot(steps[:, 0], steps[:, 1])
        if not lengths.all():  # A part that is one point.
            continue
        aside = numpy.column_stack((-steps[:, 1], steps[:, 0])) / lengths[:, None] * ASIDE
        left += lengths[shapely.contains_xy(area, middles + aside)].sum()
        right += lengths[shapely.contains_xy(area, middles - aside)].sum()
        total += lengths.sum()
    if max(left, right) * 2 < total or left == right:
        return None
    return bool(left > right)


def with_left(line: BaseGeometry, left: BaseGeometry) -> BaseGeometry:
    """The line, turned round where the area that should be left of it lies on its right."""
    return shapely.reverse(line) if is_on_the_left(line, left) is False else line
