"""The public interface for programs, version 1: one router an app."""

from ninja import NinjaAPI

api = NinjaAPI(
    title="海珠区民政局开放接口",
    version="1",
    description="标准地名、办事指南等公开数据。示例数据，仅供演示。",
    urls_namespace="api",
)
