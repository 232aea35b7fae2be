"""Who may see and change naming applications."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

VIEW, ADD, CHANGE = (f"place_names.{each}_namingapplication" for each in ("view", "add", "change"))


def allow(request: HttpRequest, permission: str) -> None:
    """Raises PermissionDenied where the person lacks the permission."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
