import pytest


@pytest.fixture(autouse=True)
def no_snapshots(settings, tmp_path):
    """Files of an empty register, which another test left behind, would be served as kept."""
    settings.DATA_DIR = tmp_path
