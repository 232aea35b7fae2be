"""Blocks for what only guides and policies hold, one module a family."""

from home.blocks import CONTENT_BLOCKS

from ..figures.blocks import FigureChartBlock, FigureTableBlock
from .procedure import (
    FaqBlock,
    LegalBasisBlock,
    MaterialBlock,
    MaterialListBlock,
    RoutingBlock,
    StepBlock,
)

GUIDE_BLOCKS = [
    *CONTENT_BLOCKS,
    ("routing", RoutingBlock()),
    ("material_list", MaterialListBlock()),
    ("figure_table", FigureTableBlock()),
    ("figure_chart", FigureChartBlock()),
]

__all__ = [
    "GUIDE_BLOCKS",
    "FaqBlock",
    "FigureChartBlock",
    "FigureTableBlock",
    "LegalBasisBlock",
    "MaterialBlock",
    "MaterialListBlock",
    "RoutingBlock",
    "StepBlock",
]
