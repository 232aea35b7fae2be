from tests.guides.conftest import demonstration

__all__ = ["demonstration"]
