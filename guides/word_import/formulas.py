"""Formulas (OMML) as one line of text: (a+b)/2, x^2, √(x)."""

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def as_line(element) -> str:
    """The formula in reading order, with fractions, powers and roots written out."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if name in ("rPr", "fPr", "sSupPr", "sSubPr", "radPr", "dPr", "naryPr", "ctrlPr"):
        return ""
    if name == "f":
        return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
    if name == "sSup":
        return f"{_part(element, 'e')}^{_grouped(element, 'sup')}"
    if name == "sSub":
        return f"{_part(element, 'e')}_{_grouped(element, 'sub')}"
    if name == "sSubSup":
        base = f"{_part(element, 'e')}_{_grouped(element, 'sub')}"
        return f"{base}^{_grouped(element, 'sup')}"
    if name == "rad":
        degree = _part(element, "deg")
        return f"{f'[{degree}]' if degree else ''}√({_part(element, 'e')})"
    if name == "d":
        begin, separator, end = (
            _character(element, "dPr", which, default)
            for which, default in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
        )
        return begin + separator.join(as_line(e) for e in element.findall(f"{M}e")) + end
    if name == "nary":
        sign = _character(element, "naryPr", "chr", "∫")
        low, high = _part(element, "sub"), _part(element, "sup")
        bounds = f"{f'_({low})' if low else ''}{f'^({high})' if high else ''}"
        return f"{sign}{bounds}({_part(element, 'e')})"
    if name in ("m", "eqArr"):
        rows = element.findall(f"{M}mr") or element.findall(f"{M}e")
        return "; ".join(
            ", ".join(as_line(e) for e in row.findall(f"{M}e")) or as_line(row) for row in rows
        )
    return "".join(as_line(child) for child in element)


def _part(element, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else "".join(as_line(child) for child in found)


def _grouped(element, name: str) -> str:
    text = _part(element, name)
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _character(element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    return default if found is None else found.get(f"{M}val", default)
