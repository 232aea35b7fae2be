"""Names of lanes in traditional characters.

里 at the end of a name is a lane and stays 里 (書雲里); in running text it mostly means “in” (裏),
which is what the dictionary takes it for. 涌 and 冲 are no such matter of the name's end: they are in
the list of staff.
"""

from home.traditional.text import to_traditional
from place_names.models import PlaceName

LANE = "里"


def forms_of_lanes() -> dict[str, str]:
    """{name in force or former: its traditional form} of every lane of the register."""
    names = PlaceName.objects.filter(name__endswith=LANE).order_by("name")
    return {
        name: to_traditional(name.removesuffix(LANE)) + LANE
        for name in names.values_list("name", flat=True).distinct()
        if len(name) > 2  # “城里” may be a lane, and mostly is not.
    }
