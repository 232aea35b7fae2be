"""Static files with a hash of their content in the name."""

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Memoizes the URL of each file: a page needs a dozen."""

    # The cache holds `self`, of which there is one per process, so nothing leaks.
    @lru_cache(maxsize=1000)  # noqa: B019
    def url(self, name: str, force: bool = False) -> str:
        return super().url(name, force)
