"""The coordinate system of a file: what it says of itself against what the officer chose."""

from place_names.geometry import reference_systems
from place_names.geometry.coordinates import SYSTEMS

from .reading import CLEAR

DEGREES = ("CGCS2000", "WGS84", "GCJ-02", "BD-09")


def needs_asking(crs: str, crs_name: str, chosen: str) -> str:
    """The question that is open about the system of a file; empty when there is none.

    `crs` is the EPSG code that the file names, `crs_name` its own words, `chosen` a key of
    SYSTEMS, an EPSG code, or empty where nothing was chosen.
    """
    if not crs_name and not crs:
        return ""
    if crs in CLEAR:
        if chosen in ("", crs, *DEGREES):
            return ""
        return f"文件写明是{_name(crs, crs_name)}，与所选的{_name(chosen, chosen)}不符，请核对。"
    if crs and chosen == crs:
        return reference_systems.why_not(crs)
    told = f"文件的坐标系是{_name(crs, crs_name)}，不是2000国家大地坐标系"
    if not crs:
        return (
            f"{told}，也不在EPSG目录里，不能换算。请在原软件中转换为CGCS2000（EPSG:4490）再导入。"
        )
    if reason := reference_systems.why_not(crs):
        return f"{told}。{reason}"
    conversion = reference_systems.conversion(crs)
    return f"{told}。可以换算（{conversion}），请在“坐标系”中选定{crs}。"


def settled(crs: str, chosen: str) -> str:
    """The system to read coordinates in, once no question is open."""
    if chosen and chosen not in CLEAR:
        return chosen
    return crs if crs and crs not in CLEAR else "CGCS2000"


def label(system: str) -> str:
    """A system in words for the officer."""
    return SYSTEMS.get(system) or _name(system, system)


def _name(crs: str, own_words: str) -> str:
    if crs in SYSTEMS:
        return SYSTEMS[crs]
    known = reference_systems.name(crs) if crs else ""
    return f"{known}（{crs}）" if known else f"“{own_words}”"
