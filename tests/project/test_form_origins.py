"""No page with a form hides its own address from the site that answers it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "guides", "marriage", "place_names", "search", "site")


def test_no_view_sends_no_referrer():
    """With that policy browsers post "Origin: null", which the check of forms refuses (403)."""
    found = [
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if '= "no-referrer"' in path.read_text(encoding="utf-8")
    ]
    assert found == []
