"""Personal data as they are shown: enough to recognise, too little to take away."""


def mask_phone(number: str) -> str:
    """138****1234: the first three and the last four stay; of short numbers only two."""
    number = str(number or "")
    if len(number) < 9:
        return "*" * max(len(number) - 2, 0) + number[-2:] if len(number) > 3 else "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_mail(address: str) -> str:
    """ab***@example.com: the first two characters and the provider."""
    name, _, host = str(address or "").partition("@")
    return f"{name[:2]}***@{host}" if host else ""


def mask_name(name: str) -> str:
    """张**: the first character stays; more than three stars would tell the length."""
    name = str(name or "").strip()
    return name[:1] + "*" * min(max(len(name) - 1, 1), 3) if name else ""
