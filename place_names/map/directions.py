"""Bearings in words."""

WORDS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")


def direction(bearing: float) -> str:
    """The point of the compass for degrees clockwise from north, in the eighth around it."""
    return WORDS[round(bearing % 360 / 45) % 8]
