"""The spelling of names with what officers have decided."""

from place_names.models import DecidedSpelling

from .romanisation import romanise


def decided() -> dict[str, str]:
    """Readings (lower case, syllables apart) and whole names by their text."""
    return dict(DecidedSpelling.objects.values_list("text", "spelling"))


def spell(name: str, specific: str = "", generic: str = "", category: str = "") -> str:
    """`romanise`, with the decisions of officers before the readings of the file."""
    told = decided()
    if name in told and not told[name].islower():
        return told[name]
    own = {text: reading for text, reading in told.items() if text in name and reading.islower()}
    return romanise(name, specific, generic, category, own=own)
