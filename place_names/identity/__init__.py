"""One permanent address for each name: a page, data in several formats, and how to cite it."""
