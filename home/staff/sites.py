"""The list of sites, whose columns Wagtail names in English."""

from wagtail.sites.views import IndexView

LABELS = {"port": "端口", "site_name": "名称", "root_page": "首页"}


def name_columns() -> None:
    """Called once from HomeConfig.ready: a second viewset would double the namespace of its URLs."""
    for column in IndexView.columns:
        column.label = LABELS.get(column.name, column.label)
