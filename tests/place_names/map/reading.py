"""Reads vector tiles for the tests: apart from the encoder, so that a fault shows."""


def _fields(data: bytes) -> list[tuple[int, int | bytes]]:
    found, at = [], 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        tag = number()
        if tag & 7 == 2:
            length = number()
            found.append((tag >> 3, data[at : at + length]))
            at += length
        else:
            found.append((tag >> 3, number()))
    return found


def _numbers(data: bytes) -> list[int]:
    found, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(value)
            value = shift = 0
    return found


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _positions(numbers: list[int]) -> list[tuple[int, int]]:
    found, x, y, at = [], 0, 0, 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        for _ in range(count if command != 7 else 0):
            x, y = x + _signed(numbers[at]), y + _signed(numbers[at + 1])
            found.append((x, y))
            at += 2
    return found


def read_tile(data: bytes) -> dict[str, list[tuple[list[tuple[int, int]], dict]]]:
    """{layer: [(positions, properties)]}."""
    layers = {}
    for _, layer in _fields(data):
        parts = _fields(layer)
        keys = [content.decode() for number, content in parts if number == 3]
        values = []
        for number, content in parts:
            if number == 4:
                ((kind, value),) = _fields(content)
                values.append(value.decode() if kind == 1 else _signed(value))
        features = []
        for number, content in parts:
            if number == 2:
                feature = dict(_fields(content))
                tags = _numbers(feature.get(2, b""))
                pairs = zip(tags[::2], tags[1::2], strict=True)
                properties = {keys[key]: values[value] for key, value in pairs}
                features.append((_positions(_numbers(feature[4])), properties))
        layers[dict(parts)[1].decode()] = features
    return layers
