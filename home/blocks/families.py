"""The groups of the block picker, and the template of its previews."""

WORDS, ILLUSTRATIONS, FIGURES, GUIDANCE = "文字", "表格、图片和文件", "数据", "办事"
PREVIEW = "home/blocks/preview.html"
