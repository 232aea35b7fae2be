"""Personal data as they are shown: enough to recognise, too little to take away."""

import phonenumbers


def mask_phone(number: str) -> str:
    """138****1234: the first three and the last four stay; of short numbers only two, of numbers
    with a country code that and the last three."""
    number = str(number or "")
    if number.startswith("+"):
        return _mask_abroad(number)
    if len(number) < 9:
        return "*" * max(len(number) - 2, 0) + number[-2:] if len(number) > 3 else "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def _mask_abroad(number: str) -> str:
    """+852 *****567: the country code and the last three stay."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return mask_phone(number.lstrip("+"))
    national = phonenumbers.national_significant_number(parsed)
    return f"+{parsed.country_code} {'*' * (len(national) - 3)}{national[-3:]}"


def mask_mail(address: str) -> str:
    """ab***@example.com: the first two characters and the provider."""
    name, _, host = str(address or "").partition("@")
    return f"{name[:2]}***@{host}" if host else ""


def mask_name(name: str) -> str:
    """张**: the first character stays; more than three stars would tell the length."""
    name = str(name or "").strip()
    return name[:1] + "*" * min(max(len(name) - 1, 1), 3) if name else ""
