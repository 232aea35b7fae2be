"""The public interface for programs, version 1: one router an app."""

from ninja import NinjaAPI

from place_names.api import router as place_names

api = NinjaAPI(
    title="海珠区民政局开放接口",
    version="1",
    description="标准地名、办事指南等公开数据。示例数据，仅供演示。",
    urls_namespace="api",
)

api.add_router("/place-names", place_names)
