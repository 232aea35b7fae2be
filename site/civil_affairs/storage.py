"""Static files under names that change with their content."""

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Works out the address of a file once: pages ask for a dozen each."""

    # There is one storage for the whole process, so nothing leaks.
    @lru_cache(maxsize=1000)  # noqa: B019
    def url(self, name: str, force: bool = False) -> str:
        return super().url(name, force)
