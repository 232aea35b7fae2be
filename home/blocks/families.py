"""What the picker of blocks shows: the families, and each block as readers will see it."""

WORDS, ILLUSTRATIONS, FIGURES, GUIDANCE = "文字", "表格、图片和文件", "数据", "办事"
PREVIEW = "home/blocks/preview.html"
