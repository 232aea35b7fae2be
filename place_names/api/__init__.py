"""The JSON API of the register, part of `/api/v1/`."""

from .router import router

__all__ = ["router"]
