"""The engine in the database itself: no server, consistent at commit, any number of processes."""

from .engine import EmbeddedEngine
from .writing import place_tokens

__all__ = ["EmbeddedEngine", "place_tokens"]
