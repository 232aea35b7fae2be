"""Makes the demonstration gazetteer (示例数据) from the facts in ``inputs``.

The same inputs, number of names and seed always give the same bytes. Reading order:
``territory`` (polygons and lines), ``records`` (what a row is), ``facts`` (real names and
committees), ``roads`` and ``sites`` (made-up names), ``faults`` (the deliberate ones),
``signs``, and ``writing``, which puts them together.
"""
