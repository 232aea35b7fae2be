"""HTML of lists within lists."""

Item = tuple[str, int, str]


def nested(items: list[Item]) -> str:
    """The HTML of list items, each (ul or ol, depth from 0, html of its text), in order."""
    html: list[str] = []
    around: list[str] = []
    for tag, depth, words in items:
        depth = min(depth, len(around))
        while len(around) > depth + 1:
            html.append(f"</li></{around.pop()}>")
        if len(around) == depth + 1:
            html.append("</li>")
            if around[-1] != tag:
                html.append(f"</{around.pop()}>")
        if len(around) == depth:
            html.append(f"<{tag}>")
            around.append(tag)
        html.append(f"<li>{words}")
    while around:
        html.append(f"</li></{around.pop()}>")
    return "".join(html)
